import { assignedRules } from '../../../src/posture/policies/assigned-rules.ts';
import type { Reader } from '../reader.ts';

/** What Azure Policy refuses in each of the subscriptions. */
export const readPolicies: Reader = async ({ vendors, settings }) => {
  const listed = await Promise.all(
    settings.SUBSCRIPTION_IDS.map(async (which) => ({ which, found: await vendors.assessor.listPolicies(which) })),
  );
  const none = settings.SUBSCRIPTION_IDS.length === 0;
  return {
    facts: {
      subscriptions: listed.map(({ which, found }) => {
        const id = `/subscriptions/${which}`;
        const { complete, assignments } = found;
        return { id, complete, assignments: assignments.length, ...assignedRules(found, id) };
      }),
    },
    failures: listed.flatMap(({ which, found }) => found.failures.map((failure) => ({ which, failure }))),
    gaps: none ? [{ reason: 'not-configured', detail: 'SUBSCRIPTION_IDS names no subscription.' }] : [],
  };
};
