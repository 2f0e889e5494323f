import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { deleteUser, doDueWork } from '../../local/telling/follow-case.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { pinnedKeyOf } from '../../src/evidence/public-key.ts';
import { verifyEvidence } from '../../src/evidence/verify-evidence.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { Report } from '../../src/report/report.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { assertValidReport } from './support/report-schema.ts';

const stack = await startFastStack();
after(() => stack.stop());
const caseId = makeCaseId(WORLD.leaver.oid as Oid, 1);
const APPROVER = 'a9000000-0000-4000-8000-000000000001';

interface Finding {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly status: string;
  readonly reason: string;
  readonly readBack?: { readonly state: string };
  readonly remedy?: { readonly call: { readonly kind: string } };
}
interface Findings {
  readonly revision: number;
  readonly planHash: string;
  readonly findings: readonly Finding[];
}

async function ask(path: string, body?: object, oid = APPROVER, roles = ['Offboarding.Approve']) {
  const claims = { audience: WORLD.app.audience, oid, clientId: 'console', scopes: ['access'], roles };
  const authorization = `Bearer ${await stack.tenant.tokens.issue(claims)}`;
  const answer = await fetch(`${stack.url()}/api/cases/${caseId}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { authorization, 'content-type': 'application/json' },
  });
  return { status: answer.status, json: (await answer.json()) as never };
}
async function download(name: string): Promise<Buffer> {
  const claims = { audience: WORLD.app.audience, oid: APPROVER, clientId: 'console', scopes: ['access'] };
  const token = await stack.tenant.tokens.issue({ ...claims, roles: ['Offboarding.Read'] });
  const address = `${stack.url()}/api/cases/${caseId}/evidence/file?name=${encodeURIComponent(name)}`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200, name);
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="/);
  return Buffer.from(await answer.arrayBuffer());
}
const findings = async (): Promise<Findings> => (await ask('/findings')).json;
const find = (report: Report, id: string | undefined): Finding | undefined =>
  report.steps.flatMap((step) => step.findings as readonly Finding[]).find((each) => each.id === id);

test('what a second person approved is carried out, read back and filed; what they rejected stands by their word', async () => {
  await deleteUser(stack, WORLD.leaver.oid);
  const first = await filedReport(stack, caseId);
  const { planHash, findings: all } = await findings();
  assert.equal(planHash, first.plan?.hash);
  const waiting = all.filter(({ status }) => status === 'awaiting-decision');
  const [one, other, third] = waiting.filter(({ remedy }) => remedy !== undefined);
  assert.ok(one && other && third, 'the case study leaves three things to decide');
  const said = { planHash, approve: [one.id], reject: [other.id], reason: 'Agreed with the team that owns them.' };

  // Not by who leaves, not about another plan, not about what does not wait, and nothing of it happened.
  const done = all.find(({ status }) => status === 'done');
  const refused = await Promise.all([
    ask('/decisions', said, WORLD.leaver.oid),
    ask('/decisions', said, APPROVER, ['Offboarding.Operate']),
    ask('/decisions', said, APPROVER, ['Offboarding.Administer']),
    ask('/decisions', { ...said, planHash: '0'.repeat(64) }),
    ask('/decisions', { ...said, approve: [one.id, done?.id] }),
    ask('/decisions', { ...said, reject: [one.id] }),
    ask('/decisions', { ...said, approve: [], reject: [] }),
  ]);
  assert.deepEqual(
    refused.map(({ status }) => status),
    [403, 403, 403, 412, 409, 409, 422],
  );
  assert.equal((await findings()).revision, 1);

  // Of two at the same moment one counts.
  const words = [said.reason, 'Me too.'];
  const both = await Promise.all(words.map((reason) => ask('/decisions', { ...said, reason })));
  const counted = words[both.findIndex(({ status }) => status === 202)];
  const statuses = both.map(({ status }) => status).sort();
  assert.equal(statuses[0], 202);
  assert.ok([409, 412].includes(statuses[1] ?? 0), String(statuses));
  assert.equal((await ask('/decisions', said)).status, 409);

  await doDueWork(stack);
  const second = await filedReport(stack, caseId);
  assertValidReport(second);
  assert.equal(second.case.revision, 2);
  assert.deepEqual(
    [find(second, one.id)?.status, find(second, one.id)?.readBack?.state],
    ['done', 'gone'],
    find(second, one.id)?.reason,
  );
  assert.equal(find(second, other.id)?.status, 'rejected');
  assert.match(find(second, other.id)?.reason ?? '', new RegExp(`Rejected by ${APPROVER} at .*: ${counted}`));
  assert.equal(find(second, third.id)?.status, 'awaiting-decision', 'nobody decided about it');
  const [told] = second.case.decisions ?? [];
  assert.deepEqual([told?.by, told?.approved, told?.rejected, told?.revision], [APPROVER, [one.id], [other.id], 1]);
  assert.ok(second.manifest.files.some(({ name }) => name.startsWith(`cases/${caseId}/decisions/1/`)));
  // What was cut before stays cut; what is found anew with nothing left to do says so.
  for (const { id, status, title } of all.filter(({ status }) => status === 'done'))
    assert.ok(['done', 'nothing-to-do'].includes(find(second, id)?.status ?? ''), `${status}: ${title}`);
});

test('where the only approver is the leaver, somebody else who administers the app decides, loudly', async () => {
  const { planHash, findings: all } = await findings();
  const [left] = all.filter(({ status, remedy }) => status === 'awaiting-decision' && remedy !== undefined);
  assert.ok(left);
  const said = { planHash, approve: [left.id], reason: 'The only approver is ill.', emergency: true };
  assert.equal((await ask('/decisions', said)).status, 403, 'approving is no emergency');
  // Their token outlives the account, with every role that they had.
  const roles = ['Offboarding.Approve', 'Offboarding.Administer'];
  for (const leaving of [said, { ...said, emergency: undefined }])
    assert.equal((await ask('/decisions', leaving, WORLD.leaver.oid, roles)).status, 403, 'the leaver decides nothing');
  assert.equal((await ask('/decisions', said, APPROVER, ['Offboarding.Administer'])).status, 202);
  await doDueWork(stack);
  const third = await filedReport(stack, caseId);
  assert.deepEqual([third.case.revision, third.case.decisions?.at(-1)?.emergency], [3, true]);
  assert.equal(find(third, left.id)?.status, 'done', find(third, left.id)?.reason);
});

test('whoever doubts a report has the case read again, and every revision and its files are listed', async () => {
  const asked = { reason: 'The runner was reinstalled.' };
  assert.equal((await ask('/recheck', asked, WORLD.leaver.oid, ['Offboarding.Operate'])).status, 403);
  assert.equal((await ask('/recheck', asked, APPROVER, ['Offboarding.Operate'])).status, 202);
  assert.equal((await ask('/recheck', asked, APPROVER, ['Offboarding.Operate'])).status, 409, 'it is being read');
  await doDueWork(stack);
  const fourth = await filedReport(stack, caseId);
  assert.equal(fourth.case.revision, 4);
  const { revisions }: { revisions: { revision: number; report: string }[] } = (await ask('/revisions')).json;
  assert.deepEqual(
    revisions.map(({ revision }) => revision),
    [4, 3, 2, 1],
  );
  const evidence: { files: { name: string }[]; previous: { name: string } } = (await ask('/evidence')).json;
  assert.ok(evidence.files.some(({ name }) => name === revisions[0]?.report));
  assert.ok(evidence.previous.name.startsWith(`cases/${caseId}/revision-3/`));
});

test('an auditor downloads the case over the API and verifies it offline; a byte, and the newest revision left out, are found', async () => {
  const newest: { manifest: { name: string; sha256: string }; signed: boolean; keyid: string } = (
    await ask('/evidence')
  ).json;
  assert.deepEqual([newest.signed, newest.manifest.name], [true, `cases/${caseId}/revision-4/manifest.json`]);
  const { revisions }: { revisions: { signed: boolean; keyid: string }[] } = (await ask('/revisions')).json;
  assert.ok(revisions.every(({ signed, keyid }) => signed && keyid === newest.keyid));
  const { names }: { names: string[] } = (await ask('/evidence/files')).json;
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await download(name) })));
  const key = files.find(({ name }) => name.includes('/keys/')) ?? assert.fail('no key');
  const keys = [await pinnedKeyOf(key.bytes.toString())];
  const whole = await verifyEvidence(files, { keys, expect: newest.manifest.sha256 });
  assert.deepEqual([whole.verdict, whole.faults, whole.isNewestProved], ['verified', [], true]);
  // Of two approvers at once, what the later one said was filed and did not count.
  const unsealed = new Set(whole.unsealed.map(({ file }) => file));
  for (const file of unsealed) assert.ok(file.startsWith(`cases/${caseId}/decisions/1/`), file);
  assert.deepEqual(
    whole.revisions.map(({ revision, signature }) => [revision, signature]),
    [1, 2, 3, 4].map((each) => [each, 'valid']),
  );
  // In every file the last byte but one, one after the other.
  for (const [at, { name, bytes }] of files.entries()) {
    if (unsealed.has(name)) continue;
    const other = Buffer.from(bytes);
    other[other.length - 2] = (other[other.length - 2] ?? 0) ^ 1;
    const { verdict, faults } = await verifyEvidence(files.with(at, { name, bytes: other }), { keys });
    assert.deepEqual([verdict, faults.length > 0], ['altered', true], name);
  }
  const older = files.filter(({ name }) => !name.includes('/revision-4/'));
  const left = await verifyEvidence(older, { keys, expect: newest.manifest.sha256 });
  assert.ok(left.faults.some(({ code }) => code === 'not-the-newest'));
  for (const name of [
    '',
    'report.json',
    `cases/${caseId}`,
    `cases/${caseId}/../../x`,
    'sweeps/latest.json',
    key.name.replace(caseId, caseId.replace(/1$/, '2')),
  ])
    assert.equal((await ask(`/evidence/file?name=${encodeURIComponent(name)}`)).status, 404, name);
});
