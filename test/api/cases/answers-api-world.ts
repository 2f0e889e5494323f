import assert from 'node:assert/strict';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { type Answered, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const PROTECTED = '0e000000-0000-4000-8000-0000000000ee';
export const [OPERATOR, APPROVER, OTHER] = [
  WORLD.operator.oid,
  ...[1, 2].map((n) => `a9000000-0000-4000-8000-00000000000${n}`),
];
const ROLES = { [OPERATOR]: ['Offboarding.Operate'], [APPROVER as string]: ['Offboarding.Approve'] };

interface Asking {
  readonly body?: object;
  readonly as?: string | undefined;
  readonly roles?: string[];
  readonly isApp?: boolean;
}
export const told = ({ status, problem, body }: Answered): string =>
  `${status} ${problem ?? ''} ${JSON.parse(body).detail ?? ''}`;
export const jsonOf = ({ body }: Answered) => JSON.parse(body);
export const word = { body: { reason: 'Known from reviews.' } };

/** Cases with questions about accounts, and the people who answer. */
export async function startAnswersApi() {
  const context = seedContext();
  const vault = seedVault(context);
  const github = seedGitHub(context, vault);
  const app = await startIntakeApp({
    vendors: (core) => [makeVault(core, vault), makeGitHub(core, github)],
    settings: { MAX_CASES_PER_HOUR: '1000', PROTECTED_OIDS: PROTECTED },
  });
  const { storage } = openVendors(app.config);
  const api = askApi(app);
  const [seeded] = github.users.all();
  assert.ok(seeded);
  const users = [1, 2, 3, 4, 5].map((n) => ({ ...seeded, id: 990_000 + n, login: `dev-${n}` }));
  for (const user of users) github.users.add(user);
  async function ask(path: string, { body, as = OPERATOR, roles = ROLES[as] ?? [], isApp = false }: Asking = {}) {
    const claims = { audience: WORLD.app.audience, oid: as, clientId: 'console', roles };
    const token = await app.tenant.tokens.issue(isApp ? claims : { ...claims, scopes: ['access'] });
    return api(path, { token, ...(body === undefined ? {} : { body }) });
  }

  /** A case that runs, of somebody new. */
  async function runningCase(): Promise<{ readonly oid: Oid; readonly caseId: CaseId }> {
    const oid = app.hire();
    const opened = await ask('/api/cases', { body: { oid, reason: 'left', mode: 'plan' } });
    assert.equal(opened.status, 201, opened.body);
    return { oid, caseId: jsonOf(opened).caseId };
  }

  return { github, app, storage, seeded, users, ask, runningCase };
}

export type AnswersApiWorld = Awaited<ReturnType<typeof startAnswersApi>>;
