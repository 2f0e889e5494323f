import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Case } from '../../cli/calling/client.ts';
import { describeCase } from '../../cli/case/describe-case.ts';
import { putOnce } from '../../src/connectors/storage/evidence/evidence.ts';
import { sweepIdOf } from '../../src/sweep/sweep-run.ts';
import { startCliApp } from './support/cli-app.ts';

const { as, app, api, runs, cli, open, change, upnOf, stop, json, vendors } = await startCliApp();
after(stop);
const folder = await mkdtemp(path.join(tmpdir(), 'cli-'));
after(() => rm(folder, { recursive: true }));

test('a case is watched to its end: each change once to standard error, the outcome as the code', async () => {
  const oid = app.hire();
  await open(oid);
  const id = `${oid}-1`;
  const report = `cases/${id}/report.json`;
  const steps = [{ containment: 'running' }, { containment: 'done' }, { containment: 'done' }];
  let looks = 0;
  const sleep = async (): Promise<void> => {
    looks += 1;
    runs.set(`case-${id}`, { runtimeStatus: 'Running', customStatus: { steps: steps[looks - 1] ?? {} } });
    if (looks < 5) return;
    const filedAt = new Date().toISOString();
    await change(oid, (row) => ({ ...row, state: 'filed', outcome: 'attention', incident: false, filedAt, report }));
  };
  const before = api.asked.length;
  const run = await cli(['case', 'watch', id, '--json'], { sleep });
  assert.equal(run.code, 10);
  assert.equal((JSON.parse(run.out) as { outcome: string }).outcome, 'attention');
  assert.equal(run.err.match(/containment: done/g)?.length, 1, run.err);
  assert.ok(run.err.indexOf('containment: running') < run.err.indexOf('containment: done'));
  assert.equal(api.asked.length - before, 6);
  await change(oid, (row) => ({ ...row, incident: true }));
  assert.equal((await cli(['case', 'watch', id])).code, 13);
  assert.match((await cli(['case', 'watch', id])).out, /filed, attention, an incident/);
  const passed = { at: '2026-11-23T09:00:00.000Z', revision: 1, server: 's', tool: 't', status: 200, requestId: 'r-1' };
  await change(oid, (row) => ({ ...row, displayName: 'Alex Moreau', contained: 'done', passed }));
  const out = describeCase(JSON.parse((await cli(['case', 'watch', id, '--json'])).out) as Case, undefined);
  assert.match(out, /-1 {2}Alex Moreau: filed, attention, an incident\n/);
  assert.match(out, /NOT FOR CERTAIN: .* a call passed at 2026-11-23T09:00:00.000Z \(request r-1\)/);
  assert.doesNotMatch(out, /contained: the gateway refuses/);
});

test('how much is read is told, and when the rest is only where that is known', async () => {
  const oid = app.hire();
  await open(oid);
  const id = `${oid}-1`;
  const at = new Date(Date.now() - 1_000).toISOString();
  const read = { source: 'azure-devops/agents:acme', step: 'runner-credentials', unit: 'pools', at };
  await vendors.storage.beginCounting(id, { ...read, of: 10 });
  await vendors.storage.beginCounting(id, { ...read, source: 'github/repositories:acme', unit: 'repositories' });
  await vendors.storage.countDone(id, read.source, 'a', 5);
  runs.set(`case-${id}`, { runtimeStatus: 'Running', customStatus: { steps: {} } });
  const report = `cases/${id}/report.json`;
  const sleep = () =>
    change(oid, (row) => ({ ...row, state: 'filed', outcome: 'clear', filedAt: new Date().toISOString(), report }));
  const { err } = await cli(['case', 'watch', id], { sleep });
  assert.match(err, /^50 % of what was found is read$/m);
});

test('the report is printed as it was filed, or written to a file that only its owner reads', async () => {
  const oid = app.hire();
  await open(oid);
  const id = `${oid}-1`;
  const early = await cli(['case', 'report', id]);
  assert.deepEqual([early.code, early.out, /has not been filed/.test(early.err)], [1, '', true]);
  const text = '# Report\n\nline two\n';
  const sha256 = createHash('sha256').update(text).digest('hex');
  const name = `cases/${id}/report.md`;
  await putOnce(app.config, 'evidence', name, text, { blobContentType: 'text/markdown' });
  const files = [{ name, sha256, bytes: text.length }];
  const about = { schemaVersion: '1', caseId: id, generatedAt: new Date().toISOString(), outcome: 'clear' };
  const manifest = JSON.stringify({ ...about, files });
  await putOnce(app.config, 'evidence', `cases/${id}/manifest.json`, manifest, { blobContentType: 'application/json' });
  const report = `cases/${id}/report.json`;
  await change(oid, (row) => ({ ...row, state: 'filed', outcome: 'clear', filedAt: row.openedAt, report }));
  assert.equal((await cli(['case', 'report', id])).out, text);
  const out = path.join(folder, 'report.md');
  const written = await cli(['case', 'report', id, '--out', out]);
  assert.deepEqual([written.out, await readFile(out, 'utf8')], ['', text]);
  assert.equal((await stat(out)).mode & 0o777, 0o600);
  assert.equal((await json<{ revisions: unknown[] }>('case', 'revisions', id)).revisions.length, 1);
});

test('people are found by name, shown by UPN, released by UPN; nobody is guessed', async () => {
  const oid = app.hire({ displayName: 'Zoë Zimmermann' });
  const upn = upnOf(oid);
  assert.match((await cli(['person', 'search', 'Zoë Z'])).out, new RegExp(`^${oid}\tZoë Zimmermann\t${upn}`));
  assert.equal((await json<{ oid: string }>('person', 'show', upn)).oid, oid);
  const nobody = await cli(['person', 'show', 'zoe@nowhere.example']);
  assert.deepEqual([nobody.code, /Nobody was found/.test(nobody.err)], [1, true]);
  await open(oid);
  assert.match((await cli(['person', 'show', oid])).out, new RegExp(`${oid}-1: running`));
  assert.match((await cli(['deny', 'list'])).out, new RegExp(`^${oid}\tperson\tdenied`, 'm'));
  const released = await json<{ row: { state: string } }>('release', upn, '--reason', 'The wrong person');
  assert.equal(released.row.state, 'released');
  assert.ok(!(await cli(['deny', 'list'])).out.includes(oid));
  assert.match((await cli(['deny', 'list', '--all'])).out, new RegExp(`^${oid}\tperson\treleased`, 'm'));
});

test('a sweep that failed, or none at all, does not end with 0', async () => {
  const none = await cli(['sweep', 'latest']);
  assert.deepEqual([none.code, /no sweep/.test(none.err)], [1, true]);
  runs.set(sweepIdOf(new Date()), { runtimeStatus: 'Failed', customStatus: null });
  assert.equal((await cli(['sweep', 'latest'])).code, 12);
});

test('a suspect is contained for a time, at the gateway and in fact, and for longer; who is not meant is not', async () => {
  const oid = app.hire();
  const both = await cli(['contain', oid, '--days', '3', '--until', '2027-01-29T16:00:00Z', '--reason', 'A leak']);
  assert.deepEqual([both.code, /one of --until and --days/.test(both.err)], [2, true]);
  const wrong = await cli(['contain', oid, '--days', '3', '--confirm-upn', 'x@y.example', '--reason', 'A leak']);
  assert.deepEqual([wrong.code, /not-confirmed/.test(wrong.err)], [1, true], wrong.err);
  assert.ok(!(await cli(['deny', 'list'])).out.includes(oid));
  const done = await cli(['contain', oid, '--days', '3', '--confirm-upn', upnOf(oid), '--reason', 'A leak']);
  assert.equal(done.code, 0, `${done.out}${done.err}`);
  assert.match(done.out, new RegExp(`^${oid} contained, until .*\n {2}gateway: done\n`));
  assert.ok((await cli(['deny', 'list'])).out.includes(oid));
  const longer = await cli(['deny', 'extend', oid, '--days', '7', '--reason', 'Still looking']);
  assert.deepEqual([longer.code, longer.out.includes('gateway: done')], [0, true], longer.err);
});

test('what is no evidence is never verified', async () => {
  assert.equal((await cli(['verify', path.join(folder, 'nowhere')])).code, 1);
  const empty = await cli(['verify', folder, '--json']);
  assert.deepEqual([empty.code, (JSON.parse(empty.out) as { verdict: string }).verdict], [12, 'altered']);
  const key = await cli(['verify', folder, '--key', path.join(folder, 'report.md')]);
  assert.equal(key.code, 2, key.err);
});

test('what no vendor says is answered, confirmed by a second person, and taken back', async () => {
  const oid = app.hire();
  await open(oid);
  const id = `${oid}-1`;
  const said = ['case', 'answer', id, '--kind', 'last-day', '--day', '2026-10-30', '--reason', 'Told by HR'];
  const given = await cli(said);
  assert.equal(given.code, 0, given.err);
  assert.match(given.out, /^answer 1: .*\(waits\)\n$/);
  assert.match((await cli(['case', 'answers', id])).out, /^1\tlast-day\twaits\t/);
  const own = await cli(['case', 'answer', 'confirm', id, '--answer', '1', '--reason', 'Indeed']);
  assert.deepEqual([own.code, /own-affair|missing-role/.test(own.err)], [4, true], own.err);
  const second = await as({ oid: 'a9000000-0000-4000-8000-000000000001', roles: ['Offboarding.Approve'] });
  const confirmed = await cli(['case', 'answer', 'confirm', id, '--answer', '1', '--reason', 'Indeed'], second);
  assert.deepEqual([confirmed.code, /\(confirmed\)/.test(confirmed.out)], [0, true], confirmed.err);
  const back = await cli(['case', 'answer', 'withdraw', id, '--answer', '1', '--reason', 'A slip']);
  assert.deepEqual([back.code, /\(withdrawn\)/.test(back.out)], [0, true], back.err);
});

test('what is restored or accepted is of a report that somebody looked at; without one nothing happens', async () => {
  const oid = app.hire();
  await open(oid);
  const id = `${oid}-1`;
  const both = ['case', 'restore', id, '--all', '--finding', 'F-0123456789ab', '--revision', '1', '--reason', 'x'];
  assert.equal((await cli(both)).code, 2);
  const restored = await cli(['case', 'restore', id, '--all', '--revision', '1', '--reason', 'The wrong person']);
  assert.deepEqual([restored.code, restored.out], [1, ''], restored.err);
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const accept = ['case', 'accept', id, '--finding', 'F-0123456789ab', '--until', until, '--reason', 'Replaced soon'];
  const accepted = await cli(
    accept,
    await as({ oid: 'a9000000-0000-4000-8000-000000000001', roles: ['Offboarding.Approve'] }),
  );
  assert.deepEqual([accepted.code, accepted.out], [1, ''], accepted.err);
  assert.equal((await cli(['exceptions'])).code, 0);
});
