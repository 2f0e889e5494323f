import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { updateCase } from '../../src/connectors/storage/cases/case-table.ts';
import { putOnce } from '../../src/connectors/storage/evidence/evidence.ts';
import { openVendors, type Vendors } from '../../src/connectors/vendors.ts';
import type { Oid } from '../../src/people/oid.ts';
import { type Answered, askApi } from '../support/api/ask-api.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const { config } = app;
const now = new Date('2026-12-01T12:00:00Z');
const api = askApi(app);
const APPROVER = 'a9000000-0000-4000-8000-000000000001';

interface Asked {
  readonly body?: object;
  readonly ifMatch?: string;
  readonly oid?: string;
  readonly vendors?: Vendors;
  /** The engine says how far the case is. */
  readonly runs?: boolean;
}

async function ask(path: string, asked: Asked = {}): Promise<Answered> {
  const { body, ifMatch, oid = WORLD.operator.oid, vendors = openVendors(config), runs } = asked;
  const roles = ['Offboarding.Operate', 'Offboarding.Approve'];
  const token = await app.tenant.tokens.issue({
    ...{ audience: WORLD.app.audience, oid, clientId: 'operator-cli', scopes: ['access'], roles },
  });
  const readRun = async () => (runs ? { runtimeStatus: 'Completed', customStatus: { steps: {} } } : undefined);
  return api(path, {
    ...{ token, tools: { now: () => now, vendors, readRun } },
    ...(body === undefined ? {} : { body }),
    ...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }),
  });
}
const etagOf = async (path: string, runs = false): Promise<string> =>
  (await ask(path, { runs })).headers.get('etag') ?? '';

async function scheduled(): Promise<CaseId> {
  const oid = app.hire();
  const confirmUserPrincipalName = app.directory.users.get(oid)?.userPrincipalName;
  const body = { oid, reason: 'left', mode: 'apply', confirmUserPrincipalName, lastDay: '2026-12-31' };
  assert.equal((await ask('/api/cases', { body })).status, 201);
  return `${oid}-1` as CaseId;
}

/** A case whose report has one finding, which waits for nobody. */
async function filed(): Promise<CaseId> {
  const caseId = await scheduled();
  const report = `cases/${caseId}/report.json`;
  const file = await putOnce(config, 'evidence', report, '{"steps":[]}');
  const seal = { generatedAt: now.toISOString(), outcome: 'attention', files: [file] };
  await putOnce(config, 'evidence', `cases/${caseId}/manifest.json`, JSON.stringify(seal));
  const filedAt = now.toISOString();
  await updateCase(config, caseId, (row) => ({ ...row, state: 'filed', filedAt, outcome: 'attention', report }));
  return caseId;
}

const reason = 'As HR says.';
const decision = { reason, planHash: '0'.repeat(64), approve: ['F-0123456789ab'] };
/** Everything that changes one case; `done` is how it answers a caller who looked at what stands there. */
const CHANGES = [
  { what: 'cancel', of: scheduled, body: { reason }, done: 200 },
  { what: 'start', of: scheduled, body: { reason }, done: 200 },
  { what: 'reschedule', of: scheduled, body: { reason, lastDay: '2027-01-31' }, done: 200 },
  { what: 'recheck', of: filed, body: { reason }, done: 202 },
  // Nothing waits: that the request came so far says that the tag was right.
  { what: 'decisions', of: filed, body: decision, done: 409 },
] as const;

const touch = (caseId: CaseId) => updateCase(config, caseId, (row) => ({ ...row, reason: `${row.reason} And again.` }));
const stands = async (caseId: CaseId): Promise<string> => (await ask(`/api/cases/${caseId}`)).body;

for (const { what, of, body, done } of CHANGES) {
  const post = (caseId: CaseId, ifMatch?: string, vendors?: Vendors) =>
    ask(`/api/cases/${caseId}/${what}`, {
      ...{ body, oid: what === 'decisions' ? APPROVER : WORLD.operator.oid },
      ...(ifMatch === undefined ? {} : { ifMatch }),
      ...(vendors && { vendors }),
    });

  for (const [name, header] of [
    ['no If-Match', async () => undefined],
    ['the ETag of the case', (caseId: CaseId) => etagOf(`/api/cases/${caseId}`)],
    ['the ETag of the case with its progress', (caseId: CaseId) => etagOf(`/api/cases/${caseId}`, true)],
    ['an ETag that a proxy made weak', async (caseId: CaseId) => `W/${await etagOf(`/api/cases/${caseId}`)}`],
    ['one of several', async (caseId: CaseId) => `"other", ${await etagOf(`/api/cases/${caseId}`)}`],
    ['whatever stands there', async () => '*'],
  ] as const)
    test(`${what}: ${name} is done`, async () => {
      const caseId = await of();
      assert.equal((await post(caseId, await header(caseId))).status, done);
    });

  for (const [name, header] of [
    ['the ETag of a case that has changed since', (caseId: CaseId) => etagOf(`/api/cases/${caseId}`)],
    ['the ETag of something else', async () => etagOf(`/api/cases/${await of()}`)],
    ['no ETag at all', async () => 'yesterday'],
    ['nothing', async () => ''],
  ] as const)
    test(`${what}: ${name} is refused, and nothing happened`, async () => {
      const caseId = await of();
      const ifMatch = await header(caseId);
      await touch(caseId);
      const before = await stands(caseId);
      const answer = await post(caseId, ifMatch);
      assert.deepEqual([answer.status, answer.problem], [412, 'changed']);
      assert.equal(await stands(caseId), before);
    });

  if (what !== 'decisions')
    test(`${what}: of somebody who is faster in between, nothing is undone`, async () => {
      const caseId = await of();
      const ifMatch = await etagOf(`/api/cases/${caseId}`);
      const vendors = openVendors(config);
      let before = '';
      const storage: Vendors['storage'] = {
        ...vendors.storage,
        updateCase: async (...args) => {
          if (before === '') {
            await touch(caseId);
            before = await stands(caseId);
          }
          return vendors.storage.updateCase(...args);
        },
      };
      const answer = await post(caseId, ifMatch, { ...vendors, storage });
      assert.deepEqual([answer.status, answer.problem], [412, 'changed']);
      assert.equal(await stands(caseId), before);
      assert.deepEqual(app.startsOf(caseId.slice(0, -2) as Oid), []);
    });
}

test('a decision goes by the ETag of the findings as well, and what a change answers is the next ETag', async () => {
  const caseId = await filed();
  const findings = await etagOf(`/api/cases/${caseId}/findings`);
  const decide = (ifMatch: string) => ask(`/api/cases/${caseId}/decisions`, { body: decision, oid: APPROVER, ifMatch });
  assert.equal((await decide(findings)).status, 409);
  await touch(caseId);
  assert.equal((await decide(findings)).status, 412);
  const waiting = await scheduled();
  const body = { reason, lastDay: '2027-01-31' };
  const moved = await ask(`/api/cases/${waiting}/reschedule`, { body });
  const cancelled = await ask(`/api/cases/${waiting}/cancel`, {
    ...{ body: { reason }, ifMatch: moved.headers.get('etag') ?? '' },
  });
  assert.equal(cancelled.status, 200);
});
