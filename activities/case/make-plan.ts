import * as z from 'zod';
import { type Decision, DecisionRefSchema, isApproved } from '../../src/cases/decisions/decision.ts';
import { ruleFor, withPolicy } from '../../src/cases/decisions/decision-policy.ts';
import { withImpact } from '../../src/cases/decisions/impact.ts';
import { withOwners } from '../../src/cases/decisions/owner-answers.ts';
import { CaseIdSchema } from '../../src/cases/ids.ts';
import { makePlanOf, type PlanStep, PlanStepSchema } from '../../src/cases/remedies/plan.ts';
import { BlobRefSchema, type Remedy } from '../../src/cases/remedies/remedy.ts';
import { type GivenBack, RestoreRefSchema } from '../../src/cases/remedies/restore.ts';
import { StepPartRefSchema, type StepResult } from '../../src/cases/step-result.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Shaped } from '../../src/durable/shapes.ts';
import { givenBack } from '../../src/intake/deciding/read-undone.ts';
import { AnswerSchema } from '../../src/people/answers/answers.ts';
import { sha256 } from '../../src/shapes/primitives.ts';
import { isByImpact, stopsIn } from '../../src/steps/registry.ts';
import { givenBackOf } from '../../src/steps/restoring/given-back.ts';
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
      /** What people had undone of the case. */
      restores: z.exactOptional(z.array(RestoreRefSchema)),
      /** What people answered about the owners of things. */
      answers: z.exactOptional(z.array(AnswerSchema)),
    }),
    output: MadePlanSchema,
  },
  async ({ caseId, parts, decisions = [], restores = [], answers = [] }, { vendors, settings, now }) => {
    const found = await Promise.all(parts.map(({ ref }) => vendors.storage.getJson<StepResult>(ref)));
    const findings = withOwners(
      found.flatMap((part) => part.findings),
      answers,
    );
    const read = { findings, uses: found.flatMap(({ uses = [] }) => uses) };
    const decided = await readDecisions(vendors, decisions);
    const undone = await givenBack(vendors, restores);
    const policy = settings.DECISION_POLICY;
    const asDeclared = withImpact(findings, stopsIn(read), isByImpact);
    const planned = makePlanOf(caseId, withPolicy(asDeclared, policy));
    // With the plan, so that the report says what held when it was made, whatever the settings say by then.
    const plan = policy.length === 0 ? planned : { ...planned, policy };
    // By what remedies declare, as the rule was found: what a rule holds back counts as disruptive from then on.
    const byHand = new Set(
      asDeclared.flatMap(({ remedy }) => (remedy && ruleFor(policy, remedy)?.how === 'by-hand' ? [remedy.id] : [])),
    );
    return {
      plan: await vendors.storage.putJson('work', `${caseId}/plan`, plan),
      hash: plan.hash,
      steps: plan.remedies.map(({ remedy }) => ({
        remedyId: remedy.id,
        risk: remedy.risk,
        ...(remedy.serialKey === undefined ? {} : { serialKey: remedy.serialKey }),
        ...stepOf(remedy, byHand.has(remedy.id) ? [] : decided, undone, now()),
      })),
    };
  },
);

/** What was given back is cut on a decision alone that somebody made after it. */
function stepOf(
  remedy: Remedy,
  decided: readonly Decision[],
  undone: readonly GivenBack[],
  now: Date,
): Pick<PlanStep, 'approved' | 'restored'> {
  const back = givenBackOf(undone, remedy.call);
  const counts = back === undefined ? decided : decided.filter(({ at }) => at > back.restore.at);
  return {
    ...(isApproved(counts, remedy, now) ? { approved: true as const } : {}),
    ...(back === undefined ? {} : { restored: true as const }),
  };
}
