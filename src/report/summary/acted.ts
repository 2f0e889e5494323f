import type { CaseMode } from '../../cases/case.ts';
import type { ReportFinding } from '../../cases/finding.ts';
import type { ReadAgain } from '../../cases/following/read-again.ts';
import { wasCut } from '../../cases/remedies/remedy.ts';
import type { Stopped } from '../../cases/step-result.ts';
import type { Leaver } from '../../people/leaver.ts';
import type { StepReport } from '../../steps/registry.ts';
import type { Report } from '../report.ts';

/** How far a case acted: sentences about it know whether it only planned, and whether it came to an end. */
export interface Acted {
  readonly mode: CaseMode;
  /** Whom it is about: their manager is asked where nobody else is known. */
  readonly leaver: Pick<Leaver, 'oid' | 'userPrincipalName' | 'manager'>;
  /** Why it stopped before its plan was carried out. */
  readonly stopped: Stopped | undefined;
  /** Set where a vendor was away: when the case is read again by itself, or why it is not. */
  readonly readAgain?: ReadAgain;
  /** What people had undone of the case. */
  readonly restores?: Report['case']['restores'];
}

/** The findings whose remedy was carried out by the plan, now or before. */
export function cutByPlan(steps: readonly StepReport[]): ReportFinding[] {
  return steps.flatMap(({ findings, actions }) => {
    const cut = new Set(
      actions.filter((action) => action.result !== 'nothing-to-do' && wasCut(action)).map(({ remedyId }) => remedyId),
    );
    return findings.filter(({ remedy }) => remedy !== undefined && cut.has(remedy.id));
  });
}
