import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { deleteUser, doDueWork } from '../../../local/telling/follow-case.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';
import type { Report } from '../../../src/report/report.ts';
import { filedReport, startFastStack } from '../support/fast-stack.ts';
import { assertValidReport } from '../support/report-schema.ts';

const stack = await startFastStack();
after(() => stack.stop());
const caseId = makeCaseId(WORLD.leaver.oid as Oid, 1);
const OPERATOR = 'a9000000-0000-4000-8000-000000000001';

interface Finding {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly remedy?: { readonly undo: string; readonly call: { readonly kind: string } };
  readonly readBack?: { readonly state: string };
}

async function ask(
  path: string,
  body?: object,
  oid = OPERATOR,
  roles = ['Offboarding.Operate', 'Offboarding.Approve'],
) {
  const claims = { audience: WORLD.app.audience, oid, clientId: 'console', scopes: ['access'], roles };
  const authorization = `Bearer ${await stack.tenant.tokens.issue(claims)}`;
  const answer = await fetch(`${stack.url()}/api${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { authorization, 'content-type': 'application/json' },
  });
  return { status: answer.status, json: (await answer.json()) as never };
}
const ofCase = (path: string, ...rest: [body?: object, oid?: string, roles?: string[]]) =>
  ask(`/cases/${caseId}${path}`, ...rest);
const findingsOf = (report: Report): readonly Finding[] =>
  report.steps.flatMap((step) => step.findings as readonly Finding[]);
const find = (report: Report, id: string): Finding | undefined => findingsOf(report).find((each) => each.id === id);
const kindOf = ({ remedy }: Finding): string | undefined => remedy?.call.kind;

async function nextReport(revision: number): Promise<Report> {
  await doDueWork(stack);
  const report = await filedReport(stack, caseId);
  assertValidReport(report);
  assert.equal(report.case.revision, revision);
  return report;
}

/** What the case has cut, and who gives each of it back. */
async function listCut(): Promise<{ readonly revision: number; readonly by: ReadonlyMap<string, string> }> {
  const answer = await ofCase('/restore');
  assert.equal(answer.status, 200);
  const { revision, cut }: { revision: number; cut: { findingId: string; by: string }[] } = answer.json;
  return { revision, by: new Map(cut.map(({ findingId, by }) => [findingId, by])) };
}

let ids: readonly string[] = [];
/** What was disabled on a decision: a later reading finds it, and nothing to do about it. */
let suspended = '';

test('two things that a case cut are given back, read back and told', async () => {
  await deleteUser(stack, WORLD.leaver.oid);
  const first = await filedReport(stack, caseId);
  const done = findingsOf(first).filter(({ status }) => status === 'done');
  const [one, other] = done.filter((each) => kindOf(each) === 'delete-federated-credential');
  const byHand = done.find(({ remedy }) => remedy?.undo.startsWith('By hand'));
  assert.ok(one && other && byHand, done.map(kindOf).join());
  assert.match(one.remedy?.undo ?? '', /^The app, when somebody asks/);
  ids = [one.id, other.id];
  const said = { reason: 'The pipelines are production.', revision: 1, findings: ids };
  const cut = await listCut();
  assert.equal(cut.revision, 1);
  assert.equal(cut.by.get(one.id), 'app');
  assert.equal(cut.by.get(byHand.id), 'hand');
  assert.deepEqual(
    [...cut.by.keys()].sort(),
    done
      .filter(kindOf)
      .map(({ id }) => id)
      .sort(),
  );

  const refused = await Promise.all([
    ofCase('/restore', said, WORLD.leaver.oid),
    ofCase('/restore', said, OPERATOR, ['Offboarding.Read']),
    ofCase('/restore', { ...said, revision: 2 }),
    ofCase('/restore', { ...said, findings: [byHand.id] }),
    ofCase('/restore', { ...said, findings: ['F-000000000000'] }),
    ofCase('/restore', { ...said, all: true }),
  ]);
  assert.deepEqual(
    refused.map(({ status }) => status),
    [403, 403, 412, 409, 409, 422],
  );
  // Of two at the same moment one counts.
  const both = await Promise.all([ofCase('/restore', said), ofCase('/restore', said)]);
  const statuses = both.map(({ status }) => status).sort();
  assert.equal(statuses[0], 202);
  assert.ok([409, 412].includes(statuses[1] ?? 0), String(statuses));

  const second = await nextReport(2);
  assert.equal(second.case.because, 'restore');
  const [told] = second.case.restores ?? [];
  assert.deepEqual([told?.by, told?.reason, told?.revision], [OPERATOR, said.reason, 1]);
  assert.deepEqual(
    told?.undone.map(({ findingId, result, readBack }) => [findingId, result, readBack?.state]).sort(),
    ids.map((id) => [id, 'restored', 'present']).sort(),
  );
  const left = await listCut();
  assert.deepEqual([left.revision, left.by.size], [2, cut.by.size - ids.length], 'what is back is not cut any more');
  for (const id of ids) {
    assert.equal(find(second, id)?.status, 'rejected', 'it stands, by somebody’s word');
    assert.match(find(second, id)?.reason ?? '', /Given back at .*The pipelines are production\./);
  }
  assert.notEqual(second.outcome, 'clear');
  assert.ok(second.manifest.files.some(({ name }) => name.startsWith(`cases/${caseId}/restores/1/R-`)));
  const page = await (
    await fetch(`${stack.url()}/api/cases/${caseId}/report.html`, { headers: { authorization: await bearer() } })
  ).text();
  assert.match(page, /Undone[\s\S]*given back/);
});

test('what was given back is not cut by a recheck; a decision cuts it again', async () => {
  assert.equal((await ofCase('/recheck', { reason: 'To see.' })).status, 202);
  const third = await nextReport(3);
  for (const id of ids) assert.equal(find(third, id)?.status, 'rejected', find(third, id)?.reason);
  assert.equal(third.case.restores?.[0]?.undone.length, 2, 'told in every further report');

  const [one = '', other = ''] = ids;
  const waiting = findingsOf(third).filter(({ status }) => status === 'awaiting-decision');
  suspended = waiting.find((each) => kindOf(each) === 'suspend-subscription-key')?.id ?? assert.fail();
  const decision = { planHash: third.plan?.hash, approve: [one, suspended], reason: 'It was the leaver’s after all.' };
  assert.equal((await ofCase('/decisions', decision)).status, 202);
  const fourth = await nextReport(4);
  assert.deepEqual([find(fourth, one)?.status, find(fourth, one)?.readBack?.state], ['done', 'gone']);
  assert.equal(find(fourth, other)?.status, 'rejected');
  assert.equal(find(fourth, suspended)?.status, 'done', find(fourth, suspended)?.reason);

  assert.equal((await ofCase('/recheck', { reason: 'To see.' })).status, 202);
  const fifth = await nextReport(5);
  assert.deepEqual([find(fifth, one)?.status, find(fifth, one)?.readBack?.state], ['done', 'gone'], 'cut stays cut');
  assert.equal(find(fifth, other)?.status, 'rejected');
});

test('the whole case undone lets the person in, and nothing more is cut for it', async () => {
  const said = { reason: 'The wrong person.', revision: 5, all: true };
  assert.equal((await ofCase('/restore', said)).status, 202);
  const { rows }: { rows: { oid: string; state: string; released?: { by: string; why: string } }[] } = (
    await ask('/denied')
  ).json;
  const row = rows.find(({ oid }) => oid === WORLD.leaver.oid);
  assert.deepEqual([row?.state, row?.released?.by, row?.released?.why], ['released', OPERATOR, said.reason]);

  const sixth = await nextReport(6);
  assert.match(sixth.summary.headline, /The wrong person\./);
  const undone = sixth.case.restores?.at(-1);
  assert.equal(undone?.whole, true);
  assert.ok(undone.undone.some(({ result }) => result === 'restored'));
  assert.equal(undone.undone.find(({ findingId }) => findingId === suspended)?.result, 'restored');
  // A consent of a deleted account cannot be given: what is left is told, with what it was.
  const left = undone.undone.filter(({ result }) => result !== 'restored' && result !== 'there');
  assert.ok(left.some(({ result, before }) => result === 'by-hand' && before !== undefined));
  assert.ok(sixth.summary.next.some(({ text }) => text.startsWith('Not given back: ')));
  assert.ok(sixth.outcome === 'attention' || sixth.outcome === 'incomplete' || sixth.outcome === 'failed');
  assert.equal((await ofCase('/recheck', { reason: 'Again.' })).status, 409, 'it is over');
  const after = rowsOf((await ask('/denied')).json);
  assert.equal(after.find(({ oid }) => oid === WORLD.leaver.oid)?.state, 'released', 'nothing denied them again');
});

function rowsOf({ rows }: { readonly rows: readonly { readonly oid: string; readonly state: string }[] }) {
  return rows;
}

async function bearer(): Promise<string> {
  const claims = {
    audience: WORLD.app.audience,
    oid: OPERATOR,
    clientId: 'console',
    scopes: ['access'],
    roles: ['Offboarding.Read'],
  };
  return `Bearer ${await stack.tenant.tokens.issue(claims)}`;
}
