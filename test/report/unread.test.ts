import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import type { CoverageDecisions } from '../../src/cases/coverage/coverage-decisions.ts';
import { buildReport } from '../../src/report/build/build-report.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderMarkdown } from '../../src/report/markdown/markdown.ts';
import type { Report } from '../../src/report/report.ts';
import { countSources, sourcesInWords } from '../../src/report/unread.ts';
import { defineSource, noInterface, notRead } from '../../src/steps/define-source.ts';
import { emptyCase } from './sample-case.ts';

const by = 'Morgan Lee';
const read = defineSource({ id: 'consent/source', holds: 'what was read', examined: 'always', permissions: [] });
const CONSENT = [
  read,
  ...notRead('github', [['keys', 'keys', 'Look at the keys.']]),
  ...notRead('devops', [['agents', 'agents', 'Look at the agents.']], 'DEVOPS_ORGANISATIONS'),
  ...noInterface('mcp', [
    ['streams', 'open streams', 'Restart the servers.'],
    ['tasks', 'tasks', 'Restart the servers as well.'],
  ]),
];

function reportWith(decisions: Partial<CoverageDecisions>): Report {
  const base = emptyCase();
  return buildReport({
    ...base,
    catalogue: { ...base.catalogue, consent: CONSENT },
    decisions: { ...base.decisions, ...decisions },
  });
}

const undecided = reportWith({ unconfigured: ['DEVOPS_ORGANISATIONS'] });
const decided = reportWith({
  exemptions: [{ sources: ['github/keys', 'devops/agents'], reason: 'By hand.', by, until: '2027-06-30' }],
  acknowledged: [{ sources: ['mcp/streams'], by, on: '2026-11-02' }],
});

test('what is readable and nobody read keeps the case from being clear; what the firm decided about does not', () => {
  assert.deepEqual([undecided.outcome, decided.outcome], ['incomplete', 'clear']);
});

test('the headline counts what was read, what is exempt, and the standing limits', () => {
  assert.equal(
    decided.summary.headline,
    'Nothing that was found is left to cut. 6 of 8 readable sources were read completely, 2 are exempt; 2 standing limits are acknowledged but for 1.',
  );
  assert.match(
    undecided.summary.headline,
    /^Access may remain unseen: 2 of 8 readable sources are not read by this version or not configured/,
  );
});

test('what nobody read is told by its reason, once for each, with what to do', () => {
  const texts = undecided.summary.next.map(({ text }) => text);
  assert.deepEqual(texts, [
    'Decide about what nobody reads, devops/agents: DEVOPS_ORGANISATIONS names nothing. Configure where to ask, or exempt them.',
    'Decide about what nobody reads, github/keys: Look by hand, or exempt them.',
  ]);
  assert.deepEqual(
    decided.summary.next.map(({ text }) => text),
    ['Keep this evidence: nothing is left to do.'],
  );
});

test('Markdown and page name every source that nobody read, in one line for each reason', async () => {
  const [markdown, html] = [await renderMarkdown(decided), await renderHtml(decided)];
  assert.match(
    markdown,
    /- \*\*2 exempt\*\*: Decided by Morgan Lee; .* 2027-06-30\.\n {2}- `devops\/agents`: .*\*\*Exempt until 2027-06-30\*\*, by Morgan Lee: By hand\.\n {2}- `github\/keys`: /,
  );
  assert.match(markdown, /- \*\*2 standing limits\*\*: .*Acknowledged by Morgan Lee, but for 1\./);
  assert.equal(html.match(/<details class="unread">/g)?.length, 2);
  assert.match(html, /Exempt until [^.]*2027-06-30[^.]*Morgan Lee[^.]*By hand\./);
});

test('the words count in singular and plural', () => {
  const line = (state: Coverage['state'], more: Partial<Coverage> = {}): Coverage => ({
    source: 'a/b',
    state,
    looked: { count: 0, unit: 'items' },
    ...more,
  });
  const words = (...coverage: Coverage[]): string => sourcesInWords(countSources([{ coverage }]));
  assert.equal(words(line('complete')), '1 of 1 readable source was read completely');
  assert.equal(
    words(line('complete'), line('exempt'), line('not-examined', { why: 'no-interface' })),
    '1 of 2 readable sources was read completely, 1 is exempt; 1 standing limit is not acknowledged',
  );
});
