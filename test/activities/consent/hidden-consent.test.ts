import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { caseSensitive, type Side } from '../../../local/tenant/entra/state/state.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { VENDOR_FAULTS } from '../../support/faults.ts';
import { type ConsentWorld, type Discovered, gateway, OWN, oid, planned, startConsent } from './consent-world.ts';

let state: ConsentWorld['state'];
let app: ConsentWorld['app'];
let tenant: ConsentWorld['tenant'];
let admin: ConsentWorld['admin'];
let leaverNow: ConsentWorld['leaverNow'];
let discover: ConsentWorld['discover'];
let prepare: ConsentWorld['prepare'];
before(async () => {
  ({ state, app, tenant, admin, leaverNow, discover, prepare } = await startConsent());
});
after(() => app.stop());
beforeEach(() => prepare());

const states = ({ coverage }: StepResult) => Object.fromEntries(coverage.map((line) => [line.source, line.state]));

test('grants that the lists hide for a deleted person are found by id, and the list counts as partial', async () => {
  await admin.deleteUser(oid);
  state.switches.hideGrantsOfSoftDeleted = true;
  const part = await discover();
  const role = state.assignments.where(({ principalId }) => principalId === oid)[0];
  assert.deepEqual(planned(part), [...OWN, role?.id].sort());
  assert.equal(states(part)['entra/grant-cross-check'], 'partial');
  assert.equal(part.ref.coverage, 'partial');
});

test('a failed cross-check of a deleted person is not taken for the absence of grants', async () => {
  await admin.deleteUser(oid);
  state.switches.hideGrantsOfSoftDeleted = true;
  tenant.faults.add({ vendor: 'graph', path: /oauth2PermissionGrants\/[\w-]{40}/, effect: { kind: 'reset' } });
  const part = await discover();
  assert.equal(states(part)['entra/grant-cross-check'], 'partial');
  assert.equal(part.ref.tryAgainAfterMs, 0);
});

test('an empty list for a deleted person whom no known client could be asked for is partial', async () => {
  await admin.deleteUser(oid);
  const grants = state.grants.all();
  const applications = state.applications.all().map((row) => ({ ...row }));
  for (const grant of grants) state.grants.delete(caseSensitive(grant.id));
  for (const row of applications) state.applications.patch(row.id, { preAuthorized: [] });
  const part = await discover();
  for (const grant of grants) state.grants.add(grant);
  for (const row of applications) state.applications.add(row);
  assert.equal(states(part)['entra/grant-cross-check'], 'partial');
});

test('what is the leaver’s is asked for in two ways, and by id only where both show nothing', async () => {
  await admin.deleteUser(oid);
  const leaver = await leaverNow();
  const before = tenant.calls.length;
  await discover(leaver);
  const paths = tenant.calls.slice(before).map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);
  assert.deepEqual(paths.sort(), [
    `GET /v1.0/applications(appId='${WORLD.gateway.appId}')`,
    ...Array.from({ length: 3 }, () => 'GET /v1.0/oauth2PermissionGrants'),
    'GET /v1.0/servicePrincipals',
    'GET /v1.0/servicePrincipals',
    `GET /v1.0/servicePrincipals(appId='${WORLD.gateway.appId}')`,
    `GET /v1.0/servicePrincipals/${gateway}/appRoleAssignedTo`,
    `GET /v1.0/servicePrincipals/${gateway}/appRoleAssignedTo`,
  ]);
});

/** Runs with a list of Graph's that leaves out what the leaver has, by how it is asked. */
async function withLeftOut(sides: readonly Side[]): Promise<Discovered> {
  for (const side of sides) state.switches.leftOut[side].add(oid);
  try {
    return await discover();
  } finally {
    for (const side of sides) state.switches.leftOut[side].delete(oid);
  }
}

for (const deleted of [false, true]) {
  const who = deleted ? 'a deleted' : 'a living';
  test(`a list that leaves out what ${who} person has is contradicted: all is found, and the lines are partial`, async () => {
    if (deleted) await admin.deleteUser(oid);
    const whole = await discover();
    for (const [side, lines] of [
      ['resource', ['entra/app-role-assignments', 'entra/grant-cross-check']],
      ['person', ['entra/grant-cross-check']],
      ['advanced', ['entra/app-role-assignments']],
    ] as const) {
      const part = await withLeftOut([side]);
      assert.deepEqual(planned(part), planned(whole), side);
      const partial = part.coverage.filter((line) => line.state === 'partial').map(({ source }) => source);
      const groups = deleted || side === 'person' ? [] : ['entra/group-app-roles'];
      assert.deepEqual(partial.sort(), [...lines, ...groups].sort(), side);
    }
  });
}

test('a living person of whom two questions show nothing has nothing', async () => {
  const part = await withLeftOut(['resource', 'person', 'advanced']);
  assert.deepEqual(planned(part), []);
  assert.equal(part.ref.coverage, 'complete');
});

test('of a deleted person an absence counts only where the lists show what others have who are deleted', async () => {
  const [, ben] = WORLD.colleagues;
  await admin.deleteUser(oid);
  const alone = await withLeftOut(['resource', 'person', 'advanced']);
  assert.equal(states(alone)['entra/app-role-assignments'], 'partial');
  assert.match(alone.coverage.find(({ state }) => state === 'partial')?.detail ?? '', /deleted user/);
  await admin.deleteUser(ben.oid);
  const grants = state.grants.where(({ principalId }) => principalId === oid);
  for (const grant of grants) state.grants.delete(caseSensitive(grant.id));
  const shown = await withLeftOut(['resource', 'person', 'advanced']);
  for (const grant of grants) state.grants.add(grant);
  await admin.restoreUser(ben.oid);
  const lines = (part: StepResult) =>
    ['entra/app-role-assignments', 'entra/grant-cross-check'].map((source) => states(part)[source]);
  assert.deepEqual(lines(shown), ['complete', 'complete']);
  // A list that left something out is not trusted for its earlier showing.
  for (const grant of grants) state.grants.delete(caseSensitive(grant.id));
  const later = await withLeftOut(['resource', 'person', 'advanced']);
  for (const grant of grants) state.grants.add(grant);
  assert.deepEqual(lines(later), ['partial', 'partial']);
});

test('a Graph that refuses the second question leaves the line partial and says so', async () => {
  for (const [refused, source] of [
    ['principalId', 'entra/grant-cross-check'],
    ['advanced', 'entra/app-role-assignments'],
  ] as const) {
    state.switches.refuses.add(refused);
    const part = await discover();
    state.switches.refuses.delete(refused);
    const line = part.coverage.find((each) => each.source === source);
    assert.equal(line?.state, 'partial', refused);
    assert.match(line?.detail ?? '', /answered 400 \(Request_UnsupportedQuery\)/);
    assert.equal(planned(part).length, OWN.length + 1, 'what was seen is found all the same');
  }
});

const SOURCES = [
  ['entra/delegated-grants:to-gateway', /oauth2PermissionGrants\?\$filter=resourceId/],
  ['entra/delegated-grants:behind-gateway', /oauth2PermissionGrants\?\$filter=clientId/],
  ['entra/app-role-assignments', /appRoleAssignedTo/],
  ['entra/grant-cross-check', /oauth2PermissionGrants\?\$filter=principalId/],
  ['entra/group-app-roles', /groups\/[^/]+\/members/],
  ['entra/group-app-roles', /groups\?/],
  ['entra/pre-authorised-clients', /applications\(/],
] as const;

for (const { name, effect, kind, tryAgainAfterMs } of VENDOR_FAULTS.filter(({ effect }) => effect.kind !== 'delay')) {
  test(`${name} from one source leaves the others complete and asks to be tried again`, async () => {
    for (const [source, path] of SOURCES) {
      tenant.faults.clear();
      tenant.faults.add({ vendor: 'graph', path, effect });
      const part = await discover();
      const expected = Object.fromEntries(SOURCES.map(([other]) => [other, 'complete']));
      if (source === 'entra/app-role-assignments') delete expected['entra/group-app-roles'];
      // By id the leaver's grants were asked for all the same.
      const worst = source === 'entra/grant-cross-check' ? 'partial' : 'unavailable';
      assert.deepEqual(states(part), { ...expected, [source]: worst }, kind);
      assert.equal(part.ref.tryAgainAfterMs, tryAgainAfterMs ?? 0);
      assert.doesNotMatch(JSON.stringify(part), /SECRET-IN-BODY/);
    }
  });
}

test('a page that fails after others leaves the list partial, with what was read', async () => {
  state.switches.pageSize = 2;
  tenant.faults.add({ vendor: 'graph', path: /resourceId.*skiptoken=2/, effect: { kind: 'answer', status: 503 } });
  const part = await discover();
  state.switches.pageSize = 100;
  const line = part.coverage.find(({ source }) => source === 'entra/delegated-grants:to-gateway');
  assert.deepEqual([line?.state, line?.looked], ['partial', { count: 2, unit: 'grants' }]);
});
