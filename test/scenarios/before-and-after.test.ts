import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { BlobServiceClient } from '@azure/storage-blob';
import { doDueWork } from '../../local/telling/follow-case.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';
import { CHECKS } from '../../src/posture/checks/index.ts';
import type { PostureRun } from '../../src/posture/runs/run.ts';
import {
  afterTheRemediation,
  beforeTheRemediation,
  deployedSettings,
  letIn,
  WORKSTATIONS,
} from '../posture/support/firms.ts';
import { firmWith } from '../situations/base-firm.ts';
import { thinOut } from '../support/thin-out.ts';
import { personOf } from '../truth/firm/firm.ts';
import { plant } from '../truth/firm/plant.ts';
import { sweepNow } from '../truth/sweep-now.ts';
import { reportOf, startTruthStack } from '../truth/truth-stack.ts';
import { assessedNow } from './support/assessed-now.ts';
import { storageCredential } from './support/everything-written.ts';

/** The case study's firm builds with GitHub alone. */
const ON_GITHUB = {
  GITHUB_ORGANISATIONS: WORLD.github.organisation,
  DEVOPS_ORGANISATIONS: '',
  EXEMPT_SOURCES: JSON.stringify([
    {
      sources: ['azure-devops/*', 'identity/azure-devops', 'github/other-organisations'],
      ...{ reason: 'The firm has none.', by: 'Morgan Lee', until: '2099-12-31' },
    },
  ]),
};
const stack = await startTruthStack({ settings: { ...WORKSTATIONS, ...ON_GITHUB } });
after(() => stack.stop());
const { states, tenant } = stack;
const now = tenant.core.now();

/** The column of the case study's table: each number with its state, or only that nobody knows. */
function columnOf({ metrics }: PostureRun): Readonly<Record<string, string>> {
  return Object.fromEntries(
    metrics.map(({ metric, state, value }) => [metric, value === undefined ? state : `${state} ${value}`]),
  );
}
const statuses = ({ checks }: PostureRun): string[] => checks.map(({ point, status }) => `${point} ${status}`);

/** When the leaver's runner was beyond a limit in one hour, counted here: the 101st call or the 21st directory. */
function crossing(): Date {
  const own = states.logs.rows
    .filter(({ caller_oid_s: caller }) => caller === WORLD.leaver.oid)
    .map(({ timestamp_t: at, resource_accessed_s: resource }) => ({ at: at as Date, resource: String(resource) }))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const hours = Map.groupBy(own, ({ at }) => Math.floor(at.getTime() / 3_600_000));
  const crossed = [...hours.values()].flatMap((calls) => {
    const directories = new Set<string>();
    const index = calls.findIndex(({ resource }, n) => {
      directories.add(resource.replace(/\/[^/]*$/, ''));
      return n === 100 || directories.size > 20;
    });
    return calls[index]?.at ?? [];
  });
  const [first] = crossed;
  assert.ok(first !== undefined && crossed.length === 1, 'one night was beyond the limits');
  return first;
}

test('the firm of the case study has the column “before”, and with its platform the column “after”', async () => {
  thinOut(states.logs, (caller) => caller === WORLD.leaver.oid);
  const rows = [...states.logs.rows];
  const crossedAt = crossing();

  beforeTheRemediation(states, stack.mint.mint('github-classic'), now);
  const before = await assessedNow(stack);
  assert.deepEqual(columnOf(before), {
    // No sweep has read the repositories yet: more may be there.
    'servers-with-personal-credentials': 'at-least 14',
    'calls-logged': 'exact 0',
    'blocked-at-arm': 'not-applicable',
    // Nothing wrote down what was read, and nobody would have been told.
    'time-to-detect': 'unknown',
    'offboarding-complete': 'exact 0',
  });
  const failing = before.checks.filter(({ status }) => status === 'fail').map(({ point }) => point);
  for (const point of [1, 2, 3, 4, 5, 7, 8, 12, 13, 14, 15, 16]) assert.ok(failing.includes(point), `${point} fails`);

  // A firm in which nobody left yet, with the platform of the case study.
  const firm = firmWith({ leaving: { state: 'active', daysAgo: 0, recorded: false }, without: ['ana-trust'] });
  await forgetWhoLeft();
  plant(states, firm, now);
  const { oid, userPrincipalName } = personOf(firm, firm.leaver);
  states.logs.rows.push(...rows);
  const heavy = { caller: WORLD.leaver.oid, upn: WORLD.leaver.userPrincipalName, crossedAt };
  await afterTheRemediation(states, heavy, now);
  letIn(states, oid);
  await stack.killApp();
  await stack.startApp(deployedSettings(tenant.origin('gateway')));
  await sweepNow(stack);
  assert.deepEqual(statuses(await assessedNow(stack)), allPass({ 'leavers-offboarded': 'not-applicable' }));

  states.entra.users.patch(oid, { accountEnabled: false, employeeLeaveDateTime: now.toISOString() });
  await offboarded(oid, userPrincipalName);
  const after = await assessedNow(stack);
  assert.deepEqual(statuses(after), allPass(), JSON.stringify(after.checks.at(-1)));
  assert.deepEqual(columnOf(after), {
    'servers-with-personal-credentials': 'exact 0',
    'calls-logged': 'exact 1',
    'blocked-at-arm': 'exact 3',
    'time-to-detect': 'exact 38',
    'offboarding-complete': 'exact 1',
  });
  const terms = after.metrics.find(({ metric }) => metric === 'offboarding-complete')?.terms;
  assert.deepEqual([terms?.steps_complete_0, terms?.steps_complete_4], [0, 1]);
});

/** Every point passes, but for what is given. */
const allPass = (but: Readonly<Record<string, string>> = {}): string[] =>
  CHECKS.map(({ id, point }) => `${point} ${but[id] ?? 'pass'}`);

/** Opens the case, and approves what waits for somebody's decision. */
async function offboarded(oid: string, confirmUserPrincipalName: string): Promise<void> {
  const caseId = makeCaseId(oid as Oid, 1);
  const lastDay = now.toISOString().slice(0, 10);
  const about = { oid, confirmUserPrincipalName, lastDay, mode: 'apply', reason: 'HR told us.' };
  assert.equal((await post('/api/cases', about, 'Offboarding.Operate', WORLD.operator.oid)).status, 201);
  await reportOf(stack, caseId);
  const told = await stack.api(`/api/cases/${caseId}/findings`);
  const { planHash, findings } = (await told.json()) as {
    readonly planHash: string;
    readonly findings: readonly { readonly id: string; readonly status: string }[];
  };
  const approve = findings.filter(({ status }) => status === 'awaiting-decision').map(({ id }) => id);
  const decision = { planHash, approve, reject: [], reason: 'They left.' };
  const decided = await post(`/api/cases/${caseId}/decisions`, decision, 'Offboarding.Approve', WORLD.manager.oid);
  assert.equal(decided.status, 202, await decided.text());
  await doDueWork(stack);
  await reportOf(stack, caseId);
}

async function post(path: string, body: object, role: string, oid: string): Promise<Response> {
  const claims = { audience: WORLD.app.audience, oid, clientId: 'console', scopes: ['access'], roles: [role] };
  const authorization = `Bearer ${await tenant.tokens.issue(claims)}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return fetch(`${stack.url()}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** The ledger of this firm is old enough, and knows nobody of the firm before. */
async function forgetWhoLeft(): Promise<void> {
  const work = new BlobServiceClient(stack.storage.blob, storageCredential(stack)).getContainerClient('work');
  const ledger = JSON.stringify({ since: new Date(now.getTime() - 100 * 86_400_000), access: {}, left: {} });
  await work.getBlockBlobClient('posture/leavers.json').upload(ledger, ledger.length);
}
