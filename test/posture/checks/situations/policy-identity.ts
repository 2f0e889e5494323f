import { assignPolicy, releasedPolicy } from '../../../../local/tenant/arm/seeds/case-study-posture.ts';
import {
  ABOVE,
  AUTHORIZATION,
  arm,
  assign,
  away,
  exempt,
  initiative,
  POLICY,
  SUB,
  workloads,
} from './policy-identity-world.ts';

const overrides = (value: string, ...selectors: object[]) => ({
  overrides: [{ kind: 'policyEffect', value, selectors }],
});

const PASSED_ON = "[parameters('serverEffect')]";

/** The policy with a rule of somebody's own. */
function rewritten(name: string, policyRule: object, properties: Readonly<Record<string, unknown>> = {}): void {
  const { definition } = assignPolicy(arm, POLICY, { effect: 'Deny' }, { properties });
  arm.policyObjects.delete(definition);
  const id = definition.replace(POLICY, name);
  arm.policyObjects.add({ id, properties: { ...releasedPolicy(POLICY), policyRule } });
  arm.policyObjects.patch(`${SUB}/${AUTHORIZATION}/policyAssignments/${POLICY}`, {
    properties: { policyDefinitionId: id, scope: SUB, enforcementMode: 'Default', ...properties },
  });
}
const OWN_RULE = {
  if: { allOf: [{ field: 'type', equals: 'Microsoft.ContainerInstance/containerGroups' }, { field: 'identity.type' }] },
  // biome-ignore lint/suspicious/noThenProperty: the policy language calls it so.
  then: { effect: 'deny' },
};

export const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['assigned as it is released', assign, 'pass'],
  ['the effect is the definition’s own', () => assign({}), 'pass'],
  ['nothing is assigned', () => {}, 'fail: missing platform'],
  [
    'assigned to a resource group alone',
    () => assignPolicy(arm, POLICY, { effect: 'Deny' }, { scope: `${SUB}/resourceGroups/rg-mcp` }),
    'fail: missing platform',
  ],
  [
    'another policy of the release',
    () => assignPolicy(arm, 'mcp-untagged-image', { effect: 'Deny' }),
    'fail: missing platform',
  ],
  ['Audit', () => assign({ effect: 'Audit' }), 'fail: audited platform'],
  ['override to Audit', () => assign({ effect: 'Deny' }, overrides('Audit')), 'fail: overridden platform'],
  [
    'override to Audit for a region',
    () => assign({ effect: 'Deny' }, overrides('audit', { kind: 'resourceLocation', in: ['northeurope'] })),
    'fail: overridden platform',
  ],
  [
    'override to Audit for what is no container group',
    () => assign({ effect: 'Deny' }, overrides('Audit', { kind: 'resourceType', in: ['Microsoft.Web/sites'] })),
    'pass',
  ],
  ['Audit, and an override to Deny', () => assign({ effect: 'Audit' }, overrides('Deny')), 'pass'],
  [
    'Audit, and an override to Deny in a region',
    () => assign({ effect: 'Audit' }, overrides('Deny', { kind: 'resourceLocation', in: ['westeurope'] })),
    'fail: audited platform',
  ],
  [
    'an override of something that is not known here',
    () => assign({ effect: 'Deny' }, { overrides: [{ kind: 'definitionVersion', value: '1.0.1' }] }),
    'unknown: unreadable',
  ],
  [
    'DoNotEnforce',
    () => assign({ effect: 'Deny' }, { enforcementMode: 'DoNotEnforce' }),
    'fail: not-enforced platform',
  ],
  ['Enroll', () => assign({ effect: 'Deny' }, { enforcementMode: 'Enroll' }), 'fail: enrolled-only platform'],
  [
    'a resource group is left out',
    () => assign({ effect: 'Deny' }, { notScopes: [`${SUB.toUpperCase()}/resourceGroups/RG-Sandbox`] }),
    'fail: narrowed platform',
  ],
  [
    'another subscription is left out',
    () => assign({ effect: 'Deny' }, { notScopes: [`/subscriptions/${workloads}`] }),
    'pass',
  ],
  [
    'a management group is left out, which may hold the subscription',
    () => assign({ effect: 'Deny' }, { notScopes: [`${ABOVE}-below`] }),
    'unknown: unreadable',
  ],
  [
    'only in a region',
    () =>
      assign(
        { effect: 'Deny' },
        { resourceSelectors: [{ name: 'eu', selectors: [{ kind: 'resourceLocation', in: ['westeurope'] }] }] },
      ),
    'fail: narrowed platform',
  ],
  [
    'only for container groups',
    () =>
      assign(
        { effect: 'Deny' },
        {
          resourceSelectors: [
            { name: 'aci', selectors: [{ kind: 'resourceType', in: ['microsoft.containerinstance/containergroups'] }] },
          ],
        },
      ),
    'pass',
  ],
  ['exemption in a resource group', () => [assign(), exempt()], 'fail: exempted platform'],
  ['an exemption that ends tomorrow', () => [assign(), exempt({ expiresOn: away(1) })], 'fail: exempted platform'],
  ['expired one', () => [assign(), exempt({ expiresOn: away(-1) })], 'pass'],
  [
    'an exemption from another assignment',
    () => [assign(), exempt({ policyAssignmentId: `${SUB}/${AUTHORIZATION}/policyAssignments/tags` })],
    'pass',
  ],
  ['Deny initiative above', () => initiative({ serverEffect: 'Deny' }, PASSED_ON), 'pass'],
  ['an initiative whose own default is Audit', () => initiative({}, PASSED_ON), 'fail: audited platform'],
  ['an initiative that computes the effect', () => initiative({}, "[concat('De','ny')]"), 'unknown: unreadable'],
  [
    'an initiative with an override of another policy of it',
    () =>
      initiative(
        { serverEffect: 'Deny' },
        PASSED_ON,
        overrides('Audit', { kind: 'policyDefinitionReferenceId', in: ['builtIn'] }),
      ),
    'pass',
  ],
  [
    'an initiative with an override of this policy',
    () =>
      initiative(
        { serverEffect: 'Deny' },
        PASSED_ON,
        overrides('Audit', { kind: 'policyDefinitionReferenceId', in: ['IDENTITY'] }),
      ),
    'fail: overridden platform',
  ],
  [
    'an exemption from another policy of the initiative',
    () => {
      initiative({ serverEffect: 'Deny' }, PASSED_ON);
      exempt({
        policyAssignmentId: `${ABOVE}/${AUTHORIZATION}/policyAssignments/mcp`,
        policyDefinitionReferenceIds: ['builtIn'],
      });
    },
    'pass',
  ],
  [
    'Audit here, Deny above: assignments add up',
    () => [assign({ effect: 'Audit' }), initiative({ serverEffect: 'Deny' }, PASSED_ON)],
    'pass',
  ],
  ['somebody’s own rule about the same', () => rewritten('our-identity', OWN_RULE), 'unknown: unreadable'],
  ['the released name with another rule', () => rewritten(POLICY, { if: {} }), 'unknown: unreadable'],
  [
    'somebody’s own rule that is not enforced',
    () => rewritten('our-identity', OWN_RULE, { enforcementMode: 'DoNotEnforce' }),
    'fail: not-enforced platform',
  ],
  [
    'somebody’s own rule about something else',
    () => rewritten('tags', { if: { field: 'tags' } }),
    'fail: missing platform',
  ],
  [
    'the definition is not among those that Azure lists',
    () => arm.policyObjects.delete(assign().definition),
    'unknown: unreadable',
  ],
  [
    'an older version of the definition may be in force',
    () => {
      const { definition } = assign();
      arm.policyObjects.patch(definition, {
        properties: { ...releasedPolicy(POLICY), version: '2.0.0', versions: ['1.0.0', '2.0.0'] },
      });
    },
    'unknown: unreadable',
  ],
  [
    'ids in another case',
    () => {
      const { definition } = assign({ EFFECT: 'deny' });
      const row = arm.policyObjects.get(definition);
      arm.policyObjects.delete(definition);
      arm.policyObjects.add({ id: definition.toUpperCase(), properties: row?.properties ?? {} });
    },
    'pass',
  ],
];
