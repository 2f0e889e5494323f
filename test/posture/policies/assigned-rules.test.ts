import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releasedPolicy } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import { assignedRules, type PolicyLists } from '../../../src/posture/policies/assigned-rules.ts';
import { RELEASED_RULES } from '../../../src/posture/policies/released-rules.ts';

type Assigned = PolicyLists['assignments'][number]['properties'];
type Member = PolicyLists['sets'][number]['properties']['policyDefinitions'][number];
type Exempted = Partial<PolicyLists['exemptions'][number]['properties']>;
const SUB = '/subscriptions/11111111-aaaa-4bbb-8ccc-000000000001';
const AUTHORIZATION = `${SUB}/providers/Microsoft.Authorization`;
const [IDENTITY, SUBNET] = ['mcp-managed-identity', 'mcp-approved-subnet'] as const;
const ID = `${AUTHORIZATION}/policyAssignments/One`;
const SET = `${AUTHORIZATION}/policySetDefinitions/ours`;
const idOf = (name: string): string => `${AUTHORIZATION}/policyDefinitions/${name}`;
const definitions: PolicyLists['definitions'] = [IDENTITY, SUBNET, 'mcp-tag-value' as const].map((name) => ({
  ...{ id: idOf(name), name, properties: releasedPolicy(name) },
}));
const assigned = (more: Partial<Assigned> = {}, lists: Partial<PolicyLists> = {}) =>
  assignedRules(
    {
      assignments: [{ id: ID, properties: { policyDefinitionId: idOf(IDENTITY), scope: SUB, ...more } }],
      ...{ definitions, sets: [], exemptions: [], nonCompliant: new Map(), enrolled: new Map(), ...lists },
    },
    SUB,
  );
const AS_RELEASED = {
  ...{ assignment: ID, scope: SUB, definition: idOf(IDENTITY), hash: RELEASED_RULES[IDENTITY], released: true },
  ...{ bears: ['identity'], mode: 'Default', notScopes: [], effect: 'Deny', overrides: [], resourceSelectors: [] },
  ...{ exemptions: [], otherVersions: false, enrolled: 0 },
};
const exemption = (more: Exempted = {}): Partial<PolicyLists> => ({
  exemptions: [{ id: 'e', properties: { policyAssignmentId: ID, ...more } }],
});

test('an assignment of a released rule is read with all that narrows it', () => {
  assert.deepEqual(assigned(), { rules: [AS_RELEASED], unread: [] });
  const [narrowed] = assigned(
    {
      ...{ policyDefinitionId: idOf(SUBNET).toUpperCase(), scope: SUB.toUpperCase(), enforcementMode: 'DoNotEnforce' },
      ...{ notScopes: [`${SUB}/resourceGroups/RG`], definitionVersion: '1.*.*' },
      parameters: { effect: { value: 'Audit' }, APPROVEDSUBNETIDS: { value: ['/Subnets/MCP'] } },
      resourceSelectors: [{ selectors: [{ kind: 'resourceLocation', in: ['x'], notIn: null }] }, { selectors: null }],
      overrides: [
        { kind: 'policyEffect', value: 'Disabled', selectors: [{ kind: 'resourceType', in: null, notIn: ['y'] }] },
        { kind: 'other' },
      ],
    },
    {
      nonCompliant: new Map([[ID.toLowerCase(), 3]]),
      enrolled: new Map([[ID.toLowerCase(), 2]]),
      ...exemption({ expiresOn: '2026-12-01T00:00:00Z', policyAssignmentId: `${ID.toUpperCase()}/` }),
    },
  ).rules;
  assert.deepEqual(narrowed, {
    ...{ ...AS_RELEASED, definition: idOf(SUBNET), hash: RELEASED_RULES[SUBNET], bears: ['subnet'] },
    ...{ mode: 'DoNotEnforce', notScopes: [`${SUB}/resourcegroups/rg`], effect: 'Audit', approved: ['/subnets/mcp'] },
    overrides: [
      { kind: 'policyEffect', value: 'Disabled', selectors: [{ kind: 'resourceType', notIn: ['y'] }] },
      { kind: 'other', value: '', selectors: [] },
    ],
    resourceSelectors: [[{ kind: 'resourceLocation', in: ['x'] }], []],
    exemptions: [{ id: 'e', expiresOn: '2026-12-01T00:00:00Z', resourceSelectors: [] }],
    ...{ nonCompliant: 3, enrolled: 2 },
  });
});

const initiative = (member: Partial<Member>, more: object = {}): Partial<PolicyLists> => ({
  sets: [
    {
      id: SET,
      properties: { policyDefinitions: [{ policyDefinitionId: idOf(IDENTITY).toUpperCase(), ...member }], ...more },
    },
  ],
});
const inSet = (more: Partial<Assigned>, lists: Partial<PolicyLists>) =>
  assigned({ policyDefinitionId: SET.toUpperCase(), ...more }, lists);

test('in an initiative a rule has the name and the parameters that the initiative gives it', () => {
  const passedOn = initiative(
    { policyDefinitionReferenceId: 'who', parameters: { effect: { value: "[parameters('how')]" } } },
    { parameters: { how: { defaultValue: 'Audit' } } },
  );
  assert.deepEqual(inSet({}, passedOn).rules, [{ ...AS_RELEASED, reference: 'who', effect: 'Audit' }]);
  const given = inSet({ parameters: { how: { value: 'Deny' }, effect: { value: 'Disabled' } } }, passedOn).rules;
  assert.deepEqual(given, [{ ...AS_RELEASED, reference: 'who' }]);
  const unnamed = inSet(
    { parameters: { effect: { value: 'Disabled' } } },
    initiative({ policyDefinitionReferenceId: null }),
  );
  assert.deepEqual(unnamed.rules, [AS_RELEASED], 'what an initiative does not pass on is not given');
  const { effect: _, ...unknown } = AS_RELEASED;
  const odd = initiative({ parameters: { effect: { value: "[concat('De', 'ny')]" } } });
  assert.deepEqual(inSet({}, odd).rules, [unknown]);
});

test('a rule whose definition is in no list is told, unless it is one of Azure’s own', () => {
  const builtIn = '/providers/microsoft.Authorization/policyDefinitions/x';
  const missing = (definition: string) => ({ rules: [], unread: [{ assignment: ID, definition }] });
  const nothing = { rules: [], unread: [] };
  assert.deepEqual(assigned({ policyDefinitionId: idOf('lost') }), missing(idOf('lost')));
  assert.deepEqual(assigned({ policyDefinitionId: builtIn }), nothing);
  assert.deepEqual(assigned({ policyDefinitionId: SET }), missing(SET));
  assert.deepEqual(assigned({ policyDefinitionId: SET.toUpperCase() }), missing(SET.toUpperCase()));
  assert.deepEqual(assigned({ policyDefinitionId: builtIn.replace('policyD', 'policySetD') }), nothing);
  assert.deepEqual(inSet({}, initiative({ policyDefinitionId: idOf('lost') })), missing(idOf('lost')));
  assert.deepEqual(inSet({}, initiative({ policyDefinitionId: builtIn })), nothing);
  assert.deepEqual(assigned({ policyDefinitionId: idOf('mcp-tag-value') }), nothing, 'a rule of another point');
});

test('an exemption is of the assignment that it names, and of those policies of an initiative that it names', () => {
  const selectors = [{ kind: 'resourceType', in: ['x'] }];
  const bare = { id: 'e', resourceSelectors: [] };
  const named = (...policyDefinitionReferenceIds: readonly string[]) => ({ policyDefinitionReferenceIds });
  const situations: readonly (readonly [string, reference: string | undefined, Exempted, readonly object[]])[] = [
    ['of a policy', undefined, {}, [bare]],
    ['of another assignment', undefined, { policyAssignmentId: `${ID}2` }, []],
    ['of a policy, which names one', undefined, named('a'), [bare]],
    ['of all of an initiative', 'Who', {}, [bare]],
    ['of all, with an empty list', 'Who', named(), [bare]],
    ['of this policy of it', 'Who', named('a', 'WHO'), [bare]],
    ['of another policy of it', 'Who', named('a'), []],
    ['of some', undefined, { resourceSelectors: [{ selectors }] }, [{ id: 'e', resourceSelectors: [selectors] }]],
  ];
  for (const [what, reference, more, exemptions] of situations) {
    const rules =
      reference === undefined
        ? assigned({}, exemption(more)).rules
        : inSet({}, { ...initiative({ policyDefinitionReferenceId: reference }), ...exemption(more) }).rules;
    assert.deepEqual(rules[0]?.exemptions, exemptions, what);
  }
});

test('an assignment that holds to a version may mean another one, where there are several', () => {
  const versions = (...list: readonly string[]) => ({
    definitions: definitions.map((each) => ({ ...each, properties: { ...each.properties, versions: list } })),
  });
  const other = (more: Partial<Assigned>, lists: Partial<PolicyLists>) => assigned(more, lists).rules[0]?.otherVersions;
  const pinned = { definitionVersion: '1.*.*' };
  assert.deepEqual(
    [
      other(pinned, versions('1.0.0', '2.0.0')),
      other(pinned, versions('1.0.0')),
      other({}, versions('1.0.0', '2.0.0')),
    ],
    [true, false, false],
  );
  const set = { policyDefinitionId: SET };
  const two = { versions: ['1.0.0', '2.0.0'] };
  assert.equal(other({ ...set, ...pinned }, initiative({}, two)), true);
  assert.equal(other(set, initiative({}, two)), false);
  assert.equal(other({ ...set, ...pinned }, { ...initiative({}), ...versions('1.0.0', '2.0.0') }), false);
  assert.equal(other(set, { ...initiative(pinned), ...versions('1.0.0', '2.0.0') }), true);
});

test('a rule that nobody released may bear on a point by its name, or by what it reads of container groups', () => {
  const bears = (name: string, policyRule: unknown) => {
    const own = { id: idOf('own'), name, properties: { policyRule } };
    return assigned({ policyDefinitionId: own.id }, { definitions: [own] }).rules.map((each) => [
      each.released,
      each.bears,
    ]);
  };
  const field = (alias: string) => ({ field: `Microsoft.ContainerInstance/containerGroups/${alias}` });
  assert.deepEqual(bears('MCP-Managed-Identity', undefined), [[false, ['identity']]]);
  assert.deepEqual(bears('MCP-Approved-Subnet', {}), [[false, ['subnet']]]);
  assert.deepEqual(bears('x', field('Identity.type')), [[false, ['identity']]]);
  assert.deepEqual(bears('x', field('SubnetIds[*].id')), [[false, ['subnet']]]);
  assert.deepEqual(bears('x', { allOf: [field('identity[*]'), field('ipAddress.type')] }), [
    [false, ['identity', 'subnet']],
  ]);
  assert.deepEqual(bears('x', field('tags')), []);
  assert.deepEqual(bears('x', { field: 'identity.type', or: 'subnet' }), [], 'of something else than container groups');
});
