import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { deleteUser, doDueWork } from '../../local/telling/follow-case.ts';
import { sendToolCalls, toolCallEvent } from '../../local/tenant/event-hub/gateway.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { approver, cli, json, operator, stack } from './cli/world.ts';

const caseId = `${WORLD.leaver.oid}-1`;
const BEN = 'a1b2c3d4-0002-4000-8000-000000000002';

interface View {
  readonly passed?: object;
  readonly caseId: string;
  readonly state: string;
  readonly outcome?: string;
}
/** What somebody said about a filed case is due: it is read again, and filed. */
async function readAgain(id: string): Promise<void> {
  await doDueWork(stack);
  const watched = await cli(operator, 'case', 'watch', id, '--every', '1');
  assert.equal(watched.code, 13, watched.err);
}
interface Findings {
  readonly planHash: string;
  readonly findings: readonly {
    readonly id: string;
    readonly step: string;
    readonly status: string;
    readonly remedy?: object;
  }[];
}

test('an offboarding by the CLI alone: planned, opened, answered, decided by a second person, read again, reopened, undone, and its evidence verified', async () => {
  const plan = await json<View>(operator, 0, 'case', 'plan', WORLD.leaver.oid, '--reason', 'First look');
  assert.equal(plan.caseId, caseId);
  const planned = await cli(operator, 'case', 'watch', caseId, '--every', '1');
  assert.ok([10, 11, 13].includes(planned.code ?? 0), planned.err);
  // Nobody decides about a plan: the next step is the case itself.
  assert.match(
    (await cli(operator, 'case', 'show', caseId)).out,
    /What is next\n {2}offboard case open .*\n {2}offboard case report/,
  );

  await deleteUser(stack, WORLD.leaver.oid);
  const opened = await json<View>(
    operator,
    0,
    'case',
    'open',
    WORLD.leaver.oid,
    '--reason',
    'Left',
    '--key',
    'ticket-1',
  );
  const again = await json<View>(
    operator,
    0,
    'case',
    'open',
    WORLD.leaver.oid,
    '--reason',
    'Left',
    '--key',
    'ticket-1',
  );
  assert.equal(again.caseId, opened.caseId);
  const id = opened.caseId;
  const watched = await cli(operator, 'case', 'watch', id, '--every', '1');
  assert.equal(watched.code, 13, 'the leaver of the case study acted after the departure');
  assert.match(watched.err, /running\n/);
  const shown = await cli(operator, 'case', 'show', id);
  assert.match(
    shown.out,
    /What waits\n {2}F-[0-9a-f]{12} {2}awaiting-decision[\s\S]*What is next\n {2}offboard case decide/,
  );

  const account = ['--kind', 'account', '--vendor', 'github', '--login', WORLD.leaver.githubLogin, '--only'];
  const answered = await cli(operator, 'case', 'answer', id, ...account, '--reason', 'Told by the team');
  assert.match(answered.err, /A second person stands by it: offboard case answer confirm \S+ --answer 1/);
  const confirm = ['case', 'answer', 'confirm', id, '--answer', '1', '--reason', 'I know them'];
  assert.equal((await cli(operator, ...confirm)).code, 4);
  assert.match((await cli(approver, ...confirm)).out, /^answer 1: .*\(confirmed\)\n$/);
  await readAgain(id);

  const { planHash, findings } = await json<Findings>(
    approver,
    0,
    'case',
    'findings',
    id,
    '--status',
    'awaiting-decision',
  );
  const [one, other] = findings.filter(({ step, remedy }) => step === 'federated-credentials' && remedy !== undefined);
  assert.ok(one && other);
  const said = ['--approve', one.id, '--reject', other.id, '--reason', 'Agreed with the team', '--plan-hash'];
  const stale = await cli(approver, 'case', 'decide', id, ...said, '0'.repeat(64));
  assert.deepEqual([stale.code, /another plan by now/.test(stale.err)], [1, true]);
  assert.equal((await cli(operator, 'case', 'decide', id, ...said, planHash)).code, 4);
  assert.equal((await json<View>(approver, 0, 'case', 'decide', id, ...said, planHash)).state, 'running');
  await readAgain(id);
  const after = await json<Findings>(operator, 0, 'case', 'findings', id);
  const statusOf = (finding: string) => after.findings.find((each) => each.id === finding)?.status;
  assert.deepEqual([statusOf(one.id), statusOf(other.id)], ['done', 'rejected']);

  // The gateway lets a call pass of whom it refuses: the case is read again by itself.
  const timestamp = new Date(Date.now() + 10 * 60_000).toISOString();
  await sendToolCalls(stack.tenant, [toolCallEvent({ caller_oid: WORLD.leaver.oid, timestamp, response_status: 200 })]);
  while ((await json<View>(operator, 0, 'case', 'show', id)).passed === undefined) await delay(100);
  await readAgain(id);
  assert.match((await cli(operator, 'case', 'findings', id)).out, /let a call of the leaver pass/);

  const undo = ['case', 'restore', id, '--finding', one.id, '--reason', 'The pipeline is production', '--revision'];
  const old = await cli(operator, ...undo, '1');
  assert.deepEqual([old.code, /newest report of the case is number 4/.test(old.err)], [1, true], old.err);
  assert.equal((await json<View>(operator, 0, ...undo, '4')).state, 'running');
  await readAgain(id);
  assert.match((await cli(operator, 'case', 'findings', id, '--status', 'rejected')).out, new RegExp(one.id));
  const revisions = await cli(operator, 'case', 'revisions', id);
  assert.deepEqual(
    revisions.out.split('\n').map((line) => line.split('\t')[0]),
    ['5', '4', '3', '2', '1', ''],
  );

  const report = await cli(operator, 'case', 'report', id);
  assert.match(report.out, /^# /);
  const sealed = await json<{ case: { caseId: string; revision: number } }>(operator, 0, 'case', 'report', id);
  assert.deepEqual([sealed.case.caseId, sealed.case.revision], [id, 5]);

  // What was filed is downloaded and verified; one byte less is noticed.
  const folder = await mkdtemp(path.join(tmpdir(), 'evidence-'));
  try {
    const { files, manifest } = await json<{ files: { name: string }[]; manifest: { sha256: string } }>(
      ...([operator, 0, 'case', 'evidence', id, '--out', folder] as const),
    );
    const verify = ['verify', folder, '--expect', manifest.sha256];
    const { verdict, faults } = await json<{ verdict: string; faults: object[] }>(operator, 10, ...verify);
    assert.deepEqual([verdict, faults], ['not-pinned', []]);
    // What people answered lies in the folder of the case, and belongs to what is verified.
    assert.ok(files.some(({ name }) => name.startsWith(`cases/${id}/`) && name.includes('/answers/')));
    const [key = ''] = await readdir(path.join(folder, `cases/${id}/keys`));
    const pinned = [...verify, '--key', path.join(folder, `cases/${id}/keys`, key)];
    assert.equal((await cli('', ...pinned)).code, 0);
    const page = files.find(({ name }) => name.endsWith('report.html'))?.name ?? '';
    await truncate(path.join(folder, page), 100);
    const altered = await cli(operator, ...verify);
    assert.deepEqual([altered.code, altered.out.includes('report.html')], [12, true], altered.out);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('another case is scheduled and cancelled by the CLI, and the rest of its commands answers', async () => {
  const ben = [
    'case',
    'open',
    BEN,
    '--confirm-upn',
    'ben.okafor@northwind-capital.example',
    '--reason',
    'End of contract',
  ];
  const { caseId: id, state } = await json<View>(operator, 0, ...ben, '--last-day', lastDay());
  assert.equal(state, 'scheduled');
  assert.equal((await json<View>(operator, 3, 'case', 'watch', id)).caseId, id);
  assert.equal((await json<View>(operator, 0, 'case', 'cancel', id, '--reason', 'Stays')).state, 'cancelled');
  const list = await cli(operator, 'case', 'list', '--person', 'ben.okafor@northwind-capital.example');
  assert.match(list.out, new RegExp(`^${id}\tapply\tcancelled`));
  const verdicts = { ready: 0, unknown: 11, 'not-ready': 12 };
  const doctor = await cli(operator, 'doctor', '--json');
  const { verdict } = JSON.parse(doctor.out) as { verdict: keyof typeof verdicts };
  assert.equal(doctor.code, verdicts[verdict]);
  const { rows } = await json<{ rows: { oid: string }[] }>(operator, 0, 'deny', 'list');
  assert.ok(rows.some(({ oid }) => oid === WORLD.leaver.oid));

  // Whom a name alone would contain is asked for by the command that would; then contained, longer, and let in.
  const named = await cli(operator, 'contain', 'ben.okafor@northwind-capital.example', '--days', '3', '--reason', 'x');
  assert.match(named.err, new RegExp(`If it is they: offboard contain ${BEN} --confirm-upn ben\\.okafor@`));
  const contain = ['contain', BEN, '--confirm-upn', 'ben.okafor@northwind-capital.example', '--days', '3'];
  const contained = await cli(operator, ...contain, '--reason', 'A token was published');
  assert.deepEqual([contained.code, /contained, until/.test(contained.out)], [0, true], contained.err);
  assert.equal((await cli(operator, 'deny', 'extend', BEN, '--days', '7', '--reason', 'Still looking')).code, 0);
  assert.equal((await cli(operator, 'release', BEN, '--reason', 'Another’s token')).code, 0);
  assert.ok(!(await cli(operator, 'deny', 'list')).out.includes(BEN));

  const { sweepId } = await json<{ sweepId: string }>(operator, 0, 'sweep', 'run', '--reason', 'Now');
  assert.match((await cli(operator, 'sweep', 'latest')).out, new RegExp(`^${sweepId}\t`));
  const none = await cli(operator, 'rejections');
  assert.deepEqual([none.code, none.out, none.err], [0, '', 'There is none.\n']);
  const retried = await cli(operator, 'rejections', 'retry', '2026-11-23-0123456789abcdef', '--reason', 'x');
  assert.deepEqual([retried.code, /no rejection of this id/.test(retried.err)], [1, true]);
  const pilot = ['doctor', '--pilot', '--reason', 'Before the first case'];
  assert.equal((await cli(operator, ...pilot)).code, 4);
  assert.match((await cli(approver, 'whoami')).out, /may: read, decide, approve\n$/);
});

/** A month ahead: the app takes no day that has passed. */
function lastDay(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
}
