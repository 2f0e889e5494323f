import { type Decision, type DecisionRef, DecisionSchema } from '../../src/cases/decisions/decision.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';

/** What people decided about a case, as it was filed. @throws OffboardingError where a file is not what the row names */
export function readDecisions(
  { storage }: Pick<Vendors, 'storage'>,
  refs: readonly DecisionRef[],
): Promise<Decision[]> {
  return Promise.all(refs.map(async ({ file }) => DecisionSchema.parse(JSON.parse(await storage.getChecked(file)))));
}
