import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { CaseId } from '../../../src/cases/ids.ts';
import { updateCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { putOnce } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Log } from '../../../src/log.ts';
import type { Answered } from '../../support/api/ask-api.ts';
import { type CasesApiWorld, headerOf, startCasesApi } from './cases-api-world.ts';

let app: CasesApiWorld['app'];
let ask: CasesApiWorld['ask'];
let leaving: CasesApiWorld['leaving'];
let post: CasesApiWorld['post'];
before(async () => {
  ({ app, ask, leaving, post } = await startCasesApi());
});
after(() => app.stop());

/** A log, and what it was told. */
function recordedLog(): { readonly log: Log; readonly lines: [string, Readonly<Record<string, unknown>>][] } {
  const lines: [string, Readonly<Record<string, unknown>>][] = [];
  const at =
    (level: string) =>
    (_message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      void lines.push([level, fields]);
  return { log: { info: at('info'), warn: at('warn'), error: at('error') }, lines };
}

/** What every manifest says beside its files. */
const SEALED = { generatedAt: '2026-11-29T09:00:00.000Z', outcome: 'clear' } as const;

test('the filed report is served as it was sealed, and nothing else beside it', async () => {
  const oid = app.hire();
  await post({ body: leaving(oid, { reason: 'left' }) });
  const { log, lines } = recordedLog();
  const file = (document: string, id = `${oid}-1`): Promise<Answered> =>
    ask(`/api/cases/${id}/${document}`, { tools: { log } });
  assert.equal((await file('report.html')).status, 404);
  const folder = `cases/${oid}-1`;
  const json = await putOnce(app.config, 'evidence', `${folder}/report.json`, '{"outcome":"clear"}');
  const page = await putOnce(app.config, 'evidence', `${folder}/report.html`, '<h1>Report</h1>');
  await updateCase(app.config, `${oid}-1` as CaseId, (row) => ({
    ...row,
    state: 'filed',
    report: `${folder}/report.json`,
  }));
  assert.equal((await file('report.html')).problem, 'evidence-altered', 'sealed by nothing');
  await putOnce(app.config, 'evidence', `${folder}/manifest.json`, JSON.stringify({ ...SEALED, files: [json, page] }));
  lines.length = 0;
  const html = await file('report.html');
  assert.deepEqual([html.body, headerOf(html, 'content-type')], ['<h1>Report</h1>', 'text/html; charset=utf-8']);
  assert.match(headerOf(html, 'content-security-policy') ?? '', /default-src 'none'/);
  assert.equal((await file('report')).body, '{"outcome":"clear"}');
  for (const document of ['manifest.json', '%2e%2e', 'constructor', 'report.md'])
    assert.equal((await file(document)).status, 404);
  assert.equal((await file('report', 'nobody-1')).status, 404);
  assert.deepEqual(lines, []);
});

for (const [what, reported, sealed] of [
  ['was changed since it was sealed', '{"outcome":"clear"}', '{"outcome":"incomplete"}'],
  ['is not among what was sealed', '{"outcome":"clear"}', undefined],
] as const)
  test(`a report that ${what} is not served, and an alert says so`, async () => {
    const oid = app.hire();
    await post({ body: leaving(oid, { reason: 'left' }) });
    const report = `cases/${oid}-1/report.json`;
    await putOnce(app.config, 'evidence', report, reported);
    const sha256 = createHash('sha256')
      .update(sealed ?? '')
      .digest('hex');
    const files = sealed === undefined ? [] : [{ name: report, sha256, bytes: 1 }];
    await putOnce(app.config, 'evidence', `cases/${oid}-1/manifest.json`, JSON.stringify({ ...SEALED, files }));
    await updateCase(app.config, `${oid}-1` as CaseId, (row) => ({ ...row, state: 'filed', report }));
    const { log, lines } = recordedLog();
    const answer = await ask(`/api/cases/${oid}-1/report`, { tools: { log } });
    assert.equal(answer.status, 500);
    assert.equal(answer.problem, 'evidence-altered');
    assert.doesNotMatch(String(answer.body), /outcome/, 'nothing of it is shown');
    assert.deepEqual(
      lines.map(([level, { code, caseId, file }]) => [level, code, caseId, file]),
      [['error', 'evidence-altered', `${oid}-1`, report]],
    );
  });

for (const [what, manifest] of [
  ['no JSON', '{"outcome":'],
  ['no manifest', '{"files":"all of them"}'],
] as const)
  test(`evidence whose seal is ${what} is an incident, and an alert says so`, async () => {
    const oid = app.hire();
    await post({ body: leaving(oid, { reason: 'left' }) });
    const report = `cases/${oid}-1/report.json`;
    await putOnce(app.config, 'evidence', report, '{"outcome":"clear"}');
    await putOnce(app.config, 'evidence', `cases/${oid}-1/manifest.json`, manifest);
    await updateCase(app.config, `${oid}-1` as CaseId, (row) => ({ ...row, state: 'filed', report }));
    for (const document of ['evidence', 'findings', 'report']) {
      const answer = await ask(`/api/cases/${oid}-1/${document}`);
      assert.deepEqual([answer.status, answer.problem], [500, 'evidence-altered'], document);
    }
  });
