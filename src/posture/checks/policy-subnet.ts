import { defineCheck } from '../check.ts';
import { judgePolicy, WEAKNESSES } from '../policies/judge-rule.ts';
import type { Weakness } from '../policies/weaknesses.ts';
import { type ApprovedSubnet, network } from '../readings/network.ts';
import { type AssignedRule, policies } from '../readings/policies.ts';

/** Point 5. Source: the case study’s checklist; learn.microsoft.com/azure/governance/policy/concepts/effect-deny */
export const policySubnet = defineCheck({
  id: 'policy-subnet',
  point: 5,
  title: 'Azure refuses servers outside the approved subnets',
  severity: 'high',
  version: 1,
  modules: ['policy'],
  reads: { policies, network },
  reasons: { ...WEAKNESSES, 'other-subnets': 'The subnets that the policy approves are not those of the servers.' },
  judge: ({ policies: { subscriptions }, network: { approved } }, { at }) =>
    judgePolicy(subscriptions, at, {
      bears: 'subnet',
      policy: 'mcp-approved-subnet',
      refuses: 'a server outside the approved subnets',
      more: (rule) => otherSubnets(rule, approved),
    }),
});

/** How the subnets of the policy differ from the real ones. */
function otherSubnets(rule: AssignedRule, real: readonly ApprovedSubnet[]): Weakness<'other-subnets'>[] {
  // Where no setting names them, the reading has a gap and nothing passes.
  if (real.length === 0 || rule.approved === undefined) return [];
  const approved = new Set(rule.approved);
  const known = new Set(real.map(({ id }) => id));
  const says = [
    ...[...approved].filter((id) => !known.has(id)).map((id) => `It approves ${id}, which is none of the servers’.`),
    ...[...known].filter((id) => !approved.has(id)).map((id) => `It does not approve ${id}.`),
    ...real.filter(({ state }) => state === 'gone').map(({ id }) => `The subnet ${id} is not there.`),
  ];
  return says.length === 0
    ? []
    : [{ reason: 'other-subnets', says: says.join(' '), todo: 'approve the subnets of the servers, and no other' }];
}
