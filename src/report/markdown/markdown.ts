import { instant } from '../../cases/words/wording.ts';
import type { Line } from '../../html/blocks.ts';
import { shortLine } from '../../html/plain-line.ts';
import { type StepReport, stepNamed, titleOf } from '../../steps/registry.ts';
import type { Report, SummaryLine } from '../report.ts';
import { accountBlocks } from '../view/accounts.ts';
import { changeBlocks, evidenceBlocks, residualBlocks } from '../view/case.ts';
import { factsOf, findingsInWords } from '../view/facts.ts';
import { aboutOf, howLine, isUrgent } from '../view/next.ts';
import { stepBlocks, stepInWords } from '../view/step.ts';
import { undoneBlocks } from '../view/undone.ts';
import {
  ACCOUNTS,
  againOf,
  CHANGES,
  INCIDENT_LABEL,
  NEXT,
  NOTHING,
  outcomeLabel,
  RESIDUAL,
  stepLabel,
  UNDONE,
} from '../wording.ts';
import { blockLines, lineText, tableOf } from './blocks.ts';
import { escapeMarkdown } from './escape.ts';

/** `report.md`: everything that the page says, for readers without a browser. */
export async function renderMarkdown(report: Report, link?: string): Promise<string> {
  const steps = await Promise.all(report.steps.map((step) => stepSection(report, step, link)));
  const { restores = [] } = report.case;
  const changes = changeBlocks(report);
  const parts = [
    ...head(report, link),
    ...summarySections(report, link),
    ...(changes.length === 0 ? [] : [`## ${CHANGES.title}`, '', `${CHANGES.about}.`, '', ...blockLines(changes)]),
    ...(report.residual.length === 0
      ? []
      : [`## ${RESIDUAL.title}`, '', `${RESIDUAL.about}.`, '', ...blockLines(residualBlocks(report.residual))]),
    ...(restores.length === 0
      ? []
      : [`## ${UNDONE.title}`, '', `${UNDONE.about}.`, '', ...blockLines(undoneBlocks(restores))]),
    `## ${ACCOUNTS.title}`,
    '',
    `${ACCOUNTS.about}.`,
    '',
    ...blockLines(accountBlocks(report.leaver)),
    ...steps.flat(),
    '## Evidence',
    '',
    ...blockLines(evidenceBlocks(report)),
    `Report schema ${report.schemaVersion}. Times are UTC unless they name another zone.`,
  ];
  return `${parts.join('\n')}\n`;
}

/** Names in the head are cut there; `report.json` has them in full. */
const LONGEST_NAME = 256;
/** The same of the sentences in which the case says why it has its outcome. */
const LONGEST_HEADLINE = 1_500;

/** Who, outcome and why; the follow-up issue begins with the same lines. */
export function head(report: Report, link?: string): string[] {
  const { leaver, outcome, incident, summary } = report;
  const who = shortLine(leaver.displayName ?? leaver.userPrincipalName ?? leaver.oid, LONGEST_NAME);
  const plan = report.case.mode === 'plan' ? ', plan only' : '';
  const rows = [
    [
      'Outcome',
      `**${outcomeLabel(outcome, report.case.mode).text}**${incident ? ` · **${INCIDENT_LABEL.text}**` : ''}`,
    ],
    ...factsOf(report).map(([name, value]) => [name, lineText(shortened(value))]),
    [
      'Case',
      `${lineText([{ code: report.case.caseId, ...(link === undefined ? {} : { link }) }])}, mode ${report.case.mode}`,
    ],
    ['Filed', instant(report.generatedAt)],
    ['Findings', findingsInWords(report)],
  ];
  return [
    `# ${incident ? 'Incident: offboarding' : 'Offboarding'} of ${escapeMarkdown(who)}${plan}: ${outcomeLabel(outcome, report.case.mode).text.toLowerCase()}${againOf(report)}`,
    '',
    escapeMarkdown(shortLine(summary.headline, LONGEST_HEADLINE)),
    '',
    ...tableOf(['', ''], rows),
    '',
  ];
}

/** A line as it fits into a table; between its pieces a space is a space. */
function shortened(line: Line): Line {
  return line.map((piece) => {
    if (typeof piece === 'string') return piece.length > LONGEST_NAME ? shortLine(piece, LONGEST_NAME) : piece;
    return 'code' in piece ? { ...piece, code: shortLine(piece.code, LONGEST_NAME) } : piece;
  });
}

function summarySections({ summary }: Report, link: string | undefined): string[] {
  return [
    ...list(NEXT.title, summary.next, NOTHING.next, link),
    ...list('Still alive, and why', summary.notCut, NOTHING.notCut),
    ...list('Cut', summary.cut, NOTHING.cut),
  ];
}

function list(title: string, lines: readonly SummaryLine[], none: string, link?: string): string[] {
  const items = lines.flatMap((line) => {
    const urgent = isUrgent(line) ? `**${line.severity}**, ` : '';
    return [`- ${urgent}${escapeMarkdown(aboutOf(line))}: ${escapeMarkdown(line.text)}`, ...howLines(line, link)];
  });
  return [`## ${title}`, '', ...(items.length === 0 ? [none] : items), ''];
}

/** Under a line, whom to ask, where to go and what to copy; or the same for each of its parts. */
function howLines(line: SummaryLine, link: string | undefined): string[] {
  const { parts = [], ask } = line;
  const under = (how: string): string[] => (how === '' ? [] : [`  - ${how}`]);
  if (parts.length === 0) return under(lineText(howLine(line, link)));
  return [
    ...under(ask === undefined ? '' : escapeMarkdown(`Ask ${ask}`)),
    ...parts.map((part) => `  - ${escapeMarkdown(part.text)} ${lineText(howLine(part, link))}`.trimEnd()),
  ];
}

async function stepSection({ case: { mode }, leaver }: Report, step: StepReport, link?: string): Promise<string[]> {
  const own = (await stepNamed(step.step)?.pageOf(step.facts)) ?? [];
  return [
    `## ${titleOf(step.step)}: ${stepLabel(step, mode).text.toLowerCase()}`,
    '',
    escapeMarkdown(stepInWords(step)),
    '',
    ...blockLines(stepBlocks(step, { mode, leaver, ...(link === undefined ? {} : { link }) }, own)),
  ];
}
