import * as z from 'zod';
import { AboutSchema } from '../../src/cases/discovery.ts';
import { RemedyIdSchema } from '../../src/cases/ids.ts';
import type { Plan } from '../../src/cases/remedies/plan.ts';
import { BlobRefSchema } from '../../src/cases/remedies/remedy.ts';
import type { StepResultRef } from '../../src/cases/step-result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Shaped } from '../../src/durable/shapes.ts';
import { remedyDefinition } from '../../src/steps/registry.ts';
import { admittedAgain } from '../../src/steps/verification/rules/admitted-again.ts';
import type { Found } from '../case/found.ts';
import { fileStepResult } from '../case/report/file-step-result.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';

/** What a step is given that asks its question again after the cut. */
export const AskAgainSchema = AboutSchema.extend({
  plan: BlobRefSchema,
  /** The remedies that were carried out. */
  applied: z.array(RemedyIdSchema),
});
export type AskAgain = Shaped<typeof AskAgainSchema>;

/** The name of a line of coverage: what was asked again, and where. */
export const askedAgain = (what: string): string => `verification/asked-again:${what}`;

/** The same reading as in discovery, with its lines of coverage under the names of what was asked again. */
export function foundAgain(found: Found): Found {
  return { ...found, coverage: found.coverage.map((line) => ({ ...line, source: askedAgain(line.source) })) };
}

/**
 * Files as the verification's what the plan did not know of. `ask` is given the plan, and says what admits the leaver by
 * now in the findings of its step.
 */
export async function fileAskedAgain(
  vendors: Pick<Vendors, 'storage'>,
  { caseId, plan: ref, applied }: AskAgain,
  ask: (plan: Plan) => Promise<Found>,
): Promise<StepResultRef> {
  const plan = await vendors.storage.getPlan(ref);
  const { findings, coverage, failures } = await ask(plan);
  // A revoked token is listed until the vendor gets to it, and cannot be made anew under its id.
  const emptied = plan.remedies.filter(
    ({ remedy }) => applied.includes(remedy.id) && remedyDefinition(remedy.call).ends === 'place',
  );
  const again = admittedAgain(findings, { known: plan.known, emptied: emptied.map(({ findingId }) => findingId) });
  const part = { step: 'verification', findings: again, actions: [], coverage } as const;
  return fileStepResult(vendors, caseId, part, tryAgainAfter(failures));
}
