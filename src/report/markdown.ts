import type { Coverage } from '../cases/coverage.ts';
import type { ReportFinding } from '../cases/finding.ts';
import type { Action } from '../cases/remedy.ts';
import { instant, lookedAt } from '../cases/wording.ts';
import { type StepReport, titleOf } from '../steps/registry.ts';
import { codeSpan, escapeMarkdown } from './escape-markdown.ts';
import type { Report, SummaryLine } from './report.ts';
import { readLines, unreadGroups } from './unread.ts';
import {
  COVERAGE_LABELS,
  INCIDENT_LABEL,
  OUTCOME_LABELS,
  RESULT_LABELS,
  RUN_LABELS,
  STATUS_LABELS,
} from './wording.ts';

/** `report.md`: the whole report for readers without a browser. */
export function renderMarkdown(report: Report): string {
  const parts = [
    ...head(report),
    ...summarySections(report),
    ...residualSection(report),
    ...report.steps.flatMap(stepSection),
    ...filesSection(report),
  ];
  return `${parts.join('\n')}\n`;
}

/** Names in the head are cut there; `report.json` has them in full. */
const LONGEST_NAME = 256;

/** Who, outcome and the three lists of the summary; the follow-up issue begins with the same lines. */
export function head(report: Report): string[] {
  const { leaver, outcome, incident, summary } = report;
  const who = (leaver.displayName ?? leaver.userPrincipalName ?? leaver.oid).slice(0, LONGEST_NAME);
  const lines = [
    ['Outcome', `**${OUTCOME_LABELS[outcome].text}**${incident ? ` · **${INCIDENT_LABEL.text}**` : ''}`],
    ['Person', `${escapeMarkdown(who)} ${codeSpan(leaver.oid)}`],
    ...(leaver.userPrincipalName === undefined
      ? []
      : [['Account', codeSpan(leaver.userPrincipalName.slice(0, LONGEST_NAME))]]),
    ['Case', `${codeSpan(report.case.caseId)}, mode ${report.case.mode}`],
    ['Opened', `${instant(report.case.openedAt)}: ${escapeMarkdown(report.case.reason.slice(0, LONGEST_NAME))}`],
    ['Filed', instant(report.generatedAt)],
  ];
  return [
    `# Offboarding of ${escapeMarkdown(who)}: ${OUTCOME_LABELS[outcome].text.toLowerCase()}`,
    '',
    escapeMarkdown(summary.headline),
    '',
    '| | |',
    '| --- | --- |',
    ...lines.map(([name, value]) => `| ${name} | ${value} |`),
    '',
  ];
}

function summarySections({ summary }: Report): string[] {
  return [
    ...list('What was cut', summary.cut, 'Nothing was cut.'),
    ...list('What was not cut, and why', summary.notCut, 'Nothing that was found still stands.'),
    ...list('What to do next', summary.next, 'Nothing.'),
  ];
}

function list(title: string, lines: readonly SummaryLine[], none: string): string[] {
  const items = lines.length === 0 ? [none] : lines.map(({ text }) => `- ${escapeMarkdown(text)}`);
  return [`## ${title}`, '', ...items, ''];
}

function residualSection({ residual }: Report): string[] {
  if (residual.length === 0) return [];
  const rows = residual.map(({ title, until, why }) => [instant(until), escapeMarkdown(title), escapeMarkdown(why)]);
  return ['## Ends by itself', '', ...table(['until', 'what', 'why'], rows), ''];
}

function stepSection(step: StepReport): string[] {
  return [
    `## ${titleOf(step.step)}: ${OUTCOME_LABELS[step.outcome].text.toLowerCase()}`,
    '',
    ...(step.run === 'ran' ? [] : [`This step ${RUN_LABELS[step.run].text}.`, '']),
    ...step.failures.flatMap(({ code, message }) => [`- ${codeSpan(code)}: ${escapeMarkdown(message)}`, '']),
    ...section(
      'Findings',
      ['status', 'severity', 'finding', 'resource', 'why'],
      step.findings.map(findingRow),
      'No findings.',
    ),
    ...section(
      'Actions',
      ['result', 'action', 'at', 'request id', 'before-image'],
      step.actions.map(actionRow),
      'No actions.',
    ),
    ...section(
      'Coverage',
      ['source', 'state', 'looked at', 'what is missing'],
      readLines(step.coverage).map(coverageRow),
      'No source was read.',
    ),
    ...unreadSection(step),
  ];
}

function section(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  none: string,
): string[] {
  return [`### ${title}`, '', ...(rows.length === 0 ? [none] : table(header, rows)), ''];
}

function findingRow(finding: ReportFinding): string[] {
  const { resource } = finding;
  const readBack =
    finding.readBack === undefined
      ? ''
      : ` Read back ${instant(finding.readBack.checkedAt)}: ${finding.readBack.state}.`;
  return [
    STATUS_LABELS[finding.status].text,
    finding.severity,
    escapeMarkdown(finding.title),
    `${codeSpan(resource.name ?? resource.id)} (${escapeMarkdown(`${resource.system} ${resource.type}`)})`,
    `${escapeMarkdown(finding.reason)}${readBack}`,
  ];
}

function actionRow({ result, what, at, requestId, beforeImage, error }: Action): string[] {
  return [
    RESULT_LABELS[result].text,
    escapeMarkdown(error === undefined ? what : `${what} ${error}`),
    instant(at),
    codeSpan(requestId ?? ''),
    codeSpan(beforeImage?.name ?? ''),
  ];
}

function coverageRow({ source, state, looked, detail, missingPermission }: Coverage): string[] {
  const permission = missingPermission === undefined ? '' : `missing permission ${codeSpan(missingPermission)} `;
  return [
    codeSpan(source),
    COVERAGE_LABELS[state].text,
    escapeMarkdown(lookedAt(looked)),
    `${permission}${escapeMarkdown(detail ?? '')}`,
  ];
}

/** One line for each reason for which sources were not read; `report.json` says of each what to do. */
function unreadSection({ coverage }: StepReport): string[] {
  const groups = unreadGroups(coverage);
  if (groups.length === 0) return [];
  const lines = groups.map(
    ({ title, decision, lines }) =>
      `- **${title}**: ${lines.map(({ source }) => codeSpan(source)).join(', ')}. ${escapeMarkdown(decision)}`,
  );
  return ['Not read:', '', ...lines, ''];
}

function filesSection({ manifest, tokenFormats }: Report): string[] {
  return [
    '## Evidence',
    '',
    `Digests of every file, those of this report included: ${codeSpan(manifest.name)}.`,
    '',
    ...table(
      ['file', 'bytes', 'SHA-256'],
      manifest.files.map(({ name, bytes, sha256 }) => [codeSpan(name), String(bytes), codeSpan(sha256)]),
    ),
    '',
    `Token formats known: ${tokenFormats.join(', ')}.`,
  ];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(header), row(header.map(() => '---')), ...rows.map(row)];
}
