import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { type Coverage, sourceIdOf } from '../../src/cases/coverage/coverage.ts';
import type { Report } from '../../src/report/report.ts';
import { CATALOGUE } from '../../src/steps/catalogue.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';

/** As somebody tries it who has read nothing yet: no gateway, no organisation, no exemption, no limit acknowledged. */
const stack = await startFastStack({
  settings: {
    GATEWAY_APIM_ID: '',
    DENY_LIST_NAMED_VALUES: '',
    GITHUB_ORGANISATIONS: '',
    DEVOPS_ORGANISATIONS: '',
    EXEMPT_SOURCES: '',
    ACKNOWLEDGED_LIMITS: '',
  },
});
after(() => stack.stop());

let report: Report;
let markdown: string;
before(async () => {
  const opened = await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      oid: WORLD.colleagues[0].oid,
      reason: 'What is never read',
      mode: 'apply',
      confirmUserPrincipalName: WORLD.colleagues[0].userPrincipalName,
    }),
  });
  const { caseId } = (await opened.json()) as { caseId: string };
  report = await filedReport(stack, caseId);
  const page = await stack.api(`/api/cases/${caseId}/report.md`);
  markdown = await page.text();
});
const line = (source: string): Coverage | undefined =>
  report.steps.flatMap(({ coverage }) => coverage).find((each) => sourceIdOf(each) === source);

test('every source of the catalogue that applies stands in the report of its step', () => {
  for (const { step, coverage } of report.steps) {
    const told = new Set(coverage.map(sourceIdOf));
    const silent = (CATALOGUE[step] ?? []).filter(({ id, examined }) => !told.has(id) && !isConditional(examined));
    assert.deepEqual(silent, [], step);
  }
});

const isConditional = (examined: unknown): boolean =>
  typeof examined === 'object' && examined !== null && 'when' in examined;

test('a vendor that is not configured is told, source by source, and keeps the case from being clear', () => {
  for (const [source, setting] of [
    ['identity/github', 'GITHUB_ORGANISATIONS'],
    ['github/repository-runners', 'GITHUB_ORGANISATIONS'],
    ['identity/azure-devops', 'DEVOPS_ORGANISATIONS'],
    ['azure-devops/tokens', 'DEVOPS_ORGANISATIONS'],
    ['gateway/deny-list', 'DENY_LIST_NAMED_VALUES'],
    ['log-analytics/calls', 'DENY_LIST_NAMED_VALUES'],
    ['verification/gateway', 'DENY_LIST_NAMED_VALUES'],
  ] as const) {
    const { state, why, detail } = line(source) ?? {};
    assert.deepEqual([state, why, detail], ['not-examined', 'not-configured', `${setting} names nothing.`], source);
  }
  // Credentials are read all the same; only whose the owners on GitHub are is open.
  const credentials = line('entra/application-credentials');
  assert.equal(credentials?.state, 'partial');
  assert.match(credentials?.detail ?? '', /GITHUB_ORGANISATIONS names nothing/);
  assert.equal(report.outcome, 'incomplete');
});

test('without a gateway the case ends the sessions, and no word of its report claims that anybody is refused', () => {
  const containment = report.steps.find(({ step }) => step === 'containment');
  assert.deepEqual(
    containment?.findings.map(({ kind, status }) => [kind, status]),
    [
      ['account-enabled', 'manual-action'],
      ['sign-in-sessions', 'done'],
    ],
  );
  // What a source that nobody can read would be covered by is no claim: “Once the deny list holds the leaver, …”.
  const claims = markdown.split('\n').filter((each) => !/Once the deny list holds the leaver/.test(each));
  assert.doesNotMatch(claims.join('\n'), /[Tt]he gateway refuses|refuses the leaver is|deny list (alone )?keeps/);
  assert.deepEqual(
    stack.logs.filter((each) => /deny.?list/i.test(each) && /error/i.test(each)),
    [],
    'no line that would raise an alert',
  );
});

test('access that only a refusal could end says that nothing refuses', () => {
  const consent = report.steps.find(({ step }) => step === 'consent')?.findings ?? [];
  const open = consent.filter(({ kind }) =>
    ['tenant-wide-grant', 'pre-authorised-client', 'issued-tokens'].includes(kind),
  );
  assert.ok(open.length > 0);
  for (const { reason, title } of open) assert.match(reason, /[Nn]o gateway is there/, title);
});

test('every source that an app can read is read by this version', () => {
  const unread = Object.values(CATALOGUE)
    .flat()
    .filter(({ id }) => line(id)?.why === 'not-read-by-this-version');
  assert.deepEqual(unread, []);
});

test('headline, lists and Markdown say so in a few lines', () => {
  const { headline, notCut, next, sources } = report.summary;
  assert.match(headline, /^Access may remain unseen: .*\d+ are not read by this version or not configured/);
  assert.equal(sources.acknowledged, 0);
  assert.ok(sources.notExamined > 0 && sources.standingLimits > 0 && sources.exempt === 0);
  const about = (lines: Report['summary']['next'], step: string): string[] =>
    lines.filter((each) => each.step === step).map(({ text }) => text);
  assert.match(about(notCut, 'runner-credentials').join(), /were not read: \d+ not configured/);
  assert.equal(about(next, 'runner-credentials').filter((text) => /exempt them/.test(text)).length, 1);
  assert.match(
    markdown,
    /- \*\*\d+ standing limits\*\*: Nobody has acknowledged them\.\n(?: {2}- .*\n)*? {2}- `github\/enterprise`: /,
  );
});
