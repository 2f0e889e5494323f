import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePlan } from '../../../../activities/case/make-plan.ts';
import { fileStepResult } from '../../../../activities/case/report/file-step-result.ts';
import { restoreRemedy } from '../../../../activities/case/undo/restore-remedy.ts';
import { seedLeftBehind } from '../../../../local/tenant/devops/seeds/seed-left-behind.ts';
import { caseSensitive } from '../../../../local/tenant/entra/state/state.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import { proceeds } from '../../../../src/cases/remedies/plan.ts';
import type { RemedyCall as AnyCall } from '../../../../src/cases/remedies/remedy.ts';
import type { RestoreRef, Undone, Wanted } from '../../../../src/cases/remedies/restore.ts';
import { denyIdentity } from '../../../../src/steps/federated-credentials/remedies/deny-identity.ts';
import { REMEDIES, type RemedyCall, type RemedyKind, remedyDefinition } from '../../../../src/steps/registry.ts';
import { restoreTarget } from '../../../../src/steps/restoring/restore-target.ts';
import { type Image, type RestoringByApp, targetOf, undoInWords } from '../../../../src/steps/restoring/restoring.ts';
import { LEAVER, startCaseStudyApp } from '../../../support/apps/case-study-app.ts';
import { plantWorkload } from '../../../support/plant-workload.ts';

const { app, states, discover } = await startCaseStudyApp();
after(() => app.stop());
const { entra, arm, github, devops } = states;
const { vendors } = app.context;
const [colleague] = WORLD.colleagues;
const organisation = WORLD.github.organisation;
const documents = github.repositories.get(`${organisation}/document-pipeline`);
assert.ok(documents !== undefined);
documents.deployKeys.add({
  id: 501,
  key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5',
  title: 'deploy',
  readOnly: false,
  addedBy: WORLD.leaver.githubLogin,
});
const { application } = plantWorkload(entra, {
  name: 'case-study-agent',
  role: 'own',
  owners: [LEAVER.oid, colleague.oid],
  secrets: [{ name: 'nightly', by: LEAVER.oid }],
});
entra.federatedCredentials.add({
  id: 'f1f1f1f1-0000-4000-8000-000000000001',
  applicationId: application.id,
  name: 'laptop',
  issuer: 'https://token.actions.githubusercontent.com',
  audiences: ['api://AzureADTokenExchange'],
  description: 'for the nightly run',
  subject: `repo:${WORLD.leaver.githubLogin}/private:ref:refs/heads/main`,
  claimsMatchingExpression: null,
});
seedLeftBehind(devops);

const identity: AnyCall = denyIdentity.call.parse({
  kind: 'deny-identity',
  caseId: makeCaseId(LEAVER.oid, 1),
  oid: arm.identities.all()[0]?.principalId,
  name: 'id-pipeline',
  minutes: 60,
  expected: { oid: arm.identities.all()[0]?.principalId },
});

let found: readonly Finding[] = [];
before(async () => {
  found = (await discover(['consent', 'federated-credentials', 'runner-credentials'])).flatMap((part) => part.findings);
});

const GIVES = REMEDIES.flatMap(({ kind, restore }) => (restore.by === 'app' ? [kind] : []));

/** One target of each kind; of a federated credential one of either parent. */
function callsOf(kind: RemedyKind): readonly AnyCall[] {
  if (kind === 'deny-identity') return [identity];
  const calls = found.flatMap(({ remedy }) => (remedy?.call.kind === kind ? [remedy.call as RemedyCall] : []));
  const sorts = Map.groupBy(calls, (call) => String((call as { parent?: { type?: string } }).parent?.type));
  return [...sorts.values()].flatMap((group) => group.slice(0, 1)).map(asItIs);
}

/** By the number that the vendor has for it now. */
function asItIs(call: AnyCall): AnyCall {
  const key = documents?.deployKeys.all()[0];
  if (call.kind === 'remove-deploy-key') return { ...call, keyId: key?.id };
  const role = entra.assignments
    .all()
    .find(({ principalId, appRoleId }) => principalId === call.expected.holder && appRoleId === call.expected.roleId);
  return role === undefined ? call : { ...call, assignmentId: role.id };
}

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

/** Cuts a target, and answers what it was before. */
async function cut(call: AnyCall): Promise<Image> {
  const { read, act } = remedyDefinition(call);
  const seen = await read(vendors, call);
  assert.ok(seen.ok && seen.value.state === 'present', JSON.stringify(seen));
  const acted = await act(vendors, call);
  assert.ok(acted.ok, JSON.stringify(acted));
  return JSON.parse(JSON.stringify(seen.value.image)) as Image;
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

let asked = 0;

/** Files what somebody wants back, as the API does. */
async function want(call: AnyCall, image?: Image): Promise<{ ref: RestoreRef; wanted: Wanted }> {
  asked += 1;
  const caseId = makeCaseId(LEAVER.oid, 7);
  const finding = found.find(({ remedy }) => remedy?.call.kind === call.kind);
  assert.ok(finding?.remedy !== undefined);
  const { restore } = remedyDefinition(call);
  const wanted: Wanted = {
    ...{ findingId: finding.id, remedyId: finding.remedy.id, what: finding.remedy.what, undo: undoInWords(restore) },
    ...{ by: restore.by, call },
    ...(image && { image: await vendors.storage.putJson('evidence', `cases/${caseId}/before`, image) }),
  };
  const about = { n: asked, revision: 1, by: colleague.oid, at: '2026-11-02T10:00:00.000Z', reason: 'The wrong one.' };
  const file = await vendors.storage.putJson('evidence', `cases/${caseId}/restores/${asked}`, {
    caseId,
    ...about,
    wanted: [wanted],
  });
  return { ref: { ...about, file }, wanted };
}

test('delivered twice it is given back once, and both say the same', async () => {
  const [call] = callsOf('delete-app-role-assignment');
  assert.ok(call !== undefined);
  const { ref, wanted } = await want(call, await cut(call));
  const input = { caseId: makeCaseId(LEAVER.oid, 7), restore: ref, remedyId: wanted.remedyId };
  const first = await restoreRemedy.handler(input, app.context);
  const again = await restoreRemedy.handler(input, app.context);
  assert.equal(first.result, 'restored');
  assert.deepEqual(again, first);
  const undone = await vendors.storage.getJson<Undone>(first.undone);
  assert.equal(undone.readBack?.state, 'present');

  // The next reading finds it under another id, and its remedy needs nobody's word: it is not carried out all the same.
  const finding = found.find(({ remedy }) => remedy?.call.kind === call.kind);
  assert.ok(finding?.remedy?.risk === 'safe');
  const anew = { ...finding, remedy: { ...finding.remedy, call: asItIs(call) } };
  assert.notDeepEqual(anew.remedy.call, call);
  const filed = { step: 'consent' as const, findings: [anew], coverage: [], actions: [] };
  const parts = [await fileStepResult(vendors, input.caseId, filed)];
  const plan = async (restores: readonly RestoreRef[]) => {
    const { steps } = await makePlan.handler({ caseId: input.caseId, parts, restores }, app.context);
    return steps.map(proceeds);
  };
  assert.deepEqual([await plan([]), await plan([ref])], [[true], [false]]);
});

test('what somebody put back by hand is there already', async () => {
  const [call] = callsOf('disable-workflow');
  assert.ok(call !== undefined);
  const { ref, wanted } = await want(call, { id: 1 });
  const input = { caseId: makeCaseId(LEAVER.oid, 7), restore: ref, remedyId: wanted.remedyId };
  assert.equal((await restoreRemedy.handler(input, app.context)).result, 'there');
});

test('what only a person can give back is told with what it was', async () => {
  const call = found.find(({ remedy }) => remedy?.call.kind === 'delete-access-policy')?.remedy?.call;
  assert.ok(call !== undefined);
  const { ref, wanted } = await want(call, { name: 'amoreau', objectId: LEAVER.oid });
  const input = { caseId: makeCaseId(LEAVER.oid, 7), restore: ref, remedyId: wanted.remedyId };
  const { result, undone } = await restoreRemedy.handler(input, app.context);
  assert.equal(result, 'by-hand');
  const filed = await vendors.storage.getJson<Undone>(undone);
  assert.match(filed.undo, /^By hand: Put the access policy again/);
  assert.match(filed.before ?? '', new RegExp(LEAVER.oid));
});

test('what the vendor took and does not show yet is not given twice, and counts as there', async () => {
  const [call] = callsOf('delete-app-role-assignment');
  assert.ok(call !== undefined);
  const holder = String(call.expected.holder);
  const roles = () => entra.assignments.where(({ principalId }) => principalId === holder).length;
  const before = roles();
  const { ref, wanted } = await want(call, await cut(call));
  const input = { caseId: makeCaseId(LEAVER.oid, 7), restore: ref, remedyId: wanted.remedyId };
  entra.switches.leftOut.resource.add(holder);
  try {
    const first = await restoreRemedy.handler(input, app.context);
    assert.deepEqual([first.result, first.tryAgainAfterMs], ['failed', 0]);
    assert.equal((await restoreRemedy.handler(input, app.context)).result, 'unseen');
    assert.equal(roles(), before);
  } finally {
    entra.switches.leftOut.resource.delete(holder);
  }
});

test('nothing is given back for a case once a newer one is about the person', async () => {
  const [call] = callsOf('delete-app-role-assignment');
  assert.ok(call !== undefined);
  const image = await cut(call);
  const roles = () => entra.assignments.where(({ principalId }) => principalId === call.expected.holder).length;
  const before = roles();
  const { ref, wanted } = await want(call, image);
  const input = { caseId: makeCaseId(LEAVER.oid, 7), restore: ref, remedyId: wanted.remedyId };
  // They were named again while the case waited to give back what it had cut.
  const caseId = makeCaseId(LEAVER.oid, 8);
  const at = '2026-11-02T10:00:00.000Z';
  await vendors.storage.createCase({
    ...{ caseId, n: 8, oid: LEAVER.oid, mode: 'apply', state: 'open', instanceId: `case-${caseId}`, openedAt: at },
    ...{ trigger: 'hr-queue', reason: 'HR', requestedBy: 'hr', requestedAt: at, merged: [] },
  });
  const { result, undone } = await restoreRemedy.handler(input, app.context);
  assert.equal(result, 'failed');
  assert.match((await vendors.storage.getJson<Undone>(undone)).why ?? '', new RegExp(`${caseId} is about the same`));
  assert.equal(roles(), before);
});
