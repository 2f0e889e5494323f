import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { fileReport } from '../../../../activities/case/report/file-report.ts';
import type { FileReportInput } from '../../../../activities/case/report/filed-report.ts';
import type { Action } from '../../../../src/cases/remedies/remedy.ts';
import { getJson, getText, putJson, putOnce } from '../../../../src/connectors/storage/evidence/evidence.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import type { Manifest, Report } from '../../../../src/report/report.ts';
import { AT } from '../../../report/sample-case.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { runCase } from '../run-case.ts';

const app = await startApp({ vendors: () => [], storage: 'memory' });
after(() => app.stop());

const filedCase = (n: number, oid?: Oid): Promise<FileReportInput> => runCase(app.config, n, oid);

test('a filed case holds the report in three forms, and a manifest with the digest of every file', async () => {
  const input = await filedCase(1);
  const filed = await fileReport.handler(input, app.context);
  const manifest = await getJson<Manifest>(app.config, filed.manifest);
  const names = manifest.files.map(({ name }) => name.replace(`cases/${input.caseId}/`, ''));
  for (const name of ['report.json', 'report.html', 'report.md', 'plan.json', 'steps/consent-1.json'])
    assert.ok(names.includes(name), name);
  assert.equal(names.filter((name) => name.startsWith('before/')).length, 6);
  assert.equal(names.filter((name) => name.startsWith('actions/')).length, 6);
  assert.equal(new Set(names).size, names.length);
  for (const file of manifest.files) {
    const text = (await getText(app.config, 'evidence', file.name)) ?? '';
    assert.equal(createHash('sha256').update(text).digest('hex'), file.sha256, file.name);
    assert.equal(Buffer.byteLength(text), file.bytes, file.name);
  }
});

test('filing a case twice changes no byte and makes no second manifest', async () => {
  const input = await filedCase(2);
  const first = await fileReport.handler(input, app.context);
  assert.deepEqual(await fileReport.handler(input, app.context), first);
});

test('what the orchestration keeps says the outcome, and the report agrees with it', async () => {
  const filed = await fileReport.handler(await filedCase(3), app.context);
  const report = await getJson<Report>(app.config, filed.report);
  assert.deepEqual([filed.outcome, filed.counts], [report.outcome, report.summary.counts]);
  assert.equal(filed.nextSteps, report.summary.next.length);
  assert.ok(JSON.stringify(filed).length < 2_000);
});

test('a remedy that failed is sealed with what the vendor said', async () => {
  const input = await filedCase(4);
  const [first, ...others] = input.actions;
  const action = await getJson<Action>(app.config, first ?? assert.fail('no action'));
  const refused: Action = { ...action, result: 'failed', error: 'Graph answered 403.' };
  const ref = await putJson(app.config, 'work', `${input.caseId}/actions/x`, refused);
  const filed = await fileReport.handler({ ...input, actions: [ref, ...others] }, app.context);
  const manifest = await getJson<Manifest>(app.config, filed.manifest);
  assert.equal(filed.outcome, 'failed');
  assert.ok(manifest.files.some(({ name }) => name.endsWith(`actions/${action.remedyId}-failed.json`)));
});

test('a result that was altered after it was filed is refused', async () => {
  const input = await filedCase(5);
  const parts = input.parts.map((part) => ({ ...part, ref: { ...part.ref, sha256: '0'.repeat(64) } }));
  await assert.rejects(fileReport.handler({ ...input, parts }, app.context), { code: 'evidence-altered' });
});

test('a sealed report is not replaced by another one', async () => {
  const input = await filedCase(6);
  const filed = await fileReport.handler(input, app.context);
  const later = { ...input, generatedAt: '2026-11-24T00:00:00.000Z' };
  await assert.rejects(fileReport.handler(later, app.context), { code: 'evidence-altered' });
  assert.equal((await getJson<Report>(app.config, filed.report)).generatedAt, AT);
});

test('an attempt files beside what an earlier one left of its report, and one seal stands for the case', async () => {
  const input = await filedCase(7);
  const folder = `cases/${input.caseId}`;
  for (const left of ['report.json', 'steps/consent-1.json']) {
    await putOnce(app.config, 'evidence', `${folder}/${left}`, '{"half":"written"}');
  }
  const attempts = [{ instanceId: `case-${input.caseId}`, endedAt: AT, why: 'Storage was away.' }];
  const again = { ...input, row: { ...input.row, attempts } };
  const filed = await fileReport.handler(again, app.context);
  assert.equal(filed.report.name, `${folder}/attempt-2/report.json`);
  assert.deepEqual(await fileReport.handler(again, app.context), filed);
  const seal = (await getText(app.config, 'evidence', `${folder}/manifest.json`)) ?? '';
  assert.equal(createHash('sha256').update(seal).digest('hex'), filed.manifest.sha256);
  // What the first attempt cut is the case's all the same.
  const { files } = JSON.parse(seal) as Manifest;
  assert.equal(files.filter(({ name }) => name.startsWith(`${folder}/actions/`)).length, 6);
  assert.ok(!files.some(({ name }) => name === `${folder}/report.json`));
});

test('an attempt that was given up files nothing any more', async () => {
  const input = await filedCase(8);
  const attempts = [{ instanceId: `case-${input.caseId}`, endedAt: AT, why: 'Storage was away.' }];
  const { row } = input;
  await app.context.vendors.storage.createCase({ ...row, attempts, openedAt: AT, merged: [] });
  await assert.rejects(fileReport.handler(input, app.context), /Another attempt/);
  assert.equal(await getText(app.config, 'evidence', `cases/${input.caseId}/report.json`), undefined);
});
