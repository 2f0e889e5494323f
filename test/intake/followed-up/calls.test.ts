import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CaseRow } from '../../../src/cases/case.ts';
import type { AuditRow } from '../../../src/ingestion/audit-row.ts';
import { readAgain } from '../../../src/intake/read-again.ts';
import { type Comparing, compareCalls } from '../../../src/triggers/compare-calls.ts';
import { AGO, app, config, filedCase, now, rowOf, storage, vendors } from './world.ts';

after(() => app.stop());

let requests = 0;
const calledBy = (oid: string, status = 200): AuditRow => {
  requests += 1;
  const at = new Date(Date.now() + 10 * 60_000 + requests).toISOString();
  return {
    ...{ TimeGenerated: at, timestamp_t: at, caller_oid_s: oid, caller_upn_s: '', mcp_server_s: 'files' },
    ...{ tool_name_s: 'read_file', tool_class_s: 'read', scope_used_s: 'mcp.tools.read', resource_accessed_s: '/a' },
    ...{ apim_request_id_s: `request-${requests}`, latency_ms_d: 1, response_status_d: status },
  };
};
const compare = (rows: readonly AuditRow[], kept: Comparing = { waiting: [] }, on = vendors): Promise<void> =>
  compareCalls(on, config, rows, app.log, now, kept);
const toldOf = async ({ caseId }: CaseRow): Promise<string[]> =>
  (await storage.messagesOf(caseId)).filter(({ moment }) => moment === 'reopened').map(({ channel }) => channel);

test('a call that passed after the containment reopens the case as an incident and tells of it, once however many there are', async () => {
  const row = await filedCase([]);
  assert.equal(row.contained, 'done');
  await compare([calledBy(row.oid, 403), calledBy(row.oid, 401)]);
  assert.deepEqual(await rowOf(row), row, 'what the gateway refused reopens nothing');
  await compare([{ ...calledBy(row.oid), mcp_server_s: 'canary' }]);
  assert.deepEqual(await rowOf(row), row, 'a call of the app’s canary is nobody’s');
  await compare(Array.from({ length: 500 }, () => calledBy(row.oid)));
  const reopened = await rowOf(row);
  assert.deepEqual([reopened.incident, reopened.followUps?.[0]?.which, reopened.passed?.revision], [true, 'alive', 2]);
  assert.ok((await toldOf(row)).includes('issue'));
  const told = app.logged.filter((line) => line.includes('call-after-containment')).length;
  await Promise.all([1, 2, 3].map(() => compare([calledBy(row.oid)])));
  assert.deepEqual(await rowOf(row), reopened);
  assert.equal(app.logged.filter((line) => line.includes('call-after-containment')).length, told);
  assert.deepEqual(await readAgain(vendors, config, reopened, now()), { kind: 'due' });
  const running = await rowOf(row);
  assert.deepEqual([running.state, running.because, running.incident], ['running', 'reopened', true]);
});

test('whoever is denied by no case is an error in the log, and whoever is not denied is nobody’s business', async () => {
  const [oid, other] = [app.hire(), app.hire()];
  await storage.changeDenied(oid, () => ({
    ...{ oid, kind: 'unknown', state: 'denied', generation: 1, since: AGO, changedAt: AGO, why: 'found on the list' },
  }));
  const before = app.logged.length;
  await compare([calledBy(other)]);
  assert.equal(app.logged.length, before);
  await compare([calledBy(oid)]);
  assert.match(app.logged.slice(before).join('\n'), new RegExp(`call-after-containment.*${oid}.*no case`));
});

test('what could not be compared is an error in the log, and is compared with the next batch', async () => {
  const row = await filedCase([]);
  const kept: Comparing = { waiting: [] };
  const away = { ...vendors, storage: { ...storage, listDenied: () => Promise.reject(new Error('storage is away')) } };
  await compare([calledBy(row.oid)], kept, away);
  assert.match(app.logged.at(-1) ?? '', /calls-not-compared/);
  assert.equal((await rowOf(row)).incident, false);
  await compare([], kept);
  assert.equal((await rowOf(row)).incident, true);
  assert.deepEqual(kept.waiting, []);
});
