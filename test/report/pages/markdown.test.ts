import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildReport, type ReportInput } from '../../../src/report/build/build-report.ts';
import { renderHtml } from '../../../src/report/html/page.ts';
import { renderMarkdown } from '../../../src/report/markdown/markdown.ts';
import { caseStudy } from '../sample/case-study.ts';
import { action, emptyCase, finding, part, withRemedy } from '../sample-case.ts';

/** What stands in the page as text: of elements that hold nothing else, and without charts, and captions for those who hear it. */
function saidIn(page: string): string[] {
  const [, main = ''] = page.match(/<main>([\s\S]*)<\/main>/) ?? [];
  const body = main.replace(/<svg[\s\S]*?<\/svg>|<ul class="legend">[\s\S]*?<\/ul>|<caption[\s\S]*?<\/caption>/g, '');
  const texts = [...body.matchAll(/>([^<>]+)</g)].map(([, text = '']) => plain(text));
  return [...new Set(texts.filter((text) => /\w/.test(text)))];
}

/** Without what escapes, so that words can be compared. */
const plain = (text: string): string =>
  text
    .replace(/&(?:quot|#39);/g, (entity) => (entity === '&quot;' ? '"' : "'"))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\\(?=[^a-z0-9\s])/gi, '')
    .replace(/\u200b/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Headings of panels and columns that Markdown says in words of its own, or that only lead through the page. */
const OF_THE_PAGE =
  /^(Offboarding report.*|At a glance|Still alive|Do within the hour|Do next|\d+ more.*|The same as a table|The chart is at the top of this page\.|The case|All|Critical and high|To approve or reject|By hand|Which of it is shown|\d+ things to do|Status|Finding|Step|Name)$/;

async function missing(input: ReportInput): Promise<string[]> {
  const report = buildReport(input);
  const markdown = plain(await renderMarkdown(report)).toLowerCase();
  return saidIn(await renderHtml(report)).filter(
    (text) => !OF_THE_PAGE.test(text) && !markdown.includes(text.toLowerCase()),
  );
}

test('report.md says everything that the page says', async () => {
  assert.deepEqual(await missing(caseStudy()), []);
});

const account = {
  login: 'amoreau',
  id: 4711042,
  source: 'github/saml-identity:o',
  confidence: 'proved',
  evidence: [{ code: 'P1', source: 'github/saml-identity:o', what: 'The identity provider signed the account in.' }],
} as const;

/** A case with an account, a grant whose removal stops something, and one that waits. */
function told(): ReportInput {
  const base = emptyCase();
  const found = withRemedy(finding('consent', 'delegated-grant', 'Claude Code', { evidence: { scope: 'mcp.read' } }), {
    risk: 'disruptive',
    impact: [
      { what: 'nightly.yml', link: 'https://github.example/nightly.yml' },
      { what: 'report.yml', perhaps: true },
    ],
  });
  return {
    ...base,
    leaver: {
      ...base.leaver,
      github: [account],
      othersAccounts: [{ vendor: 'github', id: '5', login: 'amoreau2', whose: 'It is Ana Moreau’s.' }],
    },
    actions: [action(found, { result: 'changed', error: 'The scope differs.' })],
    parts: [...base.parts, part('consent', { findings: [found] })],
  };
}

test('it says why an account is the person’s, what a remedy stops, and which formats of tokens were looked for', async () => {
  assert.deepEqual(await missing(told()), []);
  const markdown = await renderMarkdown(buildReport(told()));
  assert.match(
    markdown,
    /GitHub `amoreau` `4711042` \| proved \| The identity provider signed the account in\. \(P1, `github/,
  );
  assert.match(markdown, /GitHub `amoreau2` `5`: It is Ana Moreau’s\./);
  assert.match(
    markdown,
    /Stops: \[`nightly\.yml`\]\(<https:\/\/github\.example\/nightly\.yml>\).*May stop: `report\.yml`/,
  );
  assert.match(markdown, /Token formats known: github-classic, /);
});

test('pieces of a line keep the spaces between them, in both', async () => {
  const report = buildReport(told());
  const page = (await renderHtml(report)).replace(/<[^>]*>/g, '');
  assert.match(page, /GitHub amoreau \(proved\)/);
  assert.match(page, /by entra: The user was deleted/);
  assert.match(await renderMarkdown(report), /GitHub `amoreau` \(proved\)/);
});

test('it says on what the verdict of the audit rests', async () => {
  const report = buildReport(caseStudy());
  const basis = report.steps.flatMap((step) => (step.step === 'activity-audit' ? (step.facts?.basis ?? []) : []));
  assert.equal(basis.length, 1);
  assert.ok(plain(await renderMarkdown(report)).includes(plain(basis[0] ?? '')));
});
