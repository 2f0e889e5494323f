import type { CaseMode } from '../../cases/case.ts';
import { isGap } from '../../cases/coverage.ts';
import type { ReportFinding } from '../../cases/finding.ts';
import { counted, instant, listed, sentence } from '../../cases/wording.ts';
import { type StepReport, titleOf } from '../../steps/registry.ts';
import type { ResidualAccess, SummaryLine } from '../report.ts';
import { unreadGroups } from '../unread.ts';
import { bySeverity } from './by-severity.ts';
import { nameOf } from './cut-lines.ts';

/** What to do next, the most urgent first. Never empty. */
export function nextLines(
  steps: readonly StepReport[],
  residual: readonly ResidualAccess[],
  mode: CaseMode,
): SummaryLine[] {
  const lines = [
    ...steps.flatMap(failedLines),
    ...steps.flatMap(stoppedLines),
    ...steps.flatMap(humanLines),
    ...steps.flatMap(decisionLines),
    ...steps.flatMap(codeLines),
    ...steps.flatMap(uncheckedLines),
    ...steps.flatMap(coverageLines),
    ...steps.flatMap(unreadLines),
    ...plannedLines(steps, mode),
    ...waitLines(residual, mode),
  ];
  if (lines.length > 0) return lines.sort(bySeverity);
  return steps
    .slice(-1)
    .map(({ step }) => ({ text: 'Nothing is left to do; keep this evidence.', step, severity: 'info', findings: [] }));
}

/** What failed without a remedy is what a step did by itself: its reason says what to do by hand. */
function failedLines(step: StepReport): SummaryLine[] {
  return acts(step, 'failed').map((finding) => ({
    text:
      finding.remedy === undefined
        ? `See to it by hand: ${sentence(finding.title)} ${sentence(finding.reason)}`
        : `Cut by hand, then start the case again: ${sentence(finding.remedy.what)}`,
    step: step.step,
    severity: finding.severity,
    findings: [finding.id],
  }));
}

function stoppedLines({ step, run }: StepReport): SummaryLine[] {
  if (run === 'ran') return [];
  const why = run === 'stopped' ? 'stopped unexpectedly' : 'did not run';
  return [
    { text: `Start the case again: ${titleOf(step).toLowerCase()} ${why}.`, step, severity: 'high', findings: [] },
  ];
}

/** The finding's reason says what the person has to do; findings of one kind usually share it. */
function humanLines(step: StepReport): SummaryLine[] {
  const groups = Map.groupBy(withStatus(step, 'manual-action'), ({ kind }) => kind);
  return [...groups.values()].map((group) =>
    line(step, group, `Look at ${listed(group.map(nameOf))}: ${reasonsOf(group)}`),
  );
}

function decisionLines(step: StepReport): SummaryLine[] {
  return withStatus(step, 'awaiting-decision').map((finding) =>
    line(step, [finding], `Decide, and do by hand: ${sentence(finding.remedy?.what ?? finding.title)}`),
  );
}

function codeLines(step: StepReport): SummaryLine[] {
  const group = withStatus(step, 'needs-code-change');
  return group.length === 0
    ? []
    : [line(step, group, `Remove from the code that declares it: ${listed(group.map(nameOf))}.`)];
}

function uncheckedLines(step: StepReport): SummaryLine[] {
  const group = withStatus(step, 'could-not-check');
  return group.length === 0
    ? []
    : [line(step, group, `Check by hand or start the case again: ${listed(group.map(nameOf))}.`)];
}

function coverageLines({ step, coverage }: StepReport): SummaryLine[] {
  const gaps = coverage.filter((line) => isGap(line) && line.state !== 'not-examined');
  const byPermission = Map.groupBy(gaps, ({ missingPermission }) => missingPermission);
  return [...byPermission].map(([permission, group]) => {
    const sources = listed(group.map(({ source }) => source));
    const text =
      permission === undefined
        ? `Start the case again once these can be read: ${sources}.`
        : `Grant ${permission} and start the case again, for ${sources}.`;
    return { text, step, severity: 'high', findings: [] };
  });
}

/** What nobody read says itself what to do; a case need not be started again for it. */
function unreadLines({ step, coverage }: StepReport): SummaryLine[] {
  return unreadGroups(coverage)
    .filter(({ gap }) => gap)
    .map(({ decision, lines }) => ({
      text: `Decide about what nobody reads, ${listed(lines.map(({ source }) => source))}: ${decision}`,
      step,
      severity: 'medium',
      findings: [],
    }));
}

function plannedLines(steps: readonly StepReport[], mode: CaseMode): SummaryLine[] {
  const planned = steps.flatMap((step) => acts(step, 'planned'));
  const first = steps.find((step) => acts(step, 'planned').length > 0);
  if (first === undefined) return [];
  const text =
    mode === 'plan'
      ? `Start a case in mode apply to carry out ${counted(planned.length, 'planned remedy', 'planned remedies')}.`
      : `Read why ${counted(planned.length, 'planned remedy was', 'planned remedies were')} not carried out before you start the case again.`;
  return [{ text, step: first.step, severity: 'medium', findings: planned.map(({ id }) => id) }];
}

/** A plan ends nothing: as long as the account stands, new tokens follow those that end. */
function waitLines(residual: readonly ResidualAccess[], mode: CaseMode): SummaryLine[] {
  const last = residual.at(-1);
  if (last === undefined || mode === 'plan') return [];
  const what = counted(residual.length, 'access ends', 'accesses end');
  return [
    {
      text: `Wait: ${what} without further action, the last at ${instant(last.until)}.`,
      step: last.step,
      severity: 'low',
      // In one order: until when each lasts is seconds apart from run to run.
      findings: residual.map(({ findingId }) => findingId).sort(),
    },
  ];
}

function withStatus({ findings }: StepReport, status: ReportFinding['status']): ReportFinding[] {
  return findings.filter((finding) => finding.status === status);
}

/** What is closed only together with another finding has no act of its own: the other's line says what to do. */
function acts(step: StepReport, status: ReportFinding['status']): ReportFinding[] {
  return withStatus(step, status).filter(({ closedWith }) => closedWith === undefined);
}

function reasonsOf(group: readonly ReportFinding[]): string {
  const reasons = [...new Set(group.map(({ reason }) => sentence(reason)))];
  return reasons.length > 1
    ? `${reasons[0]} The reasons for the others are in the section of this step.`
    : (reasons[0] ?? '');
}

function line({ step }: StepReport, group: readonly ReportFinding[], text: string): SummaryLine {
  return { text, step, severity: group[0]?.severity ?? 'medium', findings: group.map(({ id }) => id) };
}
