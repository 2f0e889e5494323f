import { type Plan, type Resource, resourcesIn } from '../plan-of.ts';
import type { AssignedPolicy } from './evaluate-policy.ts';
import type { JsonObject } from './json.ts';

/** A policy as a plan would deploy it, with the sentence that a refused developer reads. */
export interface PlannedPolicy extends AssignedPolicy {
  readonly message: string;
}

/** The assigned policies of a plan of module policy, by key. */
export function policiesOf(plan: Plan): ReadonlyMap<string, PlannedPolicy> {
  return policiesAmong(resourcesIn(plan.planned_values));
}

/** The assigned policies among resources of a plan or a state. */
export function policiesAmong(resources: readonly Resource[]): ReadonlyMap<string, PlannedPolicy> {
  const definitions = new Map(
    resources.filter(({ type }) => type === 'azurerm_policy_definition').map(({ index, values }) => [index, values]),
  );
  return new Map(
    resources
      .filter(({ type }) => type === 'azurerm_subscription_policy_assignment')
      .map(({ index, values }) => [String(index), plannedPolicy(definitions.get(index) ?? {}, values)]),
  );
}

type Values = Readonly<Record<string, unknown>>;

function plannedPolicy(definition: Values, assignment: Values): PlannedPolicy {
  const [message] = assignment.non_compliance_message as readonly { readonly content: string }[];
  return {
    definition: {
      mode: String(definition.mode),
      parameters: parsed(definition.parameters),
      policyRule: parsed(definition.policy_rule),
    },
    parameters: parsed(assignment.parameters),
    message: message?.content ?? '',
  };
}

/** Terraform carries rules and parameters as JSON in a string. */
function parsed(value: unknown): JsonObject {
  return JSON.parse(String(value)) as JsonObject;
}
