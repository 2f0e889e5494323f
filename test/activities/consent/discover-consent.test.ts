import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { discoverConsent } from '../../../activities/consent/discover-consent.ts';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { caseSensitive } from '../../../local/tenant/entra/state/state.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import type { RemedyCall } from '../../../src/cases/remedies/remedy.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { deleteAppRoleAssignment } from '../../../src/steps/consent/remedies/delete-app-role-assignment.ts';
import { deleteDelegatedGrant } from '../../../src/steps/consent/remedies/delete-delegated-grant.ts';
import { grantIdOf } from '../../../src/steps/consent/rules/grant-id.ts';
import { VENDOR_FAULTS } from '../../support/faults.ts';
import {
  type ConsentWorld,
  caseId,
  claude,
  gateway,
  grantOf,
  OWN,
  oid,
  planned,
  startConsent,
  vscode,
} from './consent-world.ts';

let state: ConsentWorld['state'];
let app: ConsentWorld['app'];
let config: ConsentWorld['config'];
let tenant: ConsentWorld['tenant'];
let context: ConsentWorld['context'];
let admin: ConsentWorld['admin'];
let leaverNow: ConsentWorld['leaverNow'];
let discover: ConsentWorld['discover'];
let prepare: ConsentWorld['prepare'];
before(async () => {
  ({ state, app, config, tenant, context, admin, leaverNow, discover, prepare } = await startConsent());
});
after(() => app.stop());
beforeEach(() => prepare());

const ofKind = ({ findings }: StepResult, kind: string): Finding[] =>
  findings.filter((finding) => finding.kind === kind);

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
