import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { casePolicy } from '../../src/config/config-cases.ts';
import { casesOf, updateCase } from '../../src/connectors/storage/cases/case-table.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import type { SweepReport } from '../../src/sweep/sweep-report.ts';
import { coverageOf, resultOf, type SweepWorld, setSweepMode, startSweep } from './sweep-world.ts';

let github: SweepWorld['github'];
let app: SweepWorld['app'];
let grantTo: SweepWorld['grantTo'];
let sweepNextHour: SweepWorld['sweepNextHour'];
let sweepsFiled: SweepWorld['sweepsFiled'];
before(async () => {
  ({ github, app, grantTo, sweepNextHour, sweepsFiled } = await startSweep());
});
after(() => app.stop());

test('a token whose owner is gone although no event ever came gets its case, once', async () => {
  const { leaver } = WORLD;
  const oid = app.hire({ id: leaver.oid, userPrincipalName: leaver.userPrincipalName });
  await app.administrator.deleteUser(oid);
  assert.deepEqual(await casesOf(app.config, oid), []);

  const report = await sweepNextHour();
  const found = report.orphaned.find((each) => each.oid === oid);
  assert.deepEqual([found?.result, found?.caseId], ['opened', `${oid}-1`]);
  assert.ok(found?.credentials.some(({ kind }) => kind === 'fine-grained-token'));
  // Nobody who is deleted has a consent that is listed: whether the list would show one was never seen.
  const { 'entra/gateway-grants': consents, ...others } = coverageOf(report);
  assert.deepEqual([consents, ...new Set(Object.values(others))], ['partial', 'complete']);
  const [stored] = await casesOf(app.config, oid);
  assert.deepEqual([stored?.row.state, stored?.row.trigger], ['running', 'sweep']);
  assert.match(stored?.row.reason ?? '', /fine-grained personal access tokens: \d/);
  assert.equal(app.host.engine.instance(`case-${oid}-1`)?.name, 'offboardLeaver');

  const again = await sweepNextHour();
  assert.equal(resultOf(again, oid), 'known');
  const rows = (await casesOf(app.config, oid)).map(({ row }) => row.merged.length);
  assert.deepEqual(rows, [0]);
});

test('a consent of somebody past the last day gets its case; those of people who stay are left alone', async () => {
  const departed = app.hire({ employeeLeaveDateTime: '2026-01-31T17:00:00Z' });
  const leaving = app.hire({ employeeLeaveDateTime: '2999-01-31T17:00:00Z' });
  const colleague = app.hire();
  for (const oid of [departed, leaving, colleague]) grantTo(oid);
  const report = await sweepNextHour();
  assert.equal(resultOf(report, departed), 'opened');
  for (const oid of [leaving, colleague]) assert.deepEqual(await casesOf(app.config, oid), []);
});

test('a leaver whose event came has a case already: the sweep opens no other', async () => {
  const oid = app.hire();
  grantTo(oid);
  await app.administrator.deleteUser(oid);
  assert.equal(await app.deliver(app.updated(oid)), 202);
  assert.equal(resultOf(await sweepNextHour(), oid), 'known');
  assert.equal((await casesOf(app.config, oid)).length, 1);
});

test('in mode plan a leaver gets one plan, not one every hour; once the setting is apply, the next sweep cuts', async () => {
  const oid = app.hire();
  grantTo(oid);
  await app.administrator.deleteUser(oid);
  const modes = async () => (await casesOf(app.config, oid)).map(({ row }) => `${row.mode} ${row.state}`);
  const about = (report: SweepReport) => {
    const found = report.orphaned.find((each) => each.oid === oid);
    return [found?.result, found?.caseId, found?.mode];
  };

  setSweepMode('plan');
  assert.deepEqual(about(await sweepNextHour()), ['opened', `${oid}-1`, 'plan']);
  assert.deepEqual(about(await sweepNextHour()), ['known', `${oid}-1`, 'plan']);
  await updateCase(app.config, makeCaseId(oid, 1), (row) => ({ ...row, state: 'filed' }));
  assert.deepEqual(about(await sweepNextHour()), ['known', `${oid}-1`, 'plan']);
  assert.deepEqual(await modes(), ['plan filed']);

  setSweepMode('apply');
  assert.deepEqual(about(await sweepNextHour()), ['opened', `${oid}-2`, 'apply']);
  assert.deepEqual(about(await sweepNextHour()), ['known', `${oid}-2`, 'apply']);
  assert.deepEqual(await modes(), ['plan filed', 'apply running']);

  // Turned back, it neither plans somebody again who is being cut off nor takes anything from that case.
  setSweepMode('plan');
  assert.deepEqual(about(await sweepNextHour()), ['known', `${oid}-2`, 'apply']);
  assert.deepEqual(await modes(), ['plan filed', 'apply running']);
  setSweepMode('apply');
});

test('a source that cannot be read is named in the report, and what the others found is opened', async () => {
  const oid = app.hire();
  grantTo(oid);
  await app.administrator.deleteUser(oid);
  const path = /personal-access-tokens/;
  const lift = app.tenant.faults.add({ vendor: 'github', path, effect: { kind: 'reset' } });
  const report = await sweepNextHour();
  lift();
  assert.equal(coverageOf(report)[`github/fine-grained-tokens:${WORLD.github.organisation}`], 'unavailable');
  assert.equal(coverageOf(report)['entra/gateway-grants'], 'complete');
  assert.equal(resultOf(report, oid), 'opened');
});

test('a protected account is refused in the sweep’s report too', async () => {
  const oid = parseOid(WORLD.breakGlass.oid) as Oid;
  app.hire({ id: oid });
  grantTo(oid);
  await app.administrator.deleteUser(oid);
  assert.equal(resultOf(await sweepNextHour(), oid), 'refused');
  assert.equal(app.host.engine.instance(`case-${oid}-1`), undefined);
});

test('while the sweep of an earlier hour goes on, its timer starts no other', async () => {
  const hours = (number: number): string => {
    const at = new Date(Date.now() - number * 3_600_000).toISOString();
    return `sweep:ci:${at.slice(0, 13)}`;
  };
  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: /deletedItems/,
    effect: { kind: 'answer', status: 503 },
  });
  // It tries again after an hour, so that it goes on as long as this test.
  const policy = { ...casePolicy(app.config), attempts: 2, retryDelayMs: 3_600_000 };
  const instanceId = hours(2);
  const input = JSON.stringify({ at: new Date().toISOString(), policy });
  app.host.engine.start({ name: 'sweep', instanceId, input });
  const fired = await fetch(`${app.host.url}/admin/functions/sweepTimer?wait=true`, { method: 'POST' });
  assert.equal(fired.status, 200);
  assert.equal(app.host.engine.instance(hours(0)), undefined);
  app.host.engine.terminate(instanceId, 'the test is over');
  lift();
  await app.host.idle();
});

test('the timer of one hour starts one sweep, and does not start it again once it is done', async () => {
  const known = new Set((await sweepsFiled()).map(({ name }) => name));
  const fire = (): Promise<Response> =>
    fetch(`${app.host.url}/admin/functions/sweepTimer?wait=true`, { method: 'POST' });
  const answers = await Promise.all([fire(), fire()]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  );
  await app.host.idle();
  const filed = (await sweepsFiled()).filter(({ name }) => !known.has(name));
  assert.ok(filed.length > 0);
  const ids = filed.map(({ name }) => name.slice('sweeps/'.length, -'.json'.length));
  const created = (): unknown[] => ids.map((id) => app.host.engine.instance(id)?.executionId);
  const shown = await app.call('/api/sweeps/latest');
  const { sweepId, state, progress } = (await shown.json()) as {
    readonly sweepId: string;
    readonly state: string;
    readonly progress: { readonly sources: readonly { readonly done: number; readonly of: number }[] };
  };
  assert.deepEqual([shown.status, state, ids.includes(sweepId)], [200, 'filed', true]);
  assert.deepEqual(
    progress.sources.map(({ done, of }) => [done, of]),
    [[github.repositories.size, github.repositories.size]],
  );
  assert.equal((await app.call('/api/sweeps/latest', {}, [])).status, 403);
  const before = created();
  assert.equal((await fire()).status, 200);
  await app.host.idle();
  assert.deepEqual(created(), before);
});
