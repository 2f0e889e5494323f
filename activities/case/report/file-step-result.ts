import { worstCoverage } from '../../../src/cases/coverage/coverage.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import type { StepResultRef } from '../../../src/cases/step-result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { withoutSecretsIn } from '../../../src/credentials/without-secrets.ts';
import type { FiledPart } from '../../../src/steps/registry.ts';

/**
 * Files what a unit of work found and returns the small reference that the orchestration keeps. People name things, and
 * a token in a name must not be filed: only what a remedy calls is left as its vendor calls it, for it has to be found.
 */
export async function fileStepResult(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  part: FiledPart,
  tryAgainAfterMs?: number,
  queued = false,
): Promise<StepResultRef> {
  const ref = await vendors.storage.putJson('work', `${caseId}/${part.step}`, partWithoutSecrets(part));
  return {
    step: part.step,
    ref,
    findings: part.findings.length,
    coverage: worstCoverage(part.coverage.map(({ state }) => state)),
    ...(tryAgainAfterMs === undefined ? {} : { tryAgainAfterMs }),
    ...(queued && { queued }),
  };
}

function partWithoutSecrets(part: FiledPart): FiledPart {
  const safe = withoutSecretsIn(part);
  const findings = safe.findings.map((finding, at) => {
    const call = part.findings[at]?.remedy?.call;
    return finding.remedy === undefined || call === undefined
      ? finding
      : {
          ...finding,
          // What the target is compared with before the act needs no token either: both sides lose it.
          remedy: { ...finding.remedy, call: { ...call, expected: withoutSecretsIn(call.expected) } },
        };
  });
  return { ...safe, findings };
}
