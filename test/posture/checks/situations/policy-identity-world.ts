import { assignPolicy, releasedPolicy } from '../../../../local/tenant/arm/seeds/case-study-posture.ts';
import { seedArm } from '../../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { seedContext } from '../../../support/seed-context.ts';

export const arm = seedArm(seedContext());

export const { platform, workloads } = WORLD.subscriptions;
export const SUB = `/subscriptions/${platform}`;
export const POLICY = 'mcp-managed-identity';
export const AUTHORIZATION = 'providers/Microsoft.Authorization';
export const ABOVE = '/providers/Microsoft.Management/managementGroups/mg-platform';

export const assign = (parameters: Readonly<Record<string, unknown>> = { effect: 'Deny' }, properties = {}) =>
  assignPolicy(arm, POLICY, parameters, { properties });
/** Lets servers pass in some scope. */
export const exempt = (properties: object = {}, name = 'servers', scope = `${SUB}/resourceGroups/rg-sandbox`): void => {
  const policyAssignmentId = `${SUB}/${AUTHORIZATION}/policyAssignments/${POLICY}`;
  arm.policyObjects.add({
    id: `${scope}/${AUTHORIZATION}/policyExemptions/${name}`,
    properties: { policyAssignmentId, exemptionCategory: 'Waiver', ...properties },
  });
};
export const away = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** An initiative above that holds the policy among others. */
export function initiative(
  given: Readonly<Record<string, unknown>>,
  passed: string,
  properties: Readonly<Record<string, unknown>> = {},
): void {
  const definition = `${ABOVE}/${AUTHORIZATION}/policyDefinitions/${POLICY}`;
  const set = `${ABOVE}/${AUTHORIZATION}/policySetDefinitions/mcp-platform`;
  arm.policyObjects.add({ id: definition, properties: releasedPolicy(POLICY) });
  arm.policyObjects.add({
    id: set,
    properties: {
      policyType: 'Custom',
      parameters: { serverEffect: { type: 'String', defaultValue: 'Audit' } },
      policyDefinitions: [
        { policyDefinitionReferenceId: 'builtIn', policyDefinitionId: `/${AUTHORIZATION}/policyDefinitions/8af8f826` },
        {
          policyDefinitionReferenceId: 'identity',
          policyDefinitionId: definition.toUpperCase(),
          parameters: { effect: { value: passed } },
        },
      ],
    },
  });
  arm.policyObjects.add({
    id: `${ABOVE}/${AUTHORIZATION}/policyAssignments/mcp`,
    properties: {
      policyDefinitionId: set,
      scope: ABOVE,
      enforcementMode: 'Default',
      parameters: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }])),
      ...properties,
    },
  });
}
