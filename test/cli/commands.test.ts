import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { runName } from '../../src/posture/runs/run-id.ts';
import { assessed, run } from '../posture/support/made-run.ts';
import { startCliApp } from './support/cli-app.ts';

const { app, api, cli, as, open, upnOf, vendors, stop, json } = await startCliApp();
after(stop);

test('who asks without a token, a role or the right of it gets 4 and is told what is missing', async () => {
  assert.match((await cli(['whoami'])).out, /roles: Offboarding\.Operate, Offboarding\.Administer/);
  const reader = await as({ roles: ['Offboarding.Read'] });
  const refused = await cli(['pause', '--reason', 'x'], reader);
  assert.equal(refused.code, 4);
  assert.match(refused.err, /missing-role.*Offboarding\.Administer/);
  const none = await cli(['whoami'], await as({ roles: [] }));
  assert.deepEqual([none.code, /roles: none/.test(none.out)], [4, true]);
  const late = await cli(['case', 'list'], await as({ lifetimeSeconds: -60 }));
  assert.deepEqual([late.code, late.out, /expired/.test(late.err)], [4, '', true]);
  const torn = await cli(['whoami'], { env: { MCP_OFFBOARDING_TOKEN: 'Bearer x\ny' } });
  assert.deepEqual([torn.code, torn.err.includes('x\ny')], [4, false]);
});

test('nobody who works is cut off by a slip: the CLI asks for the UPN, and without a terminal says how to name it', async () => {
  const oid = app.hire();
  const upn = upnOf(oid);
  const slip = await cli(['case', 'open', upn, '--reason', 'Left']);
  assert.equal(slip.code, 1);
  assert.match(slip.err, /not-confirmed/);
  assert.ok(slip.err.includes(`case open ${oid} --confirm-upn ${upn}`), slip.err);
  assert.deepEqual(await vendors.storage.casesOf(oid), []);

  const wrong = await cli(['case', 'open', upn, '--reason', 'Left'], { answers: ['somebody.else@firm.example'] });
  assert.deepEqual([wrong.code, wrong.questions.length], [1, 1]);
  assert.deepEqual(await vendors.storage.casesOf(oid), []);

  const right = await cli(['case', 'open', upn, '--reason', 'Left'], { answers: [upn] });
  assert.equal(right.code, 0, right.err);
  assert.match(right.questions[0] ?? '', new RegExp(oid));
  assert.equal((await vendors.storage.casesOf(oid)).length, 1);
  assert.equal((await vendors.storage.casesOf(oid))[0]?.row.mode, 'apply');
});

test('of several each has a case or is told why not; a plan cuts nobody and asks for nothing', async () => {
  const [one, two] = [app.hire(), app.hire()];
  const run = await cli(['case', 'plan', one, upnOf(two), 'mail:nobody@firm.example', '--reason', 'First look']);
  assert.equal(run.code, 1);
  const rows = run.out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  assert.deepEqual(
    rows.map(([, caseId]) => caseId),
    [`${one}-1`, `${two}-1`, '–'],
  );
  assert.match(run.err, /mail:nobody@firm\.example: .*unknown-person/);
  assert.equal((await vendors.storage.casesOf(two))[0]?.row.mode, 'plan');
  const [three, four] = [app.hire(), app.hire()];
  const asked = await cli(['case', 'open', three, four, '--reason', 'Left'], { answers: [upnOf(three), upnOf(four)] });
  assert.deepEqual([asked.code, asked.questions.length], [0, 2], asked.err);
});

test('what passes is asked again, with the same key where something is opened: there is one case', async () => {
  const oid = app.hire();
  const waits: number[] = [];
  const sleep = async (ms: number): Promise<void> => void waits.push(ms);
  api.instead.push({ status: 503, headers: { 'retry-after': '30' } }, { status: 429, headers: { 'retry-after': '7' } });
  const run = await cli(['case', 'open', oid, '--confirm-upn', upnOf(oid), '--reason', 'Left', '--json'], { sleep });
  assert.equal(run.code, 0, run.err);
  assert.deepEqual(waits, [30_000, 7_000]);
  assert.equal((JSON.parse(run.out) as { caseId: string }).caseId, `${oid}-1`);
  const before = api.asked.length;
  api.instead.push({ status: 503, headers: { 'retry-after': '30' }, body: '<html>' });
  const once = await cli(['release', oid, '--reason', 'x']);
  assert.deepEqual([once.code, api.asked.length - before], [1, 1], 'what has no key is sent once');
  assert.match(once.err, /not by mcp-offboarding[\s\S]*after 30 seconds/);
  const same = ['--key', 'ticket-1'];
  assert.deepEqual([(await open(oid, ...same)).code, (await open(oid, ...same)).code], [0, 0]);
});

test('a list is filtered by state and person, read to its end, and is rows for a program and columns for a person', async () => {
  const [one, two] = [app.hire(), app.hire()];
  await open(one);
  await open(two, '--last-day', '2027-06-30');
  const scheduled = await json<{ cases: { oid: string }[] }>('case', 'list', '--state', 'scheduled');
  assert.deepEqual(
    scheduled.cases.map(({ oid }) => oid),
    [two],
  );
  const own = await cli(['case', 'list', '--person', upnOf(one)]);
  assert.deepEqual(
    own.out
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')[0]),
    [`${one}-1`],
  );
  const all = await json<{ cases: { caseId: string }[]; next?: string }>('case', 'list', '--limit', '2', '--all');
  const page = await json<{ cases: unknown[]; next?: string }>('case', 'list', '--limit', '2');
  assert.deepEqual([page.cases.length, page.next !== undefined, all.next], [2, true, undefined]);
  assert.equal(new Set(all.cases.map(({ caseId }) => caseId)).size, all.cases.length);
  assert.ok(all.cases.length > 4);
  const shown = await cli(['case', 'list'], { width: 80 });
  const lines = shown.out.trimEnd().split('\n');
  assert.ok(lines.every((line) => [...line].length <= 80));
  assert.match(lines[0] ?? '', /^CASE +MODE +STANDS/);
});

test('a scheduled case is shown with its day and what to do, moved, started, and cancelled', async () => {
  const [one, two] = [app.hire(), app.hire()];
  await open(one, '--last-day', '2027-06-30', '--time', '17:00', '--zone', 'Europe/Berlin');
  const id = `${one}-1`;
  const shown = await cli(['case', 'show', id]);
  assert.match(shown.out, /scheduled for 2027-06-30T15:00:00/);
  assert.match(shown.out, /What is next\n {2}offboard case start .*\n {2}offboard case reschedule/);
  assert.equal((await cli(['case', 'watch', id])).code, 3);
  const moved = await json<{ startsAt: string }>(
    'case',
    'reschedule',
    id,
    '--last-day',
    '2027-07-01',
    '--reason',
    'Later',
  );
  assert.match(moved.startsAt, /^2027-07-01/);
  const past = await cli(['case', 'reschedule', id, '--last-day', '2020-01-01', '--reason', 'Earlier']);
  assert.deepEqual([past.code, /\/lastDay: has passed/.test(past.err)], [2, true], past.err);
  const cancelled = await cli(['case', 'cancel', id, '--reason', 'Stays']);
  assert.match(cancelled.out, /cancelled: /);
  assert.equal((await cli(['case', 'cancel', id, '--reason', 'Stays'])).code, 1);
  await open(two, '--last-day', '2027-06-30');
  assert.match((await cli(['case', 'start', `${two}-1`, '--reason', 'At once'])).out, /running/);
  assert.deepEqual(app.startsOf(two), [`case-${two}-1`]);
});

test('a pause holds cases, which open and watch tell with 3, and which are released', async () => {
  assert.equal((await cli(['pause', '--reason', 'A wrong export'])).code, 0);
  const oid = app.hire();
  const held = await open(oid);
  assert.equal(held.code, 3, held.err);
  assert.match(held.out, /on hold: /);
  assert.equal((await cli(['case', 'watch', `${oid}-1`])).code, 3);
  assert.match((await cli(['case', 'show', `${oid}-1`])).out, /What is next\n {2}offboard case release-held/);
  assert.match((await cli(['resume', '--reason', 'Right'])).out, /the pause has ended/);
  assert.match((await cli(['resume', '--reason', 'Right'])).out, /was not paused/);
  assert.match(
    (await cli(['case', 'release-held', '--held-by', 'paused', '--reason', 'HR says so'])).out,
    /^1 started/,
  );
  const calls = await json<{ calls: { operation: string }[] }>('calls');
  assert.ok(['pauseApp', 'endPause', 'releaseHeld'].every((name) => calls.calls.some((one) => one.operation === name)));
});

test('without a token whoever signed in by Azure CLI is asked for once; without it one message says every way, with 4', async (context) => {
  const { PATH } = process.env;
  const folder = mkdtempSync(path.join(tmpdir(), 'az-'));
  process.env.PATH = folder;
  context.after(() => {
    process.env.PATH = PATH;
    rmSync(folder, { recursive: true });
  });
  const signedOut = { env: { MCP_OFFBOARDING_TOKEN: '' } };
  const none = await cli(['whoami'], signedOut);
  assert.deepEqual([none.code, none.out], [4, '']);
  assert.match(none.err, /not signed in\.\n {2}Azure CLI: .*\nWhat to do: az login/);

  const { env } = await as({});
  const expires_on = Math.floor(Date.now() / 1_000) + 3_600;
  const answer = JSON.stringify({ accessToken: env?.MCP_OFFBOARDING_TOKEN, expires_on, tokenType: 'Bearer' });
  writeFileSync(path.join(folder, 'az'), `#!/bin/sh\necho "$@" >> '${folder}/asked'\necho '${answer}'\n`, {
    mode: 0o755,
  });
  const run = await cli(['person', 'show', app.hire()], signedOut);
  assert.equal(run.code, 0, run.err);
  const asked = readFileSync(path.join(folder, 'asked'), 'utf8').trimEnd().split('\n');
  assert.equal(asked.length, 1);
  assert.match(asked[0] ?? '', /^account get-access-token .*--resource api:\/\/mcp-offboarding/);
});

test('a number that nobody measured is not known, and a comparison has to begin with the earlier run', async () => {
  const unmeasured = await cli(['posture', 'metrics']);
  assert.deepEqual([unmeasured.code, /not measured/.test(unmeasured.out)], [11, true], unmeasured.err);
  const days = ['2026-11-22', '2026-11-23'];
  for (const day of days) {
    const filed = run([assessed()], { runId: `${day}-timer`, at: `${day}T04:10:00.000Z` });
    await vendors.storage.putFirst('evidence', runName(filed.runId), JSON.stringify(filed));
  }
  const [earlier = '', later = ''] = days.map((day) => `${day}-timer`);
  const compared = await cli(['posture', 'diff', '--from', earlier, '--to', later]);
  assert.deepEqual([compared.code, compared.out], [0, 'same: servers-tagged: pass, then pass\n']);
  const swapped = await cli(['posture', 'diff', '--from', later, '--to', earlier]);
  assert.deepEqual([swapped.code, swapped.out], [2, '']);
  assert.match(swapped.err, /Name the earlier run/);
});

test('without a canary its command says so, and sends none', async () => {
  const none = await cli(['posture', 'canary']);
  assert.deepEqual([none.code, /There is no canary/.test(none.err)], [0, true]);
  const refused = await cli(['posture', 'canary', '--reason', 'After the new alert rules']);
  assert.deepEqual([refused.code, /canary-not-set-up/.test(refused.err)], [1, true]);
});
