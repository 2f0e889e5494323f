import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { containLeaver } from '../../../activities/containment/contain-leaver.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseMode } from '../../../src/cases/case.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { manifestName } from '../../../src/cases/folders.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult, StepResultRef } from '../../../src/cases/step-result.ts';
import { isDenied } from '../../../src/connectors/gateway/deny-list.ts';
import { findPerson } from '../../../src/connectors/graph/people/users.ts';
import { createCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { getJson, putOnce } from '../../../src/connectors/storage/evidence/evidence.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { runningCase } from '../../support/apps/running-case.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { VENDOR_FAULTS } from '../../support/faults.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import { seedContext } from '../../support/seed-context.ts';

const seed = seedContext();
const entra = seedEntra(seed);
const arm = seedArm(seed);
const app = await startApp({
  vendors: (core) => [makeGraph(core, entra), makeArm(core, arm)],
  storage: 'memory',
});
after(() => app.stop());
const { config, tenant, context } = app;
const admin = administratorOf(tenant.core, WORLD.operator.oid);
const oid = parseOid(WORLD.leaver.oid) as Oid;
const lists = arm.namedValues.all().map((row) => ({ row, value: row.value }));
const DELETED_AT = '2026-11-23T09:00:00.000Z';
let cases = 0;

beforeEach(async () => {
  tenant.faults.clear();
  for (const { row, value } of lists) row.value = value;
  await forgetDenied(config);
  if (entra.deletedUsers.get(oid) !== undefined) await admin.restoreUser(oid);
});

interface Contained extends StepResult {
  readonly ref: StepResultRef;
}

async function contain(
  person: Oid = oid,
  caseId: CaseId = nextCase(person),
  mode: CaseMode = 'apply',
): Promise<Contained> {
  const found = await findPerson(config, person);
  assert.ok(found.ok);
  const leaver = { ...found.value, github: [], devops: [] };
  const ref = await containLeaver.handler({ caseId, leaver, mode }, context);
  return { ...(await getJson<StepResult>(config, ref.ref)), ref };
}

const nextCase = (person: Oid): CaseId => {
  cases += 1;
  return makeCaseId(person, cases);
};
/** By the time at which they came: one that hung in an earlier test stands in the list when that was given up. */
const callsSince = (at: number) => tenant.calls.filter((each) => each.at >= at);
const kindOf = (part: StepResult, kind: string): Finding | undefined =>
  part.findings.find((finding) => finding.kind === kind);
const statuses = (part: StepResult) => Object.fromEntries(part.findings.map(({ kind, status }) => [kind, status]));

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

test('once the report is filed, a delivery that comes late does not shut out who came back meanwhile', async () => {
  const caseId = nextCase(oid);
  await contain(oid, caseId);
  await putOnce(config, 'evidence', manifestName({ caseId }), '{}');
  for (const { row, value } of lists) row.value = value;
  const before = Date.now();
  await contain(oid, caseId);
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: false });
  assert.deepEqual(
    callsSince(before).filter(({ vendor, method }) => vendor !== 'login' && method !== 'GET'),
    [],
  );
});

test('who was contained before there was a case is refused already, and the report says by whom, since when and why', async () => {
  const at = '2026-11-20T09:00:00.000Z';
  const contained = { oid, kind: 'person', by: WORLD.operator.oid, why: 'Calls at night', at } as const;
  await context.vendors.denied.contain({ ...contained, until: '2027-11-20T09:00:00.000Z' });
  const finding = kindOf(await contain(), 'gateway-deny-list');
  assert.equal(finding?.status, 'nothing-to-do');
  assert.match(finding?.reason ?? '', new RegExp(`since ${at} by ${WORLD.operator.oid}.*Calls at night`));
  const row = await context.vendors.storage.getDenied(oid);
  assert.deepEqual([row?.state, row?.until], ['denied', undefined]);
});

test('two deliveries at once put the leaver on the list once and file one record', async () => {
  const caseId = nextCase(oid);
  const [one, other] = await Promise.all([contain(oid, caseId), contain(oid, caseId)]);
  const denials = [one, other].map(({ actions }) => actions.find(({ what }) => what.includes('deny list')));
  assert.deepEqual(denials[0], denials[1]);
  assert.equal(denials[0]?.result, 'done');
});

test('restored in the middle of a case: a delivery that was started before does not shut the person out again', async () => {
  const caseId = nextCase(oid);
  const found = await findPerson(config, oid);
  assert.ok(found.ok);
  const leaver = { ...found.value, github: [], devops: [] };
  const { vendors } = context;
  const at = new Date().toISOString();
  const denied = await vendors.denied.deny({ oid, kind: 'person', caseId, why: 'deleted', at });
  const input = { caseId, leaver, mode: 'apply', denialGeneration: denied.row.generation } as const;
  await containLeaver.handler(input, context);
  await vendors.denied.release({ oid, caseId, at, by: 'entra', why: 'The account was restored.' });
  const before = Date.now();
  const ref = await containLeaver.handler(input, context);
  const part = await getJson<StepResult>(config, ref.ref);
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: false });
  const writes = callsSince(before).filter(({ method }) => method === 'PATCH' || method === 'POST');
  assert.deepEqual(
    writes.filter(({ vendor }) => vendor !== 'login'),
    [],
  );
  const finding = kindOf(part, 'gateway-deny-list');
  assert.equal(finding?.status, 'manual-action');
  assert.match(finding?.reason ?? '', /released by entra .*restored/);
});

test('a list that nobody can vouch for is told by the case, whose leaver is on it all the same', async () => {
  const [first] = lists;
  assert.ok(first);
  first.row.value = ',none,0e000000-0000-4000-8000-000000000001,';
  const part = await contain();
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: true });
  assert.equal(kindOf(part, 'gateway-deny-list')?.status, 'done');
  assert.equal(kindOf(part, 'deny-list-blocked')?.status, 'could-not-check');
  assert.match(first.row.value, /0e000000/, 'and nobody left it');
});

test('a case about a deletion revokes no sessions of an account that is there again', async () => {
  const caseId = nextCase(oid);
  await createCase(config, runningCase(oid, cases, { openedAt: new Date().toISOString(), deletedAt: DELETED_AT }));
  const before = Date.now();
  const part = await contain(oid, caseId);
  assert.deepEqual(statuses(part), { 'gateway-deny-list': 'done', 'sign-in-sessions': 'nothing-to-do' });
  assert.ok(callsSince(before).every(({ path }) => !path.includes('revokeSignInSessions')));
});

test('restored while the case waited for the engine: whoever is back is neither denied nor signed out', async () => {
  const caseId = nextCase(oid);
  await createCase(config, runningCase(oid, cases, { state: 'open', deletedAt: DELETED_AT }));
  const part = await contain(oid, caseId);
  const denied = await isDenied(config, oid);
  assert.ok(denied.ok && !denied.value);
  assert.deepEqual([kindOf(part, 'gateway-deny-list')?.status, part.actions], ['planned', []]);
});
