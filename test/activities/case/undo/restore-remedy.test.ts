import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { caseSensitive } from '../../../../local/tenant/entra/state/state.ts';
import type { RemedyCall as AnyCall } from '../../../../src/cases/remedies/remedy.ts';
import { REMEDIES, type RemedyCall, type RemedyKind, remedyDefinition } from '../../../../src/steps/registry.ts';
import { restoreTarget } from '../../../../src/steps/restoring/restore-target.ts';
import { type RestoringByApp, targetOf } from '../../../../src/steps/restoring/restoring.ts';
import { colleague, type RestoreRemedyWorld, startRestoreRemedy } from './restore-remedy-world.ts';

let app: RestoreRemedyWorld['app'];
let entra: RestoreRemedyWorld['entra'];
let arm: RestoreRemedyWorld['arm'];
let github: RestoreRemedyWorld['github'];
let devops: RestoreRemedyWorld['devops'];
let vendors: RestoreRemedyWorld['vendors'];
let callsOf: RestoreRemedyWorld['callsOf'];
let cut: RestoreRemedyWorld['cut'];
before(async () => {
  ({ app, entra, arm, github, devops, vendors, callsOf, cut } = await startRestoreRemedy());
});
after(() => app.stop());

const GIVES = REMEDIES.flatMap(({ kind, restore }) => (restore.by === 'app' ? [kind] : []));

function restoringOf(call: AnyCall): RestoringByApp {
  const { restore } = remedyDefinition(call);
  assert.ok(restore.by === 'app');
  return restore;
}

/** What of the simulated tenant gives access, without the ids that a vendor gives anew and the times. */
function accessNow(): unknown {
  return JSON.parse(
    JSON.stringify({
      grants: entra.grants.all().map((each) => ({ ...each, scope: each.scope.trim() })),
      assignments: entra.assignments.all().map(({ id: _, createdDateTime: __, ...rest }) => rest),
      credentials: entra.federatedCredentials.all().map(({ id: _, ...rest }) => rest),
      owners: entra.applications.all().map(({ id, owners }) => [id, [...(owners ?? [])].sort()]),
      trusts: arm.identities.all().map(({ id, credentials }) => [id, credentials.all()]),
      keys: arm.gatewayObjects.all().map(({ id, properties }) => [id, properties]),
      repositories: github.repositories.all().map(({ name, deployKeys, workflows }) => ({
        name,
        deployKeys: deployKeys.all().map(({ id: _, addedBy: __, ...rest }) => rest),
        workflows: workflows.all().map(({ id, state }) => [id, state]),
      })),
      agents: devops.agents.all().map(({ id, enabled }) => [id, enabled]),
      hooks: devops.hooks.all().map(({ id, status }) => [id, status]),
      connections: devops.connections.all().map(({ id, isDisabled = false }) => [id, isDisabled]),
    }),
    (_key, value: unknown) =>
      Array.isArray(value) && typeof value[0] === 'object' ? value.map((each) => sorted(each)).sort() : value,
  );
}

/** The same text for the same thing, in whichever order its members came. */
function sorted(value: unknown): string {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return JSON.stringify(isObject ? Object.fromEntries(Object.entries(value).sort()) : value);
}

for (const kind of GIVES) {
  test(`${kind}: what is cut and given back gives the same access as before, once`, async () => {
    const calls = callsOf(kind);
    assert.ok(calls.length > 0, `the case study has a ${kind}`);
    for (const call of calls) {
      const restore = restoringOf(call);
      const before = accessNow();
      assert.deepEqual(await restoreTarget(vendors, restore, call, {}), { is: 'there' }, 'nothing was cut yet');
      const image = await cut(call);
      if (kind !== 'deny-identity') assert.notDeepEqual(accessNow(), before);
      assert.equal((await restoreTarget(vendors, restore, call, image)).is, 'given');
      assert.deepEqual(accessNow(), before);
      assert.deepEqual(await restoreTarget(vendors, restore, call, image), { is: 'there' });
      assert.deepEqual(accessNow(), before);
    }
  });
}

test('an app role that was given back under another id is the same target, and another person’s is not', async () => {
  const [call] = callsOf('delete-app-role-assignment');
  assert.ok(call !== undefined);
  const restore = restoringOf(call);
  const anew = { ...call, assignmentId: 'another' };
  assert.equal(targetOf(anew, restore), targetOf(call, restore));
  const others = { ...call, expected: { ...call.expected, holder: colleague.oid } };
  assert.notEqual(targetOf(others, restore), targetOf(call, restore));
});

/** What a call says of its target that changes while it stays the same one. */
const CHANGES: readonly (readonly [RemedyKind, object])[] = [
  ['remove-application-owner', { name: 'renamed' }],
  ['disable-service-connection', { name: 'renamed' }],
  ['disable-agent', { cancels: 'build' }],
];

for (const [kind, change] of CHANGES) {
  test(`${kind}: what was given back and is called otherwise by now is the same target`, () => {
    const [call] = callsOf(kind);
    assert.ok(call !== undefined);
    const changed = { ...call, ...change };
    assert.notDeepEqual(changed, call);
    assert.equal(targetOf(changed, restoringOf(call)), targetOf(call, restoringOf(call)));
  });
}

/** Something else in the place of what was cut, and how to take it away again. */
const OTHERS: { readonly [Kind in RemedyKind]?: (call: Extract<RemedyCall, { kind: Kind }>) => () => unknown } = {
  'delete-delegated-grant': ({ grantId, clientId, resourceId, expected }) => {
    const { consentType, principal: principalId } = expected;
    assert.ok(consentType === 'Principal');
    entra.grants.add({ id: grantId, clientId, resourceId, consentType, principalId, scope: 'mcp.tools.admin' });
    return () => entra.grants.delete(caseSensitive(grantId));
  },
  'delete-federated-credential': ({ parent, name }) => {
    assert.ok(parent.type === 'managed-identity');
    const there = arm.identities.where((each) => each.id.toLowerCase() === parent.resourceId.toLowerCase())[0];
    there?.credentials.add({ name, issuer: 'https://gitlab.com', subject: 'project_path:x', audiences: ['api://x'] });
    return () => there?.credentials.delete(name);
  },
  'suspend-subscription-key': ({ serviceId, name }) => {
    const row = arm.gatewayObjects.get(`${serviceId}/subscriptions/${name}`);
    assert.ok(row !== undefined);
    const { properties } = row;
    row.properties = { ...properties, ownerId: `${serviceId}/users/bokafor` };
    return () => {
      row.properties = properties;
    };
  },
  'disable-agent': ({ poolId, agentId }) => {
    const name = devops.agents.get(`${poolId}/${agentId}`)?.name ?? '';
    devops.agents.patch(`${poolId}/${agentId}`, { name: 'build-07' });
    return () => devops.agents.patch(`${poolId}/${agentId}`, { name });
  },
};

for (const [kind, put] of Object.entries(OTHERS)) {
  test(`${kind}: something else in its place is left alone`, async () => {
    const [call] = callsOf(kind as RemedyKind).filter(
      ({ parent }) => (parent as { type?: string })?.type !== 'application',
    );
    assert.ok(call !== undefined);
    const image = await cut(call);
    const away = (put as (call: AnyCall) => () => unknown)(call);
    const before = accessNow();
    const given = await restoreTarget(vendors, restoringOf(call), call, image);
    assert.equal(given.is, 'other');
    assert.match(given.is === 'other' ? given.why : '', /another one by now/);
    assert.deepEqual(accessNow(), before);
    away();
    assert.equal((await restoreTarget(vendors, restoringOf(call), call, image)).is, 'given');
  });
}

test('what a redaction changed is given to nobody', async () => {
  const [call] = callsOf('remove-deploy-key');
  assert.ok(call !== undefined);
  const image = await cut(call);
  const given = await restoreTarget(vendors, restoringOf(call), call, { ...image, title: '[github-classic token]' });
  assert.match(given.is === 'other' ? given.why : '', /kept nowhere/);
  assert.equal((await restoreTarget(vendors, restoringOf(call), call, image)).is, 'given');
});
