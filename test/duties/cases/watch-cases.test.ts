import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type CaseRow, instanceIdOf } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { config } from '../../../src/config.ts';
import { casesOf } from '../../../src/connectors/storage/cases/case-table.ts';
import { putOnce } from '../../../src/connectors/storage/evidence/evidence.ts';
import { watchCases } from '../../../src/duties/cases/watch-cases.ts';
import type { DutyContext } from '../../../src/duties/duty.ts';
import { lastSignOf } from '../../../src/intake/instance-of.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { app, write } from './watch-cases-world.ts';

after(() => app.stop());

async function round(bounds: Record<string, number> = {}): Promise<string> {
  const before = Object.fromEntries(Object.keys(bounds).map((name) => [name, Reflect.get(config(), name)]));
  // Bounds of minutes, met without waiting for them.
  Object.assign(config(), bounds);
  const from = app.lines.length;
  const fired = await fetch(`${app.host.url}/admin/functions/dueWork?wait=true`, { method: 'POST' });
  assert.equal(fired.status, 200);
  await app.host.idle();
  Object.assign(config(), before);
  return app.lines.slice(from).join('\n');
}

async function ask(oid: Oid, reason = 'left the firm'): Promise<string> {
  const body = JSON.stringify({
    oid,
    reason,
    mode: 'apply',
    confirmUserPrincipalName: app.directory.users.get(oid)?.userPrincipalName,
  });
  const headers = { 'content-type': 'application/json' };
  const response = await app.call('/api/cases', { method: 'POST', headers, body });
  const text = await response.text();
  assert.ok(response.ok, text);
  return (JSON.parse(text) as { caseId: string }).caseId;
}

const rowsOf = async (oid: Oid): Promise<CaseRow[]> => (await casesOf(app.config, oid)).map(({ row }) => row);
const rowOf = async (oid: Oid): Promise<CaseRow> => (await rowsOf(oid))[0] as CaseRow;

test('a case that was written and never started is started; one that the rate limit holds is not', async () => {
  const [left, onHold] = [app.hire(), app.hire()];
  await write(left, {});
  await write(onHold, { onHold: 'too many' });
  assert.match(await round(), /started a case that was left open/);
  assert.deepEqual([(await rowOf(left)).state, (await rowOf(onHold)).state], ['running', 'open']);
});

test('whoever is on hold and was never contained is contained once; a plan, and who is back, are left alone', async () => {
  const [held, plan, back] = [app.hire(), app.hire(), app.hire()];
  const onHold = 'too many';
  await write(held, { onHold });
  await write(plan, { onHold, mode: 'plan' });
  await write(back, { onHold, restoredAt: '2026-11-20T10:00:00Z' });
  const told = new RegExp(`left without containment.*${held}`);
  assert.match(await round(), told);
  assert.doesNotMatch(await round(), told);
  const { getDenied } = app.context.vendors.storage;
  const states = await Promise.all([held, plan, back].map(async (oid) => (await getDenied(oid))?.state));
  assert.deepEqual(states, ['denied', undefined, undefined]);
  const row = await rowOf(held);
  assert.deepEqual([row.state, row.contained !== undefined], ['open', true]);
});

test('a lost case fails at the next round, once, and the next request opens another', async () => {
  const oid = app.hire();
  await write(oid, { state: 'running' });
  const said = await round();
  assert.match(said, /a case failed .*"code":"case-stuck".*does not know its orchestration/);
  const { state, failure } = await rowOf(oid);
  assert.deepEqual([state, /task hub was lost/.test(failure ?? '')], ['failed', true]);
  assert.doesNotMatch(await round(), new RegExp(`a case failed .*${oid}`));
  assert.equal(await ask(oid), `${oid}-2`);
  assert.equal((await rowsOf(oid))[1]?.state, 'running');
});

test('terminated, suspended for too long and silent ones fail, and whom they contained stays denied', async () => {
  const [terminated, suspended, silent] = [app.hire(), app.hire(), app.hire()];
  for (const oid of [terminated, suspended, silent]) await ask(oid);
  app.host.engine.terminate(`case-${terminated}-1`, 'by hand');
  app.host.engine.suspend(`case-${suspended}-1`, 'by hand');
  await app.host.idle();
  await round();
  const states = async () => Promise.all([terminated, suspended, silent].map(async (oid) => (await rowOf(oid)).state));
  assert.deepEqual(await states(), ['failed', 'running', 'running']);
  await round({ CASE_STUCK_MINUTES: 0 });
  assert.deepEqual(await states(), ['failed', 'failed', 'running']);
  await round({ CASE_SILENCE_MINUTES: 0 });
  assert.deepEqual(await states(), ['failed', 'failed', 'failed']);
  // They do not wake up once another case is there.
  for (const oid of [suspended, silent]) {
    assert.equal(app.host.engine.instance(`case-${oid}-1`)?.status, 'Terminated');
  }
  for (const oid of [terminated, suspended, silent]) {
    assert.equal((await app.context.vendors.storage.getDenied(oid))?.state, 'denied');
  }
});

test('a case that an outage broke is begun again by itself, fenced against what the first attempt left', async () => {
  const oid = app.hire();
  await ask(oid, 'storage is away');
  await app.host.idle();
  assert.equal(app.host.engine.instance(`case-${oid}-1`)?.status, 'Failed');
  await round();
  const waiting = await rowOf(oid);
  assert.deepEqual([waiting.state, waiting.generation, waiting.attempts?.length], ['running', 1, 1]);
  assert.ok(Date.parse(waiting.attemptAt ?? '') > Date.now());
  // Whoever asks meanwhile is told of this case, and starts no other.
  assert.equal(await ask(oid), `${oid}-1`);
  await round();
  assert.equal(app.host.engine.instance(waiting.instanceId), undefined);

  await app.context.vendors.storage.updateCase(waiting.caseId, (row) => ({ ...row, attemptAt: row.openedAt }));
  assert.match(await round(), /a case is begun again/);
  const begun = app.host.engine.instance(`case-${oid}-1:attempt-2`);
  assert.equal(begun?.status, 'Running');
  assert.equal((JSON.parse(begun?.input ?? '{}') as { row: CaseRow }).row.generation, 1);
  assert.equal((await rowOf(oid)).attemptAt, undefined);
});

test('a leaving that HR took back between two attempts has no further one: the case fails, and says why', async () => {
  const oid = app.hire();
  const notReadAgain = 'workday took the leaving back: HR hired them again.';
  await write(oid, { state: 'running', attemptAt: '2026-11-20T09:00:00.000Z', notReadAgain });
  await round();
  const row = await rowOf(oid);
  assert.deepEqual([row.state, row.failure], ['failed', notReadAgain]);
});

test('a case whose report was sealed before its orchestration broke is filed, and its end is told once', async () => {
  const oid = app.hire();
  const caseId = makeCaseId(oid, 1);
  const name = `cases/${caseId}/report.json`;
  await write(oid, { state: 'running' });
  const report = {
    outcome: 'attention',
    incident: true,
    case: {},
    summary: { counts: { 'awaiting-decision': 2 } },
    steps: [],
  };
  const filed = await putOnce(app.config, 'evidence', name, JSON.stringify(report));
  const { sha256, bytes } = filed;
  const generatedAt = new Date().toISOString();
  const seal = { generatedAt, outcome: 'attention', files: [{ name, sha256, bytes }] };
  await putOnce(app.config, 'evidence', `cases/${caseId}/manifest.json`, JSON.stringify(seal));
  await round();
  const { state, outcome, incident, report: named, filedAt } = await rowOf(oid);
  assert.deepEqual([state, outcome, incident, named, filedAt], ['filed', 'attention', true, name, seal.generatedAt]);
  await round();
  const messages = await app.context.vendors.storage.messagesOf(caseId);
  assert.deepEqual(
    messages.map(({ moment, revision, channel, report: told }) => [moment, revision, channel, told]),
    [['incident', 1, 'issue', filed]],
  );
});

test('silence counts only while somebody listens: a stop of the app or of the engine fails no case', async () => {
  const oid = app.hire();
  await write(oid, { state: 'running' });
  const start = Date.now() + 600 * 60_000;
  const silent = new Date(start - 600 * 60_000);
  const { vendors, log } = app.context;
  const settings = { ...config(), CASE_SILENCE_MINUTES: 6 };
  const stateAfter = async (minutes: number, engine: 'up' | 'down' = 'up'): Promise<string> => {
    const at = new Date(start + minutes * 60_000);
    const getStatus = async (id: string) => {
      if (engine === 'down') throw new Error('the engine is down');
      if (id.includes(':discoverUnit:')) throw new Error('no such instance: HTTP 404');
      const seen = id.includes(oid) ? silent : at;
      return { runtimeStatus: 'Running', createdTime: seen, lastUpdatedTime: seen };
    };
    const client = { getStatus, terminate: async () => undefined } as unknown as DutyContext['client'];
    const looked = watchCases.run({ vendors, settings, log, client, now: () => at });
    await (engine === 'down' ? assert.rejects(looked, /could not be looked at/) : looked);
    return (await rowOf(oid)).state;
  };
  // Ten hours after the last round; then the engine is away for six minutes.
  assert.deepEqual(
    [await stateAfter(0), await stateAfter(3), await stateAfter(5, 'down')],
    ['running', 'running', 'running'],
  );
  assert.deepEqual([await stateAfter(9), await stateAfter(13), await stateAfter(15)], ['running', 'running', 'failed']);
});

test('what a case files is a sign that it goes on, however long its orchestration is silent', async () => {
  const [filing, silent] = [app.hire(), app.hire()];
  const { storage } = app.context.vendors;
  await storage.putJson('work', `${makeCaseId(filing, 1)}/consent`, { part: 1 });
  const nowhere = {
    getStatus: async () => {
      throw new Error('no such instance: HTTP 404');
    },
  } as unknown as DutyContext['client'];
  const signOf = (oid: Oid) =>
    lastSignOf({ storage }, nowhere, { caseId: makeCaseId(oid, 1), instanceId: instanceIdOf(makeCaseId(oid, 1)) });
  const filedAt = await signOf(filing);
  assert.ok(filedAt !== undefined && Math.abs(Date.now() - filedAt) < 3_600_000);
  assert.equal(await signOf(silent), undefined);
});
