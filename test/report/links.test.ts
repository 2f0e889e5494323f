import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isClosed } from '../../src/cases/finding.ts';
import { caseLink, findingLink } from '../../src/cases/words/console-link.ts';
import { buildReport } from '../../src/report/build/build-report.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { issueOf } from '../../src/report/issue.ts';
import { renderMarkdown } from '../../src/report/markdown/markdown.ts';
import { teamsCard } from '../../src/report/teams-card.ts';
import { caseStudy } from './sample/case-study.ts';
import { CASE_ID } from './sample-case.ts';

const link = caseLink('https://offboarding.example/console', CASE_ID) ?? '';
const report = buildReport(caseStudy());
const open = report.steps.flatMap(({ findings }) => findings.filter((each) => !isClosed(each)));

test('the case stands in the console under its id, and each finding under the case', () => {
  assert.equal(link, `https://offboarding.example/console/#/cases/${CASE_ID}`);
  assert.equal(findingLink(link, 'F-0123456789ab'), `${link}?finding=F-0123456789ab`);
  assert.equal(caseLink(undefined, CASE_ID), undefined);
});

test('page, Markdown and issue lead to the case and to each open finding', async () => {
  const texts = [await renderHtml(report, link), await renderMarkdown(report, link), issueOf(report, link).body];
  for (const text of texts) {
    assert.ok(text.includes(link));
    for (const { id, title } of open) assert.ok(text.includes(findingLink(link, id)), title);
  }
});

test('the card leads to the case, and each line of what to do next to its finding', () => {
  const card = JSON.stringify(teamsCard(report, link));
  assert.ok(card.includes(`"url":"${link}"`));
  for (const { findings } of report.summary.next.slice(0, 3))
    assert.ok(card.includes(findingLink(link, findings[0] ?? '')));
});

test('the issue tells under each task what to copy', () => {
  assert.match(
    issueOf(report, link).body,
    /^ {2}- .*`gh variable delete MCP_TOKEN --repo northwind-capital\/data-sync`$/m,
  );
});

test('without a console, nothing leads nowhere', async () => {
  const texts = [await renderHtml(report), await renderMarkdown(report), issueOf(report).body];
  for (const text of texts) assert.doesNotMatch(text, /#\/cases\/|n the console/);
});
