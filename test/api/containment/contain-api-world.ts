import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeDenialId } from '../../../src/cases/ids.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { type Answered, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const PROTECTED = '0e000000-0000-4000-8000-0000000000f1' as Oid;
export const HOUR_MS = 3_600_000;
export const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();
interface Asked {
  readonly body?: unknown;
  readonly roles?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}
export const jsonOf = ({ body }: Answered) => JSON.parse(body) as Record<string, unknown>;

/** The API of containment, the gateway’s list, and who is told. */
export async function startContainApi() {
  const arm = seedArm(seedContext());
  const app = await startIntakeApp({
    vendors: (core) => [makeArm(core, arm)],
    settings: { PROTECTED_OIDS: PROTECTED, ISSUE_MOMENTS: 'none', TEAMS_WEBHOOK_URL: 'https://teams.localhost/hook' },
  });
  const { config } = app;
  const vendors = openVendors(config);
  const isListed = (id: string): boolean => arm.namedValues.all().some(({ value }) => value.includes(id));

  const api = askApi(app);
  async function ask(path: string, { body, roles = ['Offboarding.Operate'], headers = {} }: Asked = {}) {
    const claims = {
      audience: WORLD.app.audience,
      oid: WORLD.operator.oid,
      clientId: 'operator-cli',
      roles: [...roles],
    };
    const token = await app.tenant.tokens.issue({ ...claims, scopes: ['access'] });
    return api(path, { token, headers, ...(body === undefined ? {} : { body }) });
  }
  const contain = (body: object, asked: Asked = {}) =>
    ask('/api/denied', { ...asked, body: { reason: 'Calls at night', days: 2, ...body } });
  const upnOf = (oid: Oid): string => app.directory.users.get(oid)?.userPrincipalName ?? '';
  const known = (oid: Oid) => ({ oid, confirmUserPrincipalName: upnOf(oid) });
  const toldOf = async (oid: Oid) =>
    (await vendors.storage.messagesOf(makeDenialId(oid))).map(({ moment }) => moment).sort();
  const rowOf = async (oid: Oid) => {
    const row = await vendors.storage.getDenied(oid);
    return [row?.state, row?.until, row?.caseId];
  };

  return { arm, app, config, vendors, isListed, ask, contain, upnOf, known, toldOf, rowOf };
}

export type ContainApiWorld = Awaited<ReturnType<typeof startContainApi>>;
