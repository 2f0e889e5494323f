import type { ReportFinding } from '../../cases/finding.ts';
import type { StepReport } from '../../steps/registry.ts';
import { bySeverity } from './by-severity.ts';

/**
 * What somebody did with the leaver's access after the departure, the worst of it: whatever became of it since, and
 * whatever the outcome of the case is.
 */
export function incidentOf(steps: readonly StepReport[]): ReportFinding | undefined {
  return steps
    .flatMap(({ findings }) => findings)
    .filter(({ incident }) => incident === true)
    .sort(bySeverity)[0];
}
