import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { ArmNamedValue } from '../../../local/tenant/arm/state.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { changeDenyList, isDenied } from '../../../src/connectors/gateway/deny-list.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { VENDOR_FAULTS } from '../../support/faults.ts';

const state = seedArm({
  now: new Date(),
  scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 },
  mint: makeTokenMint(),
});
const app = await startApp({ vendors: (core) => [makeArm(core, state)] });
const { config, tenant } = app;
after(() => app.stop());
const [first, second] = state.namedValues.all() as [ArmNamedValue, ArmNamedValue];
const { oid } = WORLD.leaver;
const other = 'aaaaaaaa-0000-4000-8000-000000000001';

beforeEach(() => {
  tenant.faults.clear();
  for (const row of [first, second]) Object.assign(row, { value: ',none,', secret: false });
  state.namedValueWrites = 'immediate';
  tenant.calls.length = 0;
});

const deny = (id: string) => changeDenyList(config, async ({ oids }) => ({ add: oids.has(id) ? [] : [id], drop: [] }));

const holderOf = async (id: string): Promise<string | undefined> => {
  const denied = await deny(id);
  return denied.ok ? denied.value.holds.get(id) : undefined;
};

test('a caller is denied with one read per named value, one write, and one read of what was written', async () => {
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: false });
  tenant.calls.length = 0;
  const denied = await deny(oid);
  assert.ok(denied.ok);
  assert.equal(denied.value.holds.get(oid), 'mcp-denied-oids');
  assert.deepEqual(denied.value.images, [{ namedValue: 'mcp-denied-oids', before: ',none,' }]);
  assert.deepEqual(
    tenant.calls.map(({ method }) => method),
    ['GET', 'GET', 'PATCH', 'GET'],
  );
  assert.equal(first.value, `,none,${oid},`);
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: true });
});

test('a caller who is on any of the lists is not added to another', async () => {
  second.value = `,none,${oid},`;
  assert.equal(await holderOf(oid), 'mcp-denied-oids-2');
  assert.ok(tenant.calls.every(({ method }) => method === 'GET'));
});

test('who is dropped leaves the list, and everybody else stays where they are', async () => {
  first.value = `,none,${oid},by-hand,${other},`;
  const changed = await changeDenyList(config, async () => ({ add: [], drop: [oid] }));
  assert.ok(changed.ok);
  assert.deepEqual([first.value, changed.value.holds.has(oid)], [`,none,by-hand,${other},`, false]);
});

test('a write that Azure takes and that is not there afterwards is no denial', async () => {
  // Somebody puts the old value back at the same moment.
  const unwatch = tenant.server.onCall(({ method, vendor }) => {
    if (vendor === 'arm' && method === 'PATCH') queueMicrotask(() => Object.assign(first, { value: ',none,' }));
  });
  const denied = await deny(oid);
  unwatch();
  assert.ok(!denied.ok && denied.failure.kind === 'unavailable');
  assert.match(denied.failure.message, /read back without it/);
});

test('two leavers at the same moment are both denied', async () => {
  const results = await Promise.all([deny(oid), deny(other)]);
  assert.ok(results.every((result) => result.ok));
  assert.deepEqual(new Set(first.value.split(',')), new Set(['', 'none', oid, other]));
});

test('a list that somebody else keeps changing is a conflict to come back for, after a bounded number of tries', async () => {
  tenant.faults.add({ vendor: 'arm', method: 'PATCH', effect: { kind: 'answer', status: 412 } });
  const denied = await deny(oid);
  assert.ok(!denied.ok && denied.failure.kind === 'conflict' && denied.failure.retryable);
  assert.equal(tenant.calls.filter(({ method }) => method === 'PATCH').length, 5);
});

test('a full list is left alone and the next one takes the caller', async () => {
  const full = `,none,${Array.from({ length: 110 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`).join(',')},`;
  first.value = full;
  const denied = await deny(oid);
  assert.ok(denied.ok);
  assert.deepEqual([denied.value.holds.get(oid), first.value], ['mcp-denied-oids-2', full]);
  second.value = full;
  const nowhere = await deny(other);
  assert.ok(nowhere.ok);
  assert.deepEqual([nowhere.value.full, nowhere.value.holds.has(other)], [[other], false]);
});

for (const how of ['queued', 'in-progress'] as const) {
  test(`a change that Azure answers as ${how} counts only when it is carried out`, async () => {
    state.namedValueWrites = how;
    assert.equal(await holderOf(oid), 'mcp-denied-oids');
    assert.equal(first.value, `,none,${oid},`);
  });
}

test('a queued change that fails is no denial, and Azure’s code is told', async () => {
  state.namedValueWrites = 'fails';
  const denied = await deny(oid);
  assert.ok(!denied.ok && denied.failure.kind === 'unavailable');
  assert.match(denied.failure.message, /Failed \(ValidationError\)/);
});

test('a queued change of which nothing came, although Azure says so, is no denial', async () => {
  state.namedValueWrites = 'lost';
  const denied = await deny(oid);
  assert.ok(!denied.ok && denied.failure.kind === 'unavailable');
  assert.match(denied.failure.message, /read back without it/);
});

test('without the role to ask for the result of a queued change, the answer names that action', async () => {
  const action = 'Microsoft.ApiManagement/service/tenant/operationResults/read';
  state.namedValueWrites = 'queued';
  app.remover.azure.delete(action);
  const denied = await deny(oid);
  app.remover.azure.add(action);
  assert.ok(!denied.ok && denied.failure.kind === 'denied');
  assert.equal(denied.failure.missingPermission, action);
});

test('the list works as a secret too: its value is then asked for separately', async () => {
  first.secret = true;
  app.remover.azure.add('Microsoft.ApiManagement/service/namedValues/listValue/action');
  const denied = await deny(oid);
  app.remover.azure.delete('Microsoft.ApiManagement/service/namedValues/listValue/action');
  assert.ok(denied.ok);
  assert.equal(first.value, `,none,${oid},`);
  const check = await isDenied(config, oid);
  assert.ok(!check.ok && check.failure.kind === 'denied');
  assert.match(check.failure.message, /listValue\/action/);
});

test('one unreadable list does not keep the caller from being denied, but nobody says “not denied” without it', async () => {
  const path = /mcp-denied-oids\?/;
  tenant.faults.add({ vendor: 'arm', path, effect: { kind: 'answer', status: 500 } });
  const check = await isDenied(config, oid);
  assert.equal(check.ok, false);
  const denied = await deny(oid);
  assert.ok(denied.ok);
  assert.equal(denied.value.holds.get(oid), 'mcp-denied-oids-2');
  assert.equal(denied.value.unread?.kind, 'unavailable');
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: true });
});

test('without the role to write, the answer names the action', async () => {
  app.remover.azure.delete('Microsoft.ApiManagement/service/namedValues/write');
  const denied = await deny(oid);
  app.remover.azure.add('Microsoft.ApiManagement/service/namedValues/write');
  assert.ok(!denied.ok && denied.failure.kind === 'denied');
  assert.equal(denied.failure.missingPermission, 'Microsoft.ApiManagement/service/namedValues/write');
});

for (const { name, effect, kind } of VENDOR_FAULTS) {
  test(`${name}: neither denying nor checking claims success`, async () => {
    const lift = tenant.faults.add({ vendor: 'arm', method: 'PATCH', effect });
    const written = await deny(oid);
    lift();
    assert.equal(!written.ok && written.failure.kind, kind);
    first.value = ',none,';
    tenant.faults.add({ vendor: 'arm', method: 'GET', effect });
    const checked = await isDenied(config, oid);
    assert.equal(!checked.ok && checked.failure.kind, kind);
    assert.doesNotMatch(JSON.stringify([written, checked]), /SECRET/);
  });
}
