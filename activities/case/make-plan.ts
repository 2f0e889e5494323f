import type { CaseId } from '../../src/cases/ids.ts';
import { makePlanOf, type PlanStep } from '../../src/cases/plan.ts';
import type { BlobRef } from '../../src/cases/remedy.ts';
import type { StepPart, StepPartRef } from '../../src/cases/step-part.ts';
import { defineActivity } from '../../src/durable/activity.ts';

export interface MadePlan {
  readonly plan: BlobRef;
  readonly hash: string;
  readonly steps: readonly PlanStep[];
}

/** Collects the remedies of everything that was discovered and files them as the case's plan. */
export const makePlan = defineActivity(
  'makePlan',
  async ({ caseId, parts }: { caseId: CaseId; parts: readonly StepPartRef[] }, { vendors }): Promise<MadePlan> => {
    const found = await Promise.all(parts.map(({ ref }) => vendors.storage.getJson<StepPart>(ref)));
    const plan = makePlanOf(
      caseId,
      found.flatMap(({ findings }) => findings),
    );
    return {
      plan: await vendors.storage.putJson('work', `${caseId}/plan`, plan),
      hash: plan.hash,
      steps: plan.remedies.map(({ remedy: { id, risk, serialKey } }) => ({
        remedyId: id,
        risk,
        ...(serialKey === undefined ? {} : { serialKey }),
      })),
    };
  },
);
