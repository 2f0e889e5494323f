import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { discoverConsent } from '../../../activities/consent/discover-consent.ts';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { caseSensitive, type Side } from '../../../local/tenant/entra/state/state.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { RemedyCall } from '../../../src/cases/remedies/remedy.ts';
import type { StepResult, StepResultRef } from '../../../src/cases/step-result.ts';
import { findPerson } from '../../../src/connectors/graph/people/users.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { deleteAppRoleAssignment } from '../../../src/steps/consent/remedies/delete-app-role-assignment.ts';
import { deleteDelegatedGrant } from '../../../src/steps/consent/remedies/delete-delegated-grant.ts';
import { grantIdOf } from '../../../src/steps/consent/rules/grant-id.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { VENDOR_FAULTS } from '../../support/faults.ts';
import { seedContext } from '../../support/seed-context.ts';

const state = seedEntra(seedContext());
const app = await startApp({
  vendors: (core) => [makeGraph(core, state)],
  storage: 'memory',
});
after(() => app.stop());
const { config, tenant, context } = app;
const admin = administratorOf(tenant.core, WORLD.operator.oid);
const oid = parseOid(WORLD.leaver.oid) as Oid;
const caseId = makeCaseId(oid, 1);
const gateway = WORLD.gateway.servicePrincipalId;
const claude = WORLD.clients.claudeCode.servicePrincipalId;
const vscode = WORLD.clients.vscode.servicePrincipalId;
const grantOf = (clientId: string, resourceId: string, principalId: string = oid) =>
  grantIdOf({ clientId, resourceId, principalId });
const OWN = [
  grantOf(claude, gateway),
  grantOf(vscode, gateway),
  grantOf(gateway, ENTRA.documents.servicePrincipalId),
].sort();

beforeEach(async () => {
  tenant.faults.clear();
  state.switches.hideGrantsOfSoftDeleted = false;
  if (state.deletedUsers.get(oid) !== undefined) await admin.restoreUser(oid);
});

interface Discovered extends StepResult {
  readonly ref: StepResultRef;
}

async function leaverNow(): Promise<Leaver> {
  const found = await findPerson(config, oid);
  assert.ok(found.ok);
  return { ...found.value, github: [], devops: [] };
}

async function discover(leaver?: Leaver): Promise<Discovered> {
  const ref = await discoverConsent.handler({ caseId, leaver: leaver ?? (await leaverNow()) }, context);
  return { ...(await getJson<StepResult>(config, ref.ref)), ref };
}

const planned = ({ findings }: StepResult): string[] =>
  findings.flatMap(({ status, resource }) => (status === 'planned' ? [resource.id] : [])).sort();
const ofKind = ({ findings }: StepResult, kind: string): Finding[] =>
  findings.filter((finding) => finding.kind === kind);
const states = ({ coverage }: StepResult) => Object.fromEntries(coverage.map((line) => [line.source, line.state]));

test('a deleted person’s own consents and own role are planned to be taken, and nothing of anybody else', async () => {
  await admin.deleteUser(oid);
  const part = await discover();
  const role = state.assignments.where(({ principalId }) => principalId === oid)[0];
  assert.deepEqual(planned(part), [...OWN, role?.id].sort());
  assert.equal(part.ref.coverage, 'complete');
  assert.equal(part.ref.tryAgainAfterMs, undefined);
});

test('a finding names the client, the API, the person and the scopes without stray blanks', async () => {
  const part = await discover();
  const finding = part.findings.find(({ resource }) => resource.id === grantOf(claude, gateway));
  assert.equal(finding?.title, 'Claude Code may call MCP gateway as Alex Moreau: mcp.tools.read, mcp.tools.write');
  assert.deepEqual(finding?.evidence.scopes, ['mcp.tools.read', 'mcp.tools.write']);
  assert.equal(finding?.remedy?.risk, 'safe');
});

test('a tenant-wide consent, a pre-authorised client and a group’s role are told and never planned', async () => {
  const part = await discover();
  const everyone = grantIdOf({ clientId: vscode, resourceId: gateway });
  assert.deepEqual(
    ofKind(part, 'tenant-wide-grant').map(({ resource }) => resource.id),
    [everyone],
  );
  assert.deepEqual(
    ofKind(part, 'pre-authorised-client').map(({ resource }) => resource.name),
    ['MCP Inspector'],
  );
  const [group, ...more] = ofKind(part, 'group-app-role');
  assert.deepEqual([group?.evidence.group, more.length], [ENTRA.group.displayName, 0]);
  for (const kind of ['tenant-wide-grant', 'pre-authorised-client', 'group-app-role']) {
    assert.ok(ofKind(part, kind).every(({ remedy, status }) => remedy === undefined && status === 'nothing-to-do'));
  }
});

test('a living person who is in no group with a role gets no finding about that group', async () => {
  const memberIds = state.groups.get(ENTRA.group.id)?.memberIds;
  memberIds?.delete(oid);
  assert.deepEqual(ofKind(await discover(), 'group-app-role'), []);
  memberIds?.add(oid);
});

test('a group that hides its members is partial, by its id: the leaver may have its role', async () => {
  const group = state.groups.get(ENTRA.group.id);
  assert.ok(group !== undefined);
  state.groups.add({ ...group, visibility: 'HiddenMembership' });
  const { coverage, ...part } = await discover();
  state.groups.add(group);
  const line = coverage.find(({ source }) => source === 'entra/group-app-roles');
  assert.deepEqual([line?.state, line?.looked.count], ['partial', 0]);
  assert.match(line?.detail ?? '', new RegExp(`${group.id}.*Member\\.Read\\.Hidden`));
  assert.equal(part.ref.coverage, 'partial');
});

test('a group that holds a role and is not found when its members are asked for is not a group without the leaver', async () => {
  tenant.faults.add({ vendor: 'graph', path: /groups\/[^/]+\/members/, effect: { kind: 'answer', status: 404 } });
  const { coverage } = await discover();
  const line = coverage.find(({ source }) => source === 'entra/group-app-roles');
  assert.deepEqual([line?.state, line?.looked.count], ['unavailable', 0]);
});

test('tokens that were already issued are residual until they expire', async () => {
  const started = Date.now();
  const [tokens] = ofKind(await discover({ ...(await leaverNow()), state: 'disabled' }), 'issued-tokens');
  const until = Date.parse(tokens?.residual?.until ?? '');
  const lifetime = config.ACCESS_TOKEN_LIFETIME_MINUTES * 60_000;
  assert.ok(until >= started + lifetime && until <= Date.now() + lifetime);
});

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

test('without permission every source is denied and names the permission', async () => {
  const lists = ['entra/delegated-grants:to-gateway', 'entra/delegated-grants:behind-gateway'];
  const roles = ['entra/app-role-assignments', 'entra/group-app-roles', 'entra/pre-authorised-clients'];
  const check = 'entra/grant-cross-check';
  const cases: [string, string[]][] = [
    ['DelegatedPermissionGrant.Read.All', [...lists, check]],
    ['GroupMember.Read.All', ['entra/group-app-roles']],
    ['Application.Read.All', [...lists, check, ...roles]],
  ];
  // It contains each of them.
  app.reader.graph.delete('Directory.Read.All');
  for (const [permission, sources] of cases) {
    app.reader.graph.delete(permission);
    const part = await discover();
    app.reader.graph.add(permission);
    const denied = part.coverage.filter((line) => line.state === 'denied');
    assert.deepEqual(denied.map(({ source }) => source).sort(), [...sources].sort());
    assert.ok(denied.every(({ missingPermission }) => missingPermission === permission));
    assert.equal(part.ref.tryAgainAfterMs, undefined);
  }
  app.reader.graph.add('Directory.Read.All');
});

test('a gateway that this tenant does not know leaves nothing looked at, and says so', async () => {
  const ref = await discoverConsent.handler(
    { caseId, leaver: await leaverNow() },
    { ...context, settings: { ...config, GATEWAY_APP_ID: WORLD.operator.oid } },
  );
  const part = await getJson<StepResult>(config, ref.ref);
  assert.ok(part.coverage.every((line) => line.state === 'unavailable'));
  assert.equal(ref.coverage, 'unavailable');
});

function callOf<K extends RemedyCall['kind']>(part: StepResult, kind: K): Extract<RemedyCall, { kind: K }>[] {
  return part.findings.flatMap(({ remedy }) =>
    remedy?.call.kind === kind ? [remedy.call as Extract<RemedyCall, { kind: K }>] : [],
  );
}

test('carrying the remedies out takes the leaver’s own and leaves everybody else’s as it was', async () => {
  await admin.deleteUser(oid);
  const part = await discover();
  const grants = state.grants.all();
  const assignments = state.assignments.all();
  const calls = callOf(part, 'delete-delegated-grant');
  const [role] = callOf(part, 'delete-app-role-assignment');
  assert.ok(role !== undefined && calls.length === 3);

  for (const call of calls) {
    const before = await deleteDelegatedGrant.read(context.vendors, call);
    assert.ok(before.ok && before.value.state === 'present');
    assert.equal(before.value.image.principalId, oid);
    const acted = await deleteDelegatedGrant.act(context.vendors, call);
    assert.ok(acted.ok && acted.requestId !== undefined);
    assert.deepEqual(await deleteDelegatedGrant.read(context.vendors, call), { ok: true, value: { state: 'gone' } });
    assert.equal((await deleteDelegatedGrant.act(context.vendors, call)).ok, true, 'what is gone already is success');
  }
  assert.ok((await deleteAppRoleAssignment.act(context.vendors, role)).ok);
  assert.deepEqual(await deleteAppRoleAssignment.read(context.vendors, role), { ok: true, value: { state: 'gone' } });
  assert.equal((await deleteAppRoleAssignment.act(context.vendors, role)).ok, true);

  const survivors = grants.filter(({ id }) => !OWN.includes(id));
  assert.deepEqual(state.grants.all(), survivors);
  assert.ok(survivors.some(({ principalId, resourceId }) => principalId === oid && resourceId !== gateway));
  assert.deepEqual(
    state.assignments.all(),
    assignments.filter(({ principalId }) => principalId !== oid),
  );

  const again = await discover();
  assert.deepEqual(planned(again), []);
  assert.equal(again.ref.coverage, 'partial', 'nobody can say what Graph’s lists show of a deleted person');
  assert.equal(ofKind(again, 'app-roles-unseen').length, 1);
  for (const grant of grants) state.grants.add(grant);
  for (const assignment of assignments) state.assignments.add(assignment);
});

for (const { name, effect, kind } of VENDOR_FAULTS.filter(({ effect }) => effect.kind !== 'delay')) {
  test(`${name} is neither a deleted consent nor a missing one`, async () => {
    const call = {
      kind: 'delete-delegated-grant',
      grantId: grantOf(claude, gateway),
      clientId: claude,
      resourceId: gateway,
      scope: '',
      expected: { consentType: 'Principal', principal: oid, client: claude, resource: gateway, scopes: [] as string[] },
    } as const;
    tenant.faults.add({ vendor: 'graph', effect });
    const read = await deleteDelegatedGrant.read(context.vendors, call);
    assert.ok(!read.ok && read.failure.kind === kind);
    // A 204 has no body that could break off.
    if (effect.kind === 'truncate') return;
    const acted = await deleteDelegatedGrant.act(context.vendors, call);
    assert.ok(!acted.ok && acted.failure.kind === kind);
    assert.ok(state.grants.get(caseSensitive(call.grantId)) !== undefined);
  });
}
