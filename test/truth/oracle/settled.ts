import type { Violation } from './judge.ts';
import type { FiledFinding, FiledReport } from './report.ts';
import { deniedIn, differences, rowsOf, type TenantStates } from './rows.ts';

/** Whether two reports about one state say the same, apart from times and ids. */
export function sameReport(one: FiledReport, other: FiledReport): Violation[] {
  const [left, right] = [contentOf(one), contentOf(other)];
  const differing = [...new Set([...left, ...right])].filter((line) => count(left, line) !== count(right, line));
  return differing.slice(0, 3).map((line) => ({ kind: 'other-report', what: `only one of two runs says: ${line}` }));
}

/** What a request that was delivered again may not change: everything. */
export interface Settled {
  readonly caseId: string | undefined;
  readonly states: TenantStates;
  readonly report: FiledReport;
}

/** Takes a picture of what a case left; the result says what differs from it, and by which delivery. */
export function settle({ states, report, caseId }: Settled): (delivery: string, now: Settled) => Violation[] {
  const [rows, denied, told] = [rowsOf(states), deniedIn(states), JSON.stringify(report)];
  return (delivery, now) => {
    const after = deniedIn(now.states);
    const acted = [
      ...(now.caseId === caseId ? [] : [`it is about case ${now.caseId}, and not ${caseId}`]),
      ...differences(rows, rowsOf(now.states)).map((key) => `${key} was changed`),
      ...[...denied.symmetricDifference(after)].map((id) => `${id} came to the deny list or left it`),
      ...(JSON.stringify(now.report) === told ? [] : ['the filed report is another one']),
    ];
    return acted.map((what): Violation => ({ kind: 'acted-again', what: `${delivery}: ${what}` }));
  };
}

const count = (lines: readonly string[], line: string): number => lines.filter((each) => each === line).length;

/** Identities that the first run had refused are refused already. */
function toldOf({ kind, status }: FiledFinding): string {
  return kind === 'identity-tokens' && (status === 'done' || status === 'nothing-to-do')
    ? `${kind} refused`
    : `${kind} ${status}`;
}

/** What containment did differs on purpose: on the second run the leaver was refused already. */
function contentOf({ outcome, verdict, steps }: FiledReport): string[] {
  const compared = steps.filter(({ step }) => step !== 'containment');
  return [
    `outcome ${outcome}, verdict ${verdict}`,
    ...compared.flatMap(({ step, outcome: judged, findings, coverage }) => [
      `${step} ${judged}`,
      ...findings.map((finding) => `${toldOf(finding)} ${finding.severity} ${finding.resource.id}`),
      ...coverage.map(({ source, state }) => `${source} ${state}`),
    ]),
  ];
}
