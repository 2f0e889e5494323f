import { containerGroup } from '../support/policy/container-group.ts';
import { evaluatePolicy, type Verdict } from '../support/policy/evaluate-policy.ts';
import type { Json, JsonObject } from '../support/policy/json.ts';

export const GROUPS = 'Microsoft.ContainerInstance/containerGroups';
export const IMAGE = `${GROUPS}/containers[*].image`;

export function verdict(condition: Json, resource: JsonObject, values: Readonly<Record<string, Json>> = {}): Verdict {
  const declared = Object.entries(values).map(([name, value]) => [
    name,
    { type: Array.isArray(value) ? 'Array' : 'String' },
  ]);
  const assigned = Object.entries(values).map(([name, value]) => [name, { value }]);
  // biome-ignore lint/suspicious/noThenProperty: the policy language calls it "then"
  const policyRule = { if: condition, then: { effect: 'deny' } };
  return evaluatePolicy(
    {
      definition: { mode: 'All', parameters: Object.fromEntries(declared) as JsonObject, policyRule },
      parameters: Object.fromEntries(assigned) as JsonObject,
    },
    resource,
  );
}

export const matches = (...given: Parameters<typeof verdict>): boolean => verdict(...given) === 'denied';
export const named = (name: string): JsonObject => ({ ...containerGroup({}), name });
export const withImages = (...images: readonly string[]): JsonObject => containerGroup({ images });
