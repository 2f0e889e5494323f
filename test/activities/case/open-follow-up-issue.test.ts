import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { FiledReport } from '../../../activities/case/file-report.ts';
import { openFollowUpIssue } from '../../../activities/case/open-follow-up-issue.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { putJson } from '../../../src/connectors/storage/evidence.ts';
import { buildReport, type ReportInput } from '../../../src/report/build/build-report.ts';
import { caseStudy, emptyCase, OID } from '../../report/sample-case.ts';
import { seedContext } from '../../support/seed-context.ts';
import { startApp } from '../../support/start-app.ts';

const context = seedContext();
const vault = seedVault(context);
const github = seedGitHub(context, vault);
const app = await startApp({
  vendors: (core) => [makeVault(core, vault), makeGitHub(core, github)],
  storage: true,
});
after(() => app.stop());
beforeEach(() => app.tenant.faults.clear());

async function filed(input: ReportInput): Promise<FiledReport> {
  const report = buildReport(input);
  const ref = await putJson(app.config, 'evidence', 'test', report);
  const { counts, next } = report.summary;
  return {
    outcome: report.outcome,
    incident: report.incident,
    report: ref,
    html: ref,
    markdown: ref,
    manifest: ref,
    counts,
    nextSteps: next.length,
  };
}

function issues() {
  const [, name = ''] = WORLD.github.securityRepository.split('/');
  return github.repositories.where((each) => each.name === name).flatMap((each) => each.issues.all());
}

test('the case’s issue says who and the outcome, and holds a checklist of what is left', async () => {
  const result = await openFollowUpIssue.handler(
    { caseId: makeCaseId(OID, 1), filed: await filed(caseStudy()) },
    app.context,
  );
  assert.equal(result.state, 'open');
  const [issue] = issues();
  assert.equal(issue?.title, 'Offboarding of Alex Moreau: incomplete, incident');
  assert.match(issue?.body ?? '', /^- \[ \] \*\*Runner credentials\*\*: Decide, and do by hand: /m);
  assert.match(issue?.body ?? '', /2 consent grants revoked: Claude Code and VS Code MCP\./);
});

test('the same case has one issue, whose outcome follows the case', async () => {
  const caseId = makeCaseId(OID, 2);
  const first = await openFollowUpIssue.handler({ caseId, filed: await filed(caseStudy()) }, app.context);
  const count = issues().length;
  const second = await openFollowUpIssue.handler({ caseId, filed: await filed(emptyCase()) }, app.context);
  assert.equal(issues().length, count);
  assert.deepEqual(second, first);
  assert.match(issues().at(-1)?.title ?? '', /: clear$/);
});

test('another case of the same person has an issue of its own', async () => {
  const before = issues().length;
  await openFollowUpIssue.handler({ caseId: makeCaseId(OID, 3), filed: await filed(emptyCase()) }, app.context);
  assert.equal(issues().length, before + 1);
});

test('an issue that GitHub refuses is named and costs nothing else', async () => {
  app.tenant.faults.add({
    vendor: 'github',
    path: /\/issues/,
    effect: { kind: 'answer', status: 502, body: '<html>bad gateway</html>' },
  });
  const result = await openFollowUpIssue.handler(
    { caseId: makeCaseId(OID, 4), filed: await filed(caseStudy()) },
    app.context,
  );
  assert.equal(result.state, 'not-opened');
  assert.equal(result.state === 'not-opened' && typeof result.tryAgainAfterMs, 'number');
  assert.doesNotMatch(JSON.stringify(result), /<html>/);
});

test('two deliveries at once open one issue, and both name it', async () => {
  const input = { caseId: makeCaseId(OID, 5), filed: await filed(caseStudy()) };
  const before = issues().length;
  const open = () => openFollowUpIssue.handler(input, app.context);
  const [one, other] = await Promise.all([open(), open()]);
  assert.equal(one?.state, 'open');
  assert.deepEqual(one, other);
  assert.equal(issues().length, before + 1);
});

test('a delivery that comes late leaves what people ticked, and a closed issue closed', async () => {
  const input = { caseId: makeCaseId(OID, 6), filed: await filed(caseStudy()) };
  const first = await openFollowUpIssue.handler(input, app.context);
  const issue = issues().at(-1);
  assert.ok(issue !== undefined);
  Object.assign(issue, { body: issue.body.replaceAll('- [ ]', '- [x]'), state: 'closed' });
  const [ticked, count] = [issue.body, issues().length];
  assert.deepEqual(await openFollowUpIssue.handler(input, app.context), first);
  assert.deepEqual([issues().at(-1)?.body, issues().length], [ticked, count]);
});
