import { worstCoverage } from '../../src/cases/coverage.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import type { StepResultRef } from '../../src/cases/step-result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { FiledPart } from '../../src/steps/registry.ts';

/** Files what a unit of work found and returns the small reference that the orchestration keeps. */
export async function fileStepResult(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  part: FiledPart,
  tryAgainAfterMs?: number,
): Promise<StepResultRef> {
  const ref = await vendors.storage.putJson('work', `${caseId}/${part.step}`, part);
  return {
    step: part.step,
    ref,
    findings: part.findings.length,
    coverage: worstCoverage(part.coverage.map(({ state }) => state)),
    ...(tryAgainAfterMs === undefined ? {} : { tryAgainAfterMs }),
  };
}
