import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { containLeaver } from '../../../activities/containment/contain-leaver.ts';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { isDenied } from '../../../src/connectors/gateway/deny-list.ts';
import { findPerson } from '../../../src/connectors/graph/people/users.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { VENDOR_FAULTS } from '../../support/faults.ts';
import {
  type ContainLeaverWorld,
  kindOf,
  nextCase,
  oid,
  startContainLeaver,
  statuses,
} from './contain-leaver-world.ts';

let arm: ContainLeaverWorld['arm'];
let app: ContainLeaverWorld['app'];
let config: ContainLeaverWorld['config'];
let tenant: ContainLeaverWorld['tenant'];
let context: ContainLeaverWorld['context'];
let admin: ContainLeaverWorld['admin'];
let lists: ContainLeaverWorld['lists'];
let contain: ContainLeaverWorld['contain'];
let callsSince: ContainLeaverWorld['callsSince'];
let prepare: ContainLeaverWorld['prepare'];
before(async () => {
  ({ arm, app, config, tenant, context, admin, lists, contain, callsSince, prepare } = await startContainLeaver());
});
after(() => app.stop());
beforeEach(() => prepare());

test('an enabled person is denied at the gateway first, then loses the sessions, and the account is left to a human', async () => {
  const before = Date.now();
  const part = await contain();
  assert.deepEqual(statuses(part), {
    'gateway-deny-list': 'done',
    'sign-in-sessions': 'done',
    'account-enabled': 'manual-action',
  });
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: true });
  const writes = callsSince(before).filter(({ method }) => method !== 'GET' && method !== 'HEAD');
  assert.deepEqual(
    writes.filter(({ path }) => !/listValue/.test(path)).map(({ vendor }) => vendor),
    ['arm', 'graph'],
  );
  assert.ok(part.actions.every(({ result, requestId }) => result === 'done' && requestId !== undefined));
  assert.equal(part.ref.coverage, 'complete');
  assert.equal(part.ref.tryAgainAfterMs, undefined);
});

test('the deny list as it was before is filed and can be read back', async () => {
  const part = await contain();
  const image = part.actions.find(({ beforeImage }) => beforeImage !== undefined)?.beforeImage;
  assert.ok(image !== undefined);
  const filed = await getJson<{ namedValue: string; before: string }>(config, image);
  assert.equal(filed.before, lists.find(({ row }) => row.name === filed.namedValue)?.value);
  assert.doesNotMatch(filed.before, new RegExp(oid));
});

test('a second run of the same case says the same and writes nothing more to the list', async () => {
  const caseId = nextCase(oid);
  const first = await contain(oid, caseId);
  const values = arm.namedValues.all().map(({ value }) => value);
  const second = await contain(oid, caseId);
  assert.deepEqual(
    arm.namedValues.all().map(({ value }) => value),
    values,
  );
  assert.equal(kindOf(second, 'gateway-deny-list')?.status, 'done');
  const denied = (part: StepResult) => part.actions.find(({ what }) => what.includes('deny list'));
  assert.deepEqual(denied(second), denied(first));
});

test('a run that died, or heard nothing, after the gateway had taken the oid is followed by one that knows whose it is', async () => {
  const caseId = nextCase(oid);
  const lift = tenant.faults.add({ vendor: 'arm', method: 'PATCH', effect: { kind: 'truncate' } });
  const unheard = await contain(oid, caseId);
  lift();
  assert.equal(kindOf(unheard, 'gateway-deny-list')?.status, 'failed');
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: true });
  const next = await contain(oid, caseId);
  assert.equal(kindOf(next, 'gateway-deny-list')?.status, 'done');
  const image = next.actions.find(({ result }) => result === 'done')?.beforeImage;
  assert.ok(image !== undefined);
  assert.doesNotMatch((await getJson<{ before: string }>(config, image)).before, new RegExp(oid));
});

test('a person whom an earlier case denied needs nothing', async () => {
  await contain();
  const part = await contain();
  assert.equal(kindOf(part, 'gateway-deny-list')?.status, 'nothing-to-do');
  assert.deepEqual(
    part.actions.filter(({ what }) => what.includes('deny list')).map(({ result }) => result),
    ['nothing-to-do'],
  );
});

test('in mode plan nothing is written, and the report says what would be', async () => {
  const before = Date.now();
  const part = await contain(oid, nextCase(oid), 'plan');
  assert.deepEqual(statuses(part), {
    'gateway-deny-list': 'planned',
    'sign-in-sessions': 'planned',
    'account-enabled': 'manual-action',
  });
  assert.deepEqual(part.actions, []);
  assert.equal(part.ref.coverage, 'complete');
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: false });
  const writes = callsSince(before).filter(({ method, path }) => method !== 'GET' && !/listValue/.test(path));
  assert.deepEqual(writes, []);
});

test('a plan for a person who is denied already says that nothing is left to do at the gateway', async () => {
  await contain();
  const part = await contain(oid, nextCase(oid), 'plan');
  assert.equal(kindOf(part, 'gateway-deny-list')?.status, 'nothing-to-do');
});

test('a deleted person is denied, and Graph is not asked to revoke what no longer exists', async () => {
  await admin.deleteUser(oid);
  const before = Date.now();
  const part = await contain();
  assert.deepEqual(statuses(part), { 'gateway-deny-list': 'done', 'sign-in-sessions': 'nothing-to-do' });
  assert.ok(callsSince(before).every(({ path }) => !path.includes('revokeSignInSessions')));
});

test('a person who is deleted between the look and the revocation is treated as deleted', async () => {
  const found = await findPerson(config, oid);
  assert.ok(found.ok);
  await admin.deleteUser(oid);
  const leaver = { ...found.value, github: [], devops: [] };
  const ref = await containLeaver.handler({ caseId: nextCase(oid), leaver, mode: 'apply' }, context);
  const part = await getJson<StepResult>(config, ref.ref);
  assert.equal(kindOf(part, 'sign-in-sessions')?.status, 'nothing-to-do');
});

test('for a guest it is said that the home organisation’s sessions stay', async () => {
  const part = await contain(parseOid(ENTRA.guest.oid) as Oid);
  assert.match(kindOf(part, 'sign-in-sessions')?.reason ?? '', /home organisation/);
});

for (const { name, effect } of VENDOR_FAULTS) {
  test(`${name} from the gateway is a critical failure, and the sessions are revoked all the same`, async () => {
    const found = await findPerson(config, oid);
    assert.ok(found.ok);
    tenant.faults.add({ vendor: 'arm', effect });
    const part = await contain();
    const finding = kindOf(part, 'gateway-deny-list');
    assert.deepEqual([finding?.status, finding?.severity], ['failed', 'critical']);
    assert.equal(kindOf(part, 'sign-in-sessions')?.status, 'done');
    assert.notEqual(part.ref.coverage, 'complete');
    assert.notEqual(part.ref.tryAgainAfterMs, undefined);
    assert.doesNotMatch(JSON.stringify(part), /SECRET-IN-BODY/);
  });

  test(`${name} from Graph does not stop the gateway from refusing, and is no revoked session`, async () => {
    tenant.faults.add({
      vendor: 'graph',
      method: 'POST',
      effect: effect.kind === 'truncate' ? { kind: 'reset' } : effect,
    });
    const part = await contain();
    assert.equal(kindOf(part, 'gateway-deny-list')?.status, 'done');
    assert.equal(kindOf(part, 'sign-in-sessions')?.status, 'failed');
    assert.notEqual(part.ref.tryAgainAfterMs, undefined);
  });
}

test('a missing permission on the gateway is a failure that names what to do, and waiting would not help', async () => {
  for (const action of ['read', 'write'])
    app.remover.azure.delete(`Microsoft.ApiManagement/service/namedValues/${action}`);
  const part = await contain();
  for (const action of ['read', 'write'])
    app.remover.azure.add(`Microsoft.ApiManagement/service/namedValues/${action}`);
  const finding = kindOf(part, 'gateway-deny-list');
  assert.equal(finding?.status, 'failed');
  assert.match(finding?.reason ?? '', new RegExp(oid));
  assert.equal(part.ref.coverage, 'denied');
  assert.equal(part.ref.tryAgainAfterMs, undefined);
});
