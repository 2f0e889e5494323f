import * as z from 'zod';
import { count, text } from '../../shapes/primitives.ts';
import { defineReading } from '../reading.ts';

const SelectorSchema = z.strictObject({
  kind: text,
  in: z.exactOptional(z.array(text)),
  notIn: z.exactOptional(z.array(text)),
});
/** What narrows an assignment, an override or an exemption. */
export type PolicySelector = z.output<typeof SelectorSchema>;
const selectors = z.array(SelectorSchema);

const AssignedRuleSchema = z.strictObject({
  /** Id of the assignment as Azure writes it. */
  assignment: text,
  /** In lower case. */
  scope: text,
  definition: text,
  /** Of the rule with its parameters, as it is deployed. */
  hash: text,
  /** Whether that is the hash of a released rule. */
  released: z.boolean(),
  /** Which points the rule bears on, or, where it is none of the released ones, may bear on. */
  bears: z.array(z.enum(['identity', 'subnet'])),
  /** Which of an initiative’s policies it is. */
  reference: z.exactOptional(text),
  /** `Default`, `DoNotEnforce`, `Enroll`, as Azure writes it. */
  mode: text,
  /** In lower case. */
  notScopes: z.array(text),
  /** Of the parameter; absent where it cannot be told. */
  effect: z.exactOptional(text),
  /** Subnets of the parameter, in lower case; absent where they cannot be told. */
  approved: z.exactOptional(z.array(text)),
  overrides: z.array(z.strictObject({ kind: text, value: text, selectors })),
  resourceSelectors: z.array(selectors),
  /** Those of this assignment, expired ones too. */
  exemptions: z.array(
    z.strictObject({ id: text, expiresOn: z.exactOptional(text), resourceSelectors: z.array(selectors) }),
  ),
  /** Whether the assignment may hold to another version of its definition than the one that was read. */
  otherVersions: z.boolean(),
  /** How many resources do not comply, as Azure scanned last; absent where it does not say. */
  nonCompliant: z.exactOptional(count),
  /** How many enrollments there are; asked for where something waits for them. */
  enrolled: count,
});
export type AssignedRule = z.output<typeof AssignedRuleSchema>;

const SubscriptionPoliciesSchema = z.strictObject({
  /** `/subscriptions/<id>`. */
  id: text,
  /** Whether every assignment is known: what is missing is missing only then. */
  complete: z.boolean(),
  assignments: count,
  rules: z.array(AssignedRuleSchema),
  /** Assignments whose rule is not among the definitions that Azure lists. */
  unread: z.array(z.strictObject({ assignment: text, definition: text })),
});
export type SubscriptionPolicies = z.output<typeof SubscriptionPoliciesSchema>;

/** What Azure refuses. */
export const policies = defineReading({
  id: 'azure/policies',
  holds: 'the policies that hold in the subscriptions, with their exemptions',
  permissions: [
    'assessor/azure/subscriptions/Microsoft.Authorization/policyAssignments/read',
    'assessor/azure/subscriptions/Microsoft.Authorization/policyDefinitions/read',
    'assessor/azure/subscriptions/Microsoft.Authorization/policySetDefinitions/read',
    'assessor/azure/subscriptions/Microsoft.Authorization/policyExemptions/read',
    'assessor/azure/subscriptions/Microsoft.Authorization/permissions/read',
  ],
  shape: z.strictObject({ subscriptions: z.array(SubscriptionPoliciesSchema) }),
  nothing: { subscriptions: [] },
});
