import * as z from 'zod';
import { DecisionRefSchema, isApproved } from '../../src/cases/decision.ts';
import { CaseIdSchema } from '../../src/cases/ids.ts';
import { withImpact } from '../../src/cases/impact.ts';
import { withOwners } from '../../src/cases/owner-answers.ts';
import { makePlanOf, PlanStepSchema } from '../../src/cases/plan.ts';
import { BlobRefSchema } from '../../src/cases/remedy.ts';
import { StepPartRefSchema, type StepResult } from '../../src/cases/step-result.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Shaped } from '../../src/durable/shapes.ts';
import { AnswerSchema } from '../../src/people/answers.ts';
import { sha256 } from '../../src/shapes/primitives.ts';
import { isByImpact, stopsIn } from '../../src/steps/registry.ts';
import { readDecisions } from './read-decisions.ts';

const MadePlanSchema = z.strictObject({ plan: BlobRefSchema, hash: sha256, steps: z.array(PlanStepSchema) });
export type MadePlan = Shaped<typeof MadePlanSchema>;

/** Collects the remedies of everything that was discovered and files them as the case's plan. */
export const makePlan = defineActivity(
  'makePlan',
  {
    input: z.strictObject({
      caseId: CaseIdSchema,
      parts: z.array(StepPartRefSchema),
      /** What people decided about earlier plans of the case. */
      decisions: z.exactOptional(z.array(DecisionRefSchema)),
      /** What people answered about the owners of things. */
      answers: z.exactOptional(z.array(AnswerSchema)),
    }),
    output: MadePlanSchema,
  },
  async ({ caseId, parts, decisions = [], answers = [] }, { vendors, now }) => {
    const found = await Promise.all(parts.map(({ ref }) => vendors.storage.getJson<StepResult>(ref)));
    const findings = withOwners(
      found.flatMap((part) => part.findings),
      answers,
    );
    const read = { findings, uses: found.flatMap(({ uses = [] }) => uses) };
    const decided = await readDecisions(vendors, decisions);
    const plan = makePlanOf(caseId, withImpact(findings, stopsIn(read), isByImpact));
    return {
      plan: await vendors.storage.putJson('work', `${caseId}/plan`, plan),
      hash: plan.hash,
      steps: plan.remedies.map(({ remedy }) => ({
        remedyId: remedy.id,
        risk: remedy.risk,
        ...(remedy.serialKey === undefined ? {} : { serialKey: remedy.serialKey }),
        ...(isApproved(decided, remedy, now()) ? { approved: true as const } : {}),
      })),
    };
  },
);
