import type { StepReport } from '../../steps/registry.ts';
import type { ResidualAccess, SummaryLine } from '../report.ts';
import type { Acted } from './acted.ts';
import { bySeverity } from './by-severity.ts';
import { linesByThing } from './next/by-thing.ts';
import { plannedLines, waitLines } from './next/later-lines.ts';
import { coverageLines, readAgainLines, stoppedLines, unreadLines } from './next/source-lines.ts';
import { returnedLines, stoppedCaseLines } from './next/stopped-case.ts';
import { undoneLines } from './undone-lines.ts';

/** What to do next, the most urgent first. Never empty. */
export function nextLines(
  steps: readonly StepReport[],
  residual: readonly ResidualAccess[],
  acted: Acted,
): SummaryLine[] {
  const lines = [...undoneLines(steps, acted), ...leftLines(steps, residual, acted)];
  if (lines.length > 0) return lines.sort(bySeverity);
  return steps
    .slice(-1)
    .map(({ step }) => ({ text: 'Keep this evidence: nothing is left to do.', step, severity: 'info', findings: [] }));
}

function leftLines(steps: readonly StepReport[], residual: readonly ResidualAccess[], acted: Acted): SummaryLine[] {
  const { mode, stopped, readAgain } = acted;
  if (stopped?.because === 'returned') return returnedLines(steps, acted);
  if (stopped !== undefined) return stoppedCaseLines(steps, acted);
  return [
    // Of a plan it comes before all that people do by hand: most of it goes by being carried out.
    ...(mode === 'plan' ? plannedLines(steps, acted) : []),
    ...linesByThing(steps, acted),
    ...steps.flatMap(stoppedLines),
    ...steps.flatMap((step) => coverageLines(step, readAgain)),
    ...steps.flatMap(unreadLines),
    ...(mode === 'plan' ? [] : plannedLines(steps, acted)),
    ...readAgainLines(readAgain),
    ...waitLines(residual, mode),
  ];
}
