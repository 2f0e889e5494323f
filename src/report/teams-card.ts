import { instant } from '../cases/words/wording.ts';
import type { Tone } from '../html/label.ts';
import { shortLine } from '../html/plain-line.ts';
import { lineText } from './markdown/blocks.ts';
import { escapeMarkdown } from './markdown/escape.ts';
import type { Report, SummaryLine } from './report.ts';
import { sourcesInWords } from './unread.ts';
import { findingsInWords, revisionOf } from './view/facts.ts';
import { howLine } from './view/next.ts';
import { againOf, INCIDENT_LABEL, NOTHING, outcomeLabel } from './wording.ts';

/** An Adaptive Card 1.4, the version that every Teams client shows. */
export type AdaptiveCard = Readonly<Record<string, unknown>>;

const COLOUR: Readonly<Record<Tone, string>> = {
  good: 'Good',
  wait: 'Accent',
  warn: 'Warning',
  bad: 'Attention',
  quiet: 'Default',
};

/** Teams refuses messages over 28 KB, so a card holds the first few lines. */
const MOST_LINES = 5;
const LONGEST_LINE = 600;
const LONGEST_NAME = 160;
/** Of what was cut, and what was not, the first two lines. */
const MOST_FIRST = 2;
const LONGEST_FIRST = 240;
/** What it is all about is not cut off before its end. */
const LONGEST_HEADLINE = 1_000;

/** The notification: outcome, why, and what to do next, with the issue where there is one. */
export function teamsCard(report: Report, link?: string): AdaptiveCard {
  const { leaver, outcome, incident, summary } = report;
  const label = outcomeLabel(outcome, report.case.mode);
  const who = shortLine(leaver.displayName ?? leaver.userPrincipalName ?? leaver.oid, LONGEST_NAME);
  // A plan cut nobody off, and must not be read as if it had.
  const plan = report.case.mode === 'plan' ? 'Plan: ' : '';
  const body = [
    // What is urgent stands first: of a notification people see one line.
    ...(incident
      ? [text(INCIDENT_LABEL.text, { weight: 'Bolder', size: 'Large', color: COLOUR[INCIDENT_LABEL.tone] })]
      : []),
    text(`${plan}Offboarding of ${who}${againOf(report)}`, { weight: 'Bolder', size: 'Medium' }),
    text(label.text, { weight: 'Bolder', size: 'Large', color: COLOUR[label.tone] }),
    text(summary.headline, {}, LONGEST_HEADLINE),
    factSet([
      ['Account', escapeMarkdown(shortLine(leaver.userPrincipalName ?? leaver.oid, LONGEST_NAME))],
      ['Case', report.case.caseId],
      ['Filed', instant(report.generatedAt)],
      ...revisionOf(report).map(([name, value]) => [name, lineText(value)] as const),
      ['Cut', firstLines(summary.cut, NOTHING.cut)],
      ['Not cut', firstLines(summary.notCut, NOTHING.notCut)],
      ['Findings', findingsInWords(report)],
      ['Sources', sourcesInWords(summary.sources)],
    ]),
    text('What to do next', { weight: 'Bolder', separator: true }),
    ...nextTexts(summary.next, link),
  ];
  return card(`${plan}${incident ? 'Incident. ' : ''}Offboarding of ${who}: ${label.text}`, body, link);
}

/** What happened to a case of which there is no report. */
export interface Told {
  readonly title: string;
  readonly text: string;
  /** Object id of the person whom it is about; absent where it is about nobody. */
  readonly oid?: string;
  /** Absent where it is about somebody who is contained without a case. */
  readonly caseId?: string;
  /** Where a run of the checklist is filed. */
  readonly page?: string;
  /** When it happened: a message may have been kept from its channel for days. */
  readonly at: string;
}

/** The notification of something that has no report: a case that broke, or was not begun; a containment. */
export function momentCard({ title, text: said, oid, caseId, page, at }: Told, link?: string): AdaptiveCard {
  const open = page === undefined ? 'Open the denial' : 'Open the run';
  const facts = factSet([
    ...(oid === undefined ? [] : ([['Object id', oid]] as const)),
    ...(page === undefined ? [] : ([['Filed', page]] as const)),
    ...(caseId === undefined ? [] : ([['Case', caseId]] as const)),
    ['When', instant(at)],
  ]);
  return card(
    title,
    [text(title, { weight: 'Bolder', size: 'Medium' }), text(said), facts],
    link,
    caseId === undefined ? open : undefined,
  );
}

/** The values are Markdown, as Teams shows them. */
function factSet(facts: readonly (readonly [title: string, value: string])[]): AdaptiveCard {
  return { type: 'FactSet', facts: facts.map(([title, value]) => ({ title, value })) };
}

/** The first of what was cut or was not, and how much more there is. */
function firstLines(lines: readonly SummaryLine[], none: string): string {
  if (lines.length === 0) return none;
  const shown = lines.slice(0, MOST_FIRST).map(({ text: said }) => escapeMarkdown(shortLine(said, LONGEST_FIRST)));
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more, in the report.`] : [])].join(' ');
}

function card(
  fallbackText: string,
  body: readonly AdaptiveCard[],
  link: string | undefined,
  open = 'Open the case',
): AdaptiveCard {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText,
    body,
    ...(link === undefined ? {} : { actions: [{ type: 'Action.OpenUrl', title: open, url: link }] }),
  };
}

function nextTexts(lines: readonly SummaryLine[], link: string | undefined): AdaptiveCard[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => nextText(line, link));
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, text(`${more} more, in the report`, { isSubtle: true })] : shown;
}

/** A line, and where it is done: in the console, at the vendor. A command is of no use in a message. */
function nextText(line: SummaryLine, link: string | undefined): AdaptiveCard {
  const { command: _, ...rest } = line;
  const how = lineText(howLine(rest, link));
  const said = text(`• ${line.text}`, { spacing: 'Small' });
  return how === '' ? said : { ...said, text: `${String(said.text)} ${how}` };
}

function text(value: string, look: Readonly<Record<string, unknown>> = {}, longest = LONGEST_LINE): AdaptiveCard {
  return { type: 'TextBlock', text: escapeMarkdown(shortLine(value, longest)), wrap: true, ...look };
}
