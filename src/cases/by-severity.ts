import { SEVERITIES, type Severity, type StepName } from './finding.ts';

/**
 * What an operator must see first: the most severe, and among equals what somebody did before what somebody could
 * do. Everything else keeps its order.
 */
export function gravestFirst(
  a: { readonly severity: Severity; readonly step: StepName },
  b: { readonly severity: Severity; readonly step: StepName },
): number {
  const bySeverity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return bySeverity !== 0 ? bySeverity : Number(b.step === 'activity-audit') - Number(a.step === 'activity-audit');
}
