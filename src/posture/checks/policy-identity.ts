import { defineCheck } from '../check.ts';
import { judgePolicy, WEAKNESSES } from '../policies/judge-rule.ts';
import { policies } from '../readings/policies.ts';

/** Point 4. Source: the case study’s checklist; learn.microsoft.com/azure/governance/policy/concepts/effect-deny */
export const policyIdentity = defineCheck({
  id: 'policy-identity',
  point: 4,
  title: 'Azure refuses servers without an identity of their own',
  severity: 'high',
  version: 1,
  modules: ['policy'],
  reads: { policies },
  reasons: WEAKNESSES,
  judge: ({ policies: { subscriptions } }, { at }) =>
    judgePolicy(subscriptions, at, {
      bears: 'identity',
      policy: 'mcp-managed-identity',
      refuses: 'a server without an identity of its own',
    }),
});
