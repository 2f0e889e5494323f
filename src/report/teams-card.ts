import type { Tone } from '../html/label.ts';
import { escapeMarkdown } from './markdown/escape.ts';
import type { Report, SummaryLine } from './report.ts';
import { sourcesInWords } from './unread.ts';
import { findingsInWords } from './view/facts.ts';
import { INCIDENT_LABEL, OUTCOME_LABELS } from './wording.ts';

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
/** What it is all about is not cut off before its end. */
const LONGEST_HEADLINE = 1_000;

/** The notification: outcome, why, and what to do next, with the issue where there is one. */
export function teamsCard(report: Report, link?: string): AdaptiveCard {
  const { leaver, outcome, incident, summary } = report;
  const label = OUTCOME_LABELS[outcome];
  const who = leaver.displayName ?? leaver.userPrincipalName ?? leaver.oid;
  // A plan cut nobody off, and must not be read as if it had.
  const plan = report.case.mode === 'plan' ? 'Plan: ' : '';
  const body = [
    // What is urgent stands first: of a notification people see one line.
    ...(incident
      ? [text(INCIDENT_LABEL.text, { weight: 'Bolder', size: 'Large', color: COLOUR[INCIDENT_LABEL.tone] })]
      : []),
    text(`${plan}Offboarding of ${who}`, { weight: 'Bolder', size: 'Medium' }),
    text(label.text, { weight: 'Bolder', size: 'Large', color: COLOUR[label.tone] }),
    text(summary.headline, {}, LONGEST_HEADLINE),
    {
      type: 'FactSet',
      facts: [
        { title: 'Case', value: report.case.caseId },
        { title: 'Findings', value: findingsInWords(report) },
        { title: 'Sources', value: sourcesInWords(summary.sources) },
      ],
    },
    text('What to do next', { weight: 'Bolder', separator: true }),
    ...nextTexts(summary.next),
  ];
  return card(`${plan}${incident ? 'Incident. ' : ''}Offboarding: ${label.text}`, body, link);
}

/** The notification of something that has no report: a case that broke, or was not begun. */
export function momentCard(
  { title, text: said, caseId }: { readonly title: string; readonly text: string; readonly caseId: string },
  link?: string,
): AdaptiveCard {
  const facts = { type: 'FactSet', facts: [{ title: 'Case', value: caseId }] };
  return card(title, [text(title, { weight: 'Bolder', size: 'Medium' }), text(said), facts], link);
}

function card(fallbackText: string, body: readonly AdaptiveCard[], link: string | undefined): AdaptiveCard {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText,
    body,
    ...(link === undefined ? {} : { actions: [{ type: 'Action.OpenUrl', title: 'Open the case', url: link }] }),
  };
}

function nextTexts(lines: readonly SummaryLine[]): AdaptiveCard[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => text(`• ${line.text}`, { spacing: 'Small' }));
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, text(`${more} more, in the report`, { isSubtle: true })] : shown;
}

function text(value: string, look: Readonly<Record<string, unknown>> = {}, longest = LONGEST_LINE): AdaptiveCard {
  const short = value.length > longest ? `${value.slice(0, longest)}…` : value;
  return { type: 'TextBlock', text: escapeMarkdown(short), wrap: true, ...look };
}
