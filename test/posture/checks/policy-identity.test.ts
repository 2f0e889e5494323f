import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { assignPolicy, releasedPolicy } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { policyIdentity } from '../../../src/posture/checks/policy-identity.ts';
import { policies } from '../../../src/posture/readings/policies.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told } from '../support/checked.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { throttled } from '../support/throttled.ts';

const arm = seedArm(seedContext());
const app = await startApp({ vendors: (core) => [makeArm(core, arm)] });
after(() => app.stop());
const { platform, workloads } = WORLD.subscriptions;
const SUB = `/subscriptions/${platform}`;
const POLICY = 'mcp-managed-identity';
const AUTHORIZATION = 'providers/Microsoft.Authorization';
const ABOVE = '/providers/Microsoft.Management/managementGroups/mg-platform';

beforeEach(() => {
  arm.policyObjects.clear();
  arm.nonCompliant.clear();
  arm.policyPageSize = 100;
});

const outcome = async (): Promise<string> =>
  told(await checked(app, policyIdentity, { SUBSCRIPTION_IDS: [platform] })).replaceAll(platform, 'platform');

const assign = (parameters: Readonly<Record<string, unknown>> = { effect: 'Deny' }, properties = {}) =>
  assignPolicy(arm, POLICY, parameters, { properties });
/** Lets servers pass in some scope. */
const exempt = (properties: object = {}, name = 'servers', scope = `${SUB}/resourceGroups/rg-sandbox`): void => {
  const policyAssignmentId = `${SUB}/${AUTHORIZATION}/policyAssignments/${POLICY}`;
  arm.policyObjects.add({
    id: `${scope}/${AUTHORIZATION}/policyExemptions/${name}`,
    properties: { policyAssignmentId, exemptionCategory: 'Waiver', ...properties },
  });
};
const away = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const overrides = (value: string, ...selectors: object[]) => ({
  overrides: [{ kind: 'policyEffect', value, selectors }],
});

/** An initiative above that holds the policy among others. */
function initiative(
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

const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
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
for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

test('each subscription needs it', async () => {
  assign();
  assert.equal(told(await checked(app, policyIdentity)), `fail: missing ${workloads}`);
});

test('the only exemption is on the second page', async () => {
  arm.policyPageSize = 2;
  assign();
  for (const name of ['old', 'older']) exempt({ expiresOn: away(-9) }, name);
  exempt({}, 'live');
  assert.equal(await outcome(), 'fail: exempted platform');
});

test('exemptions are cut off after one that counts: it fails all the same', async () => {
  arm.policyPageSize = 1;
  assign();
  exempt();
  exempt({}, 'more');
  await throttled(app, /policyExemptions.*skipToken/i, async () => {
    assert.equal(await outcome(), 'fail: exempted platform');
  });
});

test('assignments are cut off: nobody can say what is missing', async () => {
  arm.policyPageSize = 1;
  assignPolicy(arm, 'mcp-untagged-image', { effect: 'Audit' });
  assign();
  await throttled(app, /policyAssignments.*skipToken/i, async () => {
    assert.equal(await outcome(), 'unknown: throttled');
  });
});

for (const list of ['policyAssignments', 'policyDefinitions', 'policySetDefinitions', 'policyExemptions']) {
  test(`throttled to the end at ${list}: nobody can say`, async () => {
    assign();
    await throttled(app, new RegExp(list, 'i'), async () => {
      assert.equal(await outcome(), 'unknown: throttled');
    });
  });
}

withoutEach(app, [policies], async (action) => {
  assign();
  assert.equal(await outcome(), `unknown: denied ${action}`);
});

test('what does not comply is shown, and nothing rests on it', async () => {
  const { assignment } = assign();
  arm.nonCompliant.set(assignment, 3);
  const shown = async () => {
    const { status, evidence } = await checked(app, policyIdentity, { SUBSCRIPTION_IDS: [platform] });
    return [status, evidence.map(({ shows }) => shows?.non_compliant)];
  };
  assert.deepEqual(await shown(), ['pass', [3]]);
  const action = 'Microsoft.PolicyInsights/policyStates/summarize/action';
  app.assessor.azure.delete(action);
  assert.deepEqual(await shown(), ['pass', [undefined]]);
  app.assessor.azure.add(action);
});

test('of a policy that waits for enrollments it is said how many there are', async () => {
  const { assignment } = assign({ effect: 'Deny' }, { enforcementMode: 'Enroll' });
  const id = `${SUB}/resourceGroups/rg-mcp/${AUTHORIZATION}/policyEnrollments/first`;
  arm.policyObjects.add({ id, properties: { policyAssignmentId: assignment.toUpperCase() } });
  const says = async () => {
    const { failures } = await checked(app, policyIdentity, { SUBSCRIPTION_IDS: [platform] });
    return failures[0]?.says ?? '';
  };
  assert.match(await says(), /enrollments: 1\)/);
  arm.policyObjects.delete(id);
  assert.match(await says(), /enrollments: 0\)/);
});

test('what is to be done is said of each thing that is wrong', async () => {
  const { assignment } = assign({ effect: 'Audit' }, { enforcementMode: 'DoNotEnforce' });
  exempt();
  const { failures } = await checked(app, policyIdentity, { SUBSCRIPTION_IDS: [platform] });
  assert.deepEqual(
    failures.map(({ remedy }) => remedy.todo),
    [
      `Change the assignment ${assignment}: set its parameter effect to Deny; set its enforcement mode to Default; delete the exemption ${SUB}/resourceGroups/rg-sandbox/${AUTHORIZATION}/policyExemptions/servers.`,
    ],
  );
});
