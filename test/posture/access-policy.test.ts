import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyFacts } from '../../src/posture/access-policy.ts';

type Told = Parameters<typeof policyFacts>[0];
const USERS = { includeUsers: ['all'], excludeUsers: [], excludeGroups: [], excludeRoles: [] };
const BLOCK = { operator: 'or', builtInControls: ['block'] };
const policy = (conditions: object = {}, more: Partial<Told> = {}) =>
  policyFacts({
    ...{ id: 'p', displayName: 'Keep out', state: 'enabled', grantControls: BLOCK },
    conditions: {
      applications: { includeApplications: ['a'], excludeApplications: [] },
      ...{ users: USERS, clientAppTypes: ['all'], platforms: null, locations: null },
      ...conditions,
    },
    ...more,
  });

test('a policy of everybody for an application, on no condition, blocks and is narrowed by nothing', () => {
  assert.deepEqual(policy(), {
    ...{ id: 'p', name: 'Keep out', state: 'enabled', blocks: true, everybody: true, apps: ['a'], exceptApps: [] },
    ...{ narrowedBy: [], notUnderstood: [], exceptUsers: [], exceptGroups: [], exceptRoles: [], exceptGuests: false },
  });
  assert.equal(policy({}, { displayName: null }).name, 'p');
});

test('it blocks only where it asks for nothing else, and lets nobody in on a condition', () => {
  const blocks = (grantControls: Told['grantControls']): boolean => policy({}, { grantControls }).blocks;
  assert.ok(
    blocks({ ...BLOCK, authenticationStrength: null, termsOfUse: [], 'authenticationStrength@odata.context': 'x' }),
  );
  for (const other of [
    null,
    undefined,
    { builtInControls: [] },
    { builtInControls: ['mfa'] },
    { builtInControls: ['block', 'mfa'] },
    { builtInControls: ['mfa', 'block'] },
  ])
    assert.ok(!blocks(other), JSON.stringify(other));
  assert.ok(!blocks({ ...BLOCK, termsOfUse: ['t'] }));
  assert.ok(!blocks({ ...BLOCK, authenticationStrength: { id: 's' } }));
});

test('whatever makes it apply to some sign-ins only narrows it', () => {
  const narrowed = (conditions: object): readonly string[] => policy(conditions).narrowedBy;
  assert.deepEqual(narrowed({ clientAppTypes: ['browser'] }), ['client types: browser']);
  assert.deepEqual(narrowed({ clientAppTypes: [] }), ['client types: none named']);
  assert.deepEqual(narrowed({ clientAppTypes: ['browser', 'other'] }), ['client types: browser, other']);
  assert.deepEqual(narrowed({ clientAppTypes: ['browser', 'all'], moonPhase: 'full' }), []);
  const platforms = (include: string[], exclude: string[]) => ({
    includePlatforms: include,
    excludePlatforms: exclude,
  });
  assert.deepEqual(narrowed({ platforms: platforms(['windows'], []) }), ['platforms: windows']);
  assert.deepEqual(narrowed({ platforms: platforms(['all'], ['ios']) }), ['platforms except ios']);
  assert.deepEqual(narrowed({ platforms: platforms(['all'], []) }), []);
  assert.deepEqual(narrowed({ platforms: platforms([], []), applications: null }), []);
  assert.deepEqual(narrowed({ locations: { includeLocations: ['x', 'y'], excludeLocations: ['z'] } }), [
    ...['locations: x, y', 'locations except z'],
  ]);
  assert.deepEqual(narrowed({ locations: { includeLocations: ['all'], excludeLocations: ['alltrusted'] } }), [
    'locations except alltrusted',
  ]);
  assert.deepEqual(narrowed({ signInRiskLevels: ['high'], userRiskLevels: [] }), ['sign-in risk']);
  assert.deepEqual(narrowed({ devices: { deviceFilter: { mode: 'include', rule: 'x' } } }), ['a filter for devices']);
  assert.deepEqual(narrowed({ devices: { deviceFilter: null } }), []);
  const filtered = { includeApplications: ['all'], excludeApplications: [], applicationFilter: { rule: 'x' } };
  assert.deepEqual(narrowed({ applications: filtered }), ['applications: applicationFilter']);
  assert.deepEqual(narrowed({ applications: { ...filtered, applicationFilter: null } }), []);
});

test('a condition of another day is not understood where it says anything', () => {
  for (const said of ['full', true, 0, ['', 'x'], { a: null, b: { c: 'x' } }])
    assert.deepEqual(policy({ moonPhase: said }).notUnderstood, ['moonPhase'], JSON.stringify(said));
  for (const silent of [null, [], {}, '', 'none', false, { a: null, b: [] }])
    assert.deepEqual(policy({ moonPhase: silent }).notUnderstood, [], JSON.stringify(silent));
  assert.deepEqual(policy({ users: { ...USERS, excludeRobots: ['r'] } }).notUnderstood, ['users: excludeRobots']);
  for (const more of [{ excludeRobots: [] }, { includeRobots: ['r'] }])
    assert.deepEqual(policy({ users: { ...USERS, ...more } }).notUnderstood, []);
});

test('who is left out is told by user, group and role, and guests of any kind', () => {
  const users = {
    ...{ includeUsers: ['all'], excludeUsers: ['u'], excludeGroups: ['g'], excludeRoles: ['r'] },
    excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationGuest' },
  };
  const { exceptUsers, exceptGroups, exceptRoles, exceptGuests, notUnderstood } = policy({ users });
  assert.deepEqual(
    [exceptUsers, exceptGroups, exceptRoles, exceptGuests, notUnderstood],
    [['u'], ['g'], ['r'], true, []],
  );
  assert.equal(policy({ users: { ...USERS, includeUsers: ['u'] } }).everybody, false);
  const nobody = policy({ users: null, applications: null });
  assert.deepEqual(nobody, {
    ...{ ...policy(), everybody: false, apps: [], exceptApps: [], exceptUsers: [], exceptGroups: [], exceptRoles: [] },
  });
  assert.deepEqual(policy({ applications: { includeApplications: ['all'], excludeApplications: ['x'] } }).exceptApps, [
    'x',
  ]);
});
