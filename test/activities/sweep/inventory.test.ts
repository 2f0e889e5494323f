import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  InventoryIndexSchema,
  latestName,
} from '../../../activities/runner-credentials/github/inventory/inventory-index.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { containerOf } from '../../../src/connectors/storage/evidence/evidence.ts';
import { LEAVER, ORGANISATION } from '../runner-credentials/github/case-study.ts';
import { clock, HOUR, type InventoryWorld, startInventory } from './inventory-world.ts';

let app: InventoryWorld['app'];
let state: InventoryWorld['state'];
let mint: InventoryWorld['mint'];
let organisation: InventoryWorld['organisation'];
let scanAll: InventoryWorld['scanAll'];
let pass: InventoryWorld['pass'];
let restOfRepositories: InventoryWorld['restOfRepositories'];
let logged: InventoryWorld['logged'];
let silence: InventoryWorld['silence'];
before(async () => {
  ({ app, state, mint, organisation, scanAll, pass, restOfRepositories, logged, silence } = await startInventory());
});
after(() => app.stop());

test('what a pass files holds no token, and every token of every place', async () => {
  const value = mint.mint('github-classic');
  const jwt = mint.jwt({ iss: `https://login.microsoftonline.com/${WORLD.tenantId}/v2.0`, oid: LEAVER.oid });
  state.repositories.get(`${ORGANISATION}/payments-api`)?.variables.add({ name: 'OWN', value });
  state.repositories.get(`${ORGANISATION}/payments-api`)?.variables.add({ name: 'JWT', value: jwt });
  const { filed } = await pass();
  const text = JSON.stringify(filed);
  assert.equal(text.includes(value) || text.includes(value.slice(-8)) || text.includes(jwt.slice(-20)), false);
  assert.equal(filed.flatMap(({ facts }) => facts).length, state.repositories.size);
  const owned = filed.flatMap((each) => each.owned);
  assert.deepEqual(
    owned.filter(({ kind }) => kind === 'token-in-repository').map(({ owner }) => owner),
    [{ oid: LEAVER.oid }],
  );
  assert.ok(owned.some(({ kind, owner }) => kind === 'schedule' && 'accountId' in owner));
});

test('a second pass asks no repository of which the log says nothing, and each that it names', async () => {
  const from = app.tenant.calls.length;
  await pass();
  assert.deepEqual(restOfRepositories(from), []);
  logged('payments-api');
  const named = app.tenant.calls.length;
  await pass();
  const asked = restOfRepositories(named);
  assert.ok(asked.length > 0);
  assert.ok(
    asked.every((each) => each.includes('/payments-api/')),
    asked.join('\n'),
  );
});

test('a log that has become empty is not believed: every list is asked, by the sweep and by a case', async () => {
  const lift = silence();
  const from = app.tenant.calls.length;
  await scanAll();
  const swept = app.tenant.calls.length;
  await pass();
  lift();
  const each = 2 * state.repositories.size;
  assert.ok(restOfRepositories(from).length - restOfRepositories(swept).length >= each);
  assert.ok(restOfRepositories(swept).length >= each);
  const again = app.tenant.calls.length;
  await pass();
  const others = restOfRepositories(again).filter((path) => !path.includes('/payments-api/'));
  assert.deepEqual(others, [], 'it is believed as soon as it holds again what it held');
});

test('without a log every list is asked, and none of them costs anything of the hour', async () => {
  const { auditLog } = organisation;
  organisation.auditLog = null;
  const from = app.tenant.calls.length;
  await pass();
  organisation.auditLog = auditLog;
  const asked = restOfRepositories(from);
  assert.ok(asked.length >= 2 * state.repositories.size);
  // A list of several pages has no ETag that stands for all of it.
  const paid = asked.filter(
    (each) => !each.startsWith('304 ') && !each.includes('/service-catalogue/actions/variables'),
  );
  assert.deepEqual(paid, []);
});

test('an inventory that is older than the setting says is not used', async () => {
  await pass();
  const { context } = app;
  const from = app.tenant.calls.length;
  const now = context.now;
  Object.assign(context, { now: () => new Date(clock.at + 7 * HOUR) });
  await scanAll();
  Object.assign(context, { now });
  assert.ok(restOfRepositories(from).length >= 2 * state.repositories.size);
});

test('an inventory from the future, or one that cannot be read, is not used, and the next pass files another', async () => {
  await pass();
  const { storage } = app.context.vendors;
  const name = latestName(ORGANISATION);
  const filed = InventoryIndexSchema.parse(JSON.parse((await storage.getText('inventory', name)) ?? ''));
  const scanned = async () => {
    const from = app.tenant.calls.length;
    await scanAll();
    return restOfRepositories(from).length >= 2 * state.repositories.size;
  };
  assert.equal(await scanned(), false);
  await storage.replaceLatest(name, { ...filed, at: new Date(clock.at + 9 * HOUR).toISOString() });
  assert.ok(await scanned());
  await pass();
  assert.equal(await scanned(), false);
  const blob = containerOf(app.config, 'inventory').getBlockBlobClient(name);
  await blob.upload('{"organisation":', 16);
  assert.ok(await scanned());
  await pass();
  assert.equal(await scanned(), false);
});
