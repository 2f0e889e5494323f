import { gitHubOidcOf, type JobClaims, OWNER_ID } from '../../local/tenant/github/actions/oidc.ts';
import { emptyGitHub } from '../../local/tenant/github/state/state.ts';
import { makeGitHub } from '../../local/tenant/github/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Tools } from '../../src/api/route.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { aReport, aToken } from '../machines/a-report.ts';
import { type Answered, askApi } from '../support/api/ask-api.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';
import { keepBlobsInMemory } from '../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../support/storage-in-memory/tables.ts';

export const ORGANISATION = WORLD.github.organisation;
export const AT = Date.now();
export type Given = Parameters<typeof aReport>[0];
export const reportOf = (name: string, given: Given = {}) =>
  aReport({
    ...{ takenAt: new Date(AT).toISOString(), tokens: [aToken(name)], ...given },
    machine: { name, registeredAt: `https://github.com/${ORGANISATION}`, ...given?.machine },
  });
export const told = ({ status, problem }: Answered) => [status, problem];

/** The API that machines tell of themselves, with tokens of jobs and of identities. */
export async function startMachines() {
  keepBlobsInMemory();
  keepTablesInMemory();
  const app = await startIntakeApp({
    storage: 'memory',
    vendors: (core) => [makeGitHub(core, emptyGitHub())],
    settings: { MACHINES_OWNER_IDS: OWNER_ID },
  });
  const settings = app.config;
  const api = askApi(app);
  const oidc = await gitHubOidcOf(app.tenant.core);
  const { storage } = openVendors(app.config);

  const job = (claims: JobClaims = {}, audience = settings.MACHINES_AUDIENCE) => oidc.mint(audience, claims);
  const identity = (more: object = {}) =>
    app.tenant.tokens.issue({
      ...{ audience: WORLD.app.audience, oid: 'a1000000-0000-4000-8000-0000000000aa', clientId: 'a-machine' },
      ...{ roles: ['Offboarding.Inventory'], ...more },
    });
  const send = (token: string | undefined, body: unknown, tools: Partial<Tools> = {}): Promise<Answered> =>
    api('/api/machines/reports', { method: 'POST', token, body, tools: { settings, ...tools } });
  const kept = async (name: string) =>
    (await storage.listMachines()).machines.filter(({ id }) => id === `github/${ORGANISATION}/${name}`.toLowerCase());

  return { app, settings, api, storage, job, identity, send, kept };
}

export type MachinesWorld = Awaited<ReturnType<typeof startMachines>>;
