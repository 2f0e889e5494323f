import { SEVERITIES, type Severity } from '../../cases/finding.ts';
import { stepNamed } from '../../steps/registry.ts';

/**
 * What an operator must see first: the most severe, and among equals what somebody did before what somebody could
 * do. Everything else keeps its order.
 */
export function bySeverity(
  a: { readonly severity: Severity; readonly step: string },
  b: { readonly severity: Severity; readonly step: string },
): number {
  const bySeverity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return bySeverity !== 0 ? bySeverity : Number(tellsIncident(b)) - Number(tellsIncident(a));
}

/** Whether the step tells of what somebody did, not of what somebody could do. */
function tellsIncident({ step }: { readonly step: string }): boolean {
  return stepNamed(step)?.tells === 'incident';
}
