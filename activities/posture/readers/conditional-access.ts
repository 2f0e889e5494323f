import { policyFacts } from '../../../src/posture/access-policy.ts';
import type { Reader } from '../reader.ts';

/** The policies of Conditional Access, and what each comes to. */
export const readConditionalAccess: Reader = async ({ vendors }) => {
  const { items, failure } = await vendors.assessor.listAccessPolicies();
  return {
    facts: { whole: failure === undefined, policies: items.map(policyFacts) },
    failures: failure === undefined ? [] : [{ failure }],
  };
};
