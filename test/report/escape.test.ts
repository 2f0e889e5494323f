import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainLine } from '../../src/html/plain-line.ts';
import { buildReport } from '../../src/report/build/build-report.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { issueOf } from '../../src/report/issue.ts';
import { codeSpan, escapeMarkdown } from '../../src/report/markdown/escape.ts';
import { renderMarkdown } from '../../src/report/markdown/markdown.ts';
import { teamsCard } from '../../src/report/teams-card.ts';
import { fc } from '../support/properties.ts';
import { anyCase, HOSTILE } from './arbitrary-report.ts';
import { AT, emptyCase, finding, OID, part } from './sample-case.ts';

/** A report in which every text that comes from elsewhere is the given one. */
function named(text: string) {
  const hostile = finding('consent', 'delegated-grant', text, {
    title: text,
    reason: text,
    resource: { system: 'entra', type: text, id: text, name: text, url: text },
    evidence: { [text]: text },
  });
  const base = emptyCase();
  return buildReport({
    ...base,
    case: { ...base.case, reason: text, requestedBy: text },
    leaver: { ...base.leaver, displayName: text, userPrincipalName: text },
    parts: [
      ...base.parts,
      part('consent', {
        findings: [hostile],
        coverage: [{ source: text, state: 'denied', looked: { count: 0, unit: text }, detail: text }],
      }),
    ],
  });
}

const TAGS =
  'html head meta title style body header main footer nav section div span p h1 h2 h3 ul ol li dl dt dd fieldset legend label input a b i br small strong code bdi time details summary figure figcaption table caption thead tbody tr th td svg path circle rect text g defs pattern polygon polyline line clipPath';
const ATTRIBUTES =
  'tabindex type lang dir charset name content http-equiv class id href rel aria-labelledby aria-label aria-hidden role scope datetime viewBox focusable d cx cy r x y width height fill fill-opacity stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-miterlimit paint-order points transform style dominant-baseline text-anchor patternUnits patternTransform clip-path';

/** Every tag and attribute of the page must be one that this app writes itself, and no address may run anything. */
function assertOnlyOurs(page: string): void {
  const body = page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/^<!doctype html>/, '');
  for (const [tag, name = '', attributes = ''] of body.matchAll(/<\/?([^\s>]*)([^>]*)>/g)) {
    assert.ok(TAGS.split(' ').includes(name), tag);
    for (const [, attribute = ''] of attributes.matchAll(/([^\s="]+)="[^"]*"/g))
      assert.ok(ATTRIBUTES.split(' ').includes(attribute), tag);
  }
  assert.doesNotMatch(body, /href="(?!#|https:)/);
}

for (const text of HOSTILE) {
  test(`a name such as ${JSON.stringify(text.slice(0, 40))} stays text in the page`, async () => {
    assertOnlyOurs(await renderHtml(named(text)));
  });

  test(`a name such as ${JSON.stringify(text.slice(0, 40))} stays text in Markdown`, async () => {
    for (const markdown of [await renderMarkdown(named(text)), issueOf(named(text)).body]) {
      const outsideCode = markdown.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
      assert.doesNotMatch(outsideCode, /<\/?[a-z!]/i);
      assert.doesNotMatch(outsideCode, /(?:^|[^\w\\])@\w/m, 'nobody is mentioned');
      assert.doesNotMatch(outsideCode, /#\d|\bGH-\d/, 'no issue is referred to');
      assert.doesNotMatch(outsideCode, /https?:\/\//, 'no link is made');
      assert.doesNotMatch(outsideCode, /(?<!\\)!?\[[^\]]*(?<!\\)\]\(/, 'no link or image is made');
    }
  });
}

test('no page of any case holds markup from elsewhere, and every page is the same when made again', async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async (input) => {
      const report = buildReport(input);
      const page = await renderHtml(report);
      assertOnlyOurs(page);
      assert.equal(await renderHtml(report), page);
    }),
    { numRuns: 12 },
  );
});

test('direction overrides and invisible characters are spelled out, not obeyed', async () => {
  assert.equal(plainLine('a\u202egpj.exe\u200b'), 'a[U+202E]gpj.exe[U+200B]');
  const { title, body } = issueOf(named('\u202egpj.exe'));
  for (const text of [await renderHtml(named('\u202egpj.exe')), title, body]) assert.doesNotMatch(text, /\u202e/);
});

test('text from elsewhere stays on its line, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(escapeMarkdown(text), /[\n\r\u2028\u2029]/);
      assert.doesNotMatch(escapeMarkdown(text), /<[a-z!/]/i);
      assert.doesNotMatch(codeSpan(text), /[\n\r\u2028\u2029]/);
    }),
  );
});

test('a code span cannot be closed from inside', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[`a|]{1,12}$/), (text) => {
      const span = codeSpan(text);
      const fence = /^`+/.exec(span)?.[0] ?? '';
      const inner = span.slice(fence.length, -fence.length);
      assert.ok(span.endsWith(fence));
      assert.ok([...inner.matchAll(/`+/g)].every(([run]) => run.length !== fence.length));
    }),
  );
});

test('a table row has the same number of cells whatever a name holds', async () => {
  const rows = (await renderMarkdown(named('a | b `c | d`'))).split('\n');
  const cells = rows.find((row) => row.includes('| **denied** |'))?.match(/(?<!\\)\|/g);
  assert.equal(cells?.length, 5);
});

test('an issue and a card stay within what GitHub and Teams accept', () => {
  const report = named('&<`*_'.repeat(2_000));
  const many = { ...report.summary, next: Array.from({ length: 500 }, () => report.summary.next[0]) } as never;
  const issue = issueOf({ ...report, summary: many });
  assert.ok(issue.body.length < 65_000);
  assert.ok(issue.title.length < 256);
  assert.match(issue.body, /\d+ more, in the report/);
  assert.ok(Buffer.byteLength(JSON.stringify(teamsCard({ ...report, summary: many }))) < 24_000);
});

test('a name makes no issue and no card too long, and none of its characters is cut in half', () => {
  for (const text of ['\u202e', '<a>', '😀', '[]@a ', '\ud83d'].flatMap((each) => [
    each.repeat(9_999),
    `x${each.repeat(9_999)}`,
  ])) {
    const report = named(text);
    const asked = { trigger: 'api', requestedBy: text, requestedAt: AT, reason: text, mode: 'apply' } as const;
    const evidence = { code: 'P1', source: text, what: text };
    const account = {
      id: 1,
      login: text.slice(0, 300),
      source: text,
      confidence: 'proved',
      evidence: [evidence],
    } as const;
    const leaver = { ...report.leaver, github: Array(40).fill(account), manager: { oid: OID, displayName: text } };
    const told = { ...report, leaver, case: { ...report.case, merged: Array(200).fill(asked) } };
    const many = { ...told, summary: { ...told.summary, headline: text, next: Array(500).fill(told.summary.next[0]) } };
    const { title, body } = issueOf(many);
    assert.ok(body.length < 65_000, `${body.length}`);
    assert.ok(title.length < 256);
    const card = teamsCard(many);
    assert.ok(Buffer.byteLength(JSON.stringify(card)) < 26_000);
    // What JSON has to write as an escape is half a character.
    assert.doesNotMatch(JSON.stringify([title, body, card]), /\\ud[89a-f]/i);
  }
});

test('whoever reads a card, an issue or the page knows which report of the case it is', async () => {
  const input = emptyCase();
  const previous = { report: 'r', filedAt: AT, outcome: 'incomplete' };
  const report = buildReport(input);
  const again = { ...report, case: { ...report.case, revision: 2, previous } };
  for (const text of [issueOf(again).title, JSON.stringify(teamsCard(again)), issueOf(again).body])
    assert.match(text, /number 2/);
  assert.match(JSON.stringify(teamsCard(again)), /the one before was filed 2026-11-23 09:41 UTC: incomplete/);
  assert.match(await renderHtml(again), /Offboarding report number 2/);
  assert.doesNotMatch(issueOf(report).title + JSON.stringify(teamsCard(report)), /number/);
});

test('an incident stands first, whatever the outcome is', async () => {
  for (const outcome of ['clear', 'incomplete'] as const) {
    const report = { ...buildReport(emptyCase()), incident: true, outcome };
    const page = await renderHtml(report);
    assert.match(page, /<title>Incident\. /);
    assert.match(
      page,
      /<section class="hero incident".*\n<div class="what">\n<p class="word"><span class="bad">.*?<strong>Incident</,
    );
    assert.match(await renderMarkdown(report), /^# Incident: offboarding of /);
    assert.match(issueOf(report).title, /^Incident: offboarding of /);
    assert.match(JSON.stringify(teamsCard(report).body), /^\[\{"type":"TextBlock","text":"Incident"/);
  }
});

test('what is told of a plan says first that it is one', () => {
  for (const mode of ['plan', 'apply'] as const) {
    const input = emptyCase();
    const report = buildReport({ ...input, case: { ...input.case, mode } });
    const texts = JSON.stringify(teamsCard(report).body);
    const said = [issueOf(report).title, String(teamsCard(report).fallbackText), texts].map((text) =>
      text.includes('Plan: Offboarding'),
    );
    assert.deepEqual(said, Array(3).fill(mode === 'plan'), mode);
  }
});
