import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import {
  deleteFederatedCredential,
  getFederatedCredential,
  listFederatedCredentials,
} from '../../../src/connectors/managed-identity/federated-credentials.ts';
import { listIdentities } from '../../../src/connectors/managed-identity/identities.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { VENDOR_FAULTS } from '../../support/faults.ts';

const { platform, workloads } = WORLD.subscriptions;
const seed = () =>
  seedArm({
    now: new Date(),
    scale: { repositories: 0, identities: 30, credentialsPerIdentity: 2 },
    mint: makeTokenMint(),
  });
const state = seed();
const app = await startApp({ vendors: (core) => [makeArm(core, state)] });
const { config, tenant } = app;
after(() => app.stop());
beforeEach(() => {
  tenant.faults.clear();
  tenant.calls.length = 0;
  state.pageSize = 20;
});

const READ = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read';
const sandbox = { subscriptionId: platform, resourceGroup: 'rg-platform', name: 'id-sandbox' };
const mail = { subscriptionId: workloads, resourceGroup: 'rg-mail', name: 'id-mail-digest' };

test('every identity of a subscription is listed, over all pages and with ids in any case', async () => {
  state.pageSize = 4;
  const { items, failure } = await listIdentities(config, platform);
  assert.equal(failure, undefined);
  assert.equal(items.length, 19);
  assert.equal(new Set(items.map(({ name }) => name)).size, 19);
  const old = items.find(({ name }) => name === 'id-docstore-sync');
  assert.equal(old?.resourceGroup, 'rg-mcp-tools');
  assert.match(old?.resourceId ?? '', /\/resourcegroups\//);
  assert.deepEqual(items.find(({ name }) => name === 'id-infra-plan')?.tags, { 'managed-by': 'terraform' });
});

test('identities with the group’s name in another case can be read all the same', async () => {
  const { items } = await listIdentities(config, platform);
  const old = items.find(({ name }) => name === 'id-docstore-sync');
  assert.ok(old);
  const { items: credentials } = await listFederatedCredentials(config, old);
  assert.deepEqual(
    credentials.map(({ name }) => name),
    ['nightly-sync', 'nightly-env', 'sync-ana'],
  );
});

test('a flexible credential comes with the expression that the SDK drops', async () => {
  const { items } = await listFederatedCredentials(config, sandbox);
  assert.deepEqual(
    items.map(({ subject, expression }) => [subject, expression]),
    [
      [undefined, "claims['sub'] matches 'repo:amoreau/*'"],
      [undefined, "claims['sub'] matches 'repo:a*/sandbox:*'"],
      [undefined, "claims['sub'] matches 'repo:northwind-capital/*:ref:refs/heads/main'"],
      [undefined, "claims['sub'] matches 'repo:northwind-capital*:ref:refs/heads/main'"],
    ],
  );
  const one = await getFederatedCredential(config, sandbox, 'personal-repos');
  assert.ok(one.ok);
  assert.equal(one.value.expression, "claims['sub'] matches 'repo:amoreau/*'");
});

test('a page that fails after others succeeded keeps what was read, and says that it is not all', async () => {
  state.pageSize = 4;
  tenant.faults.add({ vendor: 'arm', path: /skiptoken=8/, effect: { kind: 'answer', status: 500 } });
  const { items, failure } = await listIdentities(config, platform);
  assert.equal(items.length, 8);
  assert.equal(failure?.kind, 'unavailable');
});

test('a link to another host is not followed', async () => {
  const body = JSON.stringify({ value: [], nextLink: 'https://elsewhere.localhost/subscriptions' });
  tenant.faults.add({
    vendor: 'arm',
    path: /userAssignedIdentities/,
    times: 1,
    effect: { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body },
  });
  const { items, failure } = await listIdentities(config, platform);
  const lists = tenant.calls.filter(({ path }) => path.includes('userAssignedIdentities'));
  assert.deepEqual([items.length, failure?.kind, lists.length], [0, 'unavailable', 1]);
});

test('without the role the answer names the action that is missing', async () => {
  app.reader.azure.delete(READ);
  const { items, failure } = await listFederatedCredentials(config, sandbox);
  app.reader.azure.add(READ);
  assert.equal(items.length, 0);
  assert.ok(failure?.kind === 'denied');
  assert.deepEqual([failure.status, failure.missingPermission], [403, READ]);
});

test('a subscription that the caller cannot see is denied, not empty', async () => {
  const { failure } = await listIdentities(config, '99999999-0000-4000-8000-000000000000');
  assert.deepEqual([failure?.kind, failure?.status], ['denied', 404]);
});

for (const { name, effect, kind, tryAgainAfterMs } of VENDOR_FAULTS) {
  test(`${name}: a list of credentials is never empty by mistake`, async () => {
    tenant.faults.add({ vendor: 'arm', effect });
    const { items, failure } = await listFederatedCredentials(config, sandbox);
    assert.deepEqual([items.length, failure?.kind], [0, kind]);
    assert.doesNotMatch(failure?.message ?? '', /SECRET/);
    assert.match(failure?.message ?? '', /id-sandbox/);
    if (tryAgainAfterMs !== undefined)
      assert.equal(failure !== undefined && 'tryAgainAfterMs' in failure && failure.tryAgainAfterMs, tryAgainAfterMs);
    assert.ok(tenant.calls.length <= 1, 'nothing is repeated inside the call');
  });
}

test('deleting says whether there was something to delete', async () => {
  const first = await deleteFederatedCredential(config, mail, 'digest-branch');
  const second = await deleteFederatedCredential(config, mail, 'digest-branch');
  assert.ok(first.ok && second.ok);
  assert.deepEqual([first.value, second.value], ['deleted', 'gone']);
  assert.match(first.requestId ?? '', /^[0-9a-f-]{36}$/);
  const read = await getFederatedCredential(config, mail, 'digest-branch');
  assert.equal(!read.ok && read.failure.kind, 'not-found');
});

test('a proxy’s page in answer to a delete is not success', async () => {
  const html = { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' } as const;
  tenant.faults.add({ vendor: 'arm', method: 'DELETE', effect: html });
  const result = await deleteFederatedCredential(config, mail, 'digest-by-actor');
  assert.equal(!result.ok && result.failure.kind, 'unavailable');
});

test('two deletes at once under one identity: one wins, the other is told to come again', async () => {
  state.writeMs = 100;
  const results = await Promise.all(
    ['reports-dotfiles', 'reports-sandbox'].map((name) =>
      deleteFederatedCredential(
        config,
        { subscriptionId: workloads, resourceGroup: 'rg-reports', name: 'id-reports' },
        name,
      ),
    ),
  );
  state.writeMs = 5;
  const lost = results.filter((result) => !result.ok).map(({ failure }) => failure);
  assert.equal(lost.length, 1);
  assert.ok(lost[0]?.kind === 'conflict' && lost[0].retryable);
});

test('a resource lock is a conflict that trying again does not solve, and says what does', async () => {
  const identity = state.identities.where(({ name }) => name === 'id-etl')[0];
  assert.ok(identity);
  identity.locked = true;
  const result = await deleteFederatedCredential(
    config,
    { subscriptionId: workloads, resourceGroup: 'rg-etl', name: 'id-etl' },
    'etl-main',
  );
  identity.locked = false;
  assert.ok(!result.ok && result.failure.kind === 'conflict');
  assert.equal(result.failure.retryable, false);
  assert.match(result.failure.message, /lift the lock/);
});

test('deleting under an identity that is gone is done', async () => {
  const result = await deleteFederatedCredential(config, { ...mail, name: 'id-nobody' }, 'x');
  assert.ok(result.ok && result.value === 'gone');
});

test('a cloud without the preview version: exact subjects are read, flexible credentials stay without one', async () => {
  state.previewVersions = false;
  const { items, failure } = await listFederatedCredentials(config, sandbox);
  state.previewVersions = true;
  assert.equal(failure, undefined);
  assert.deepEqual(
    items.map(({ subject, expression }) => [subject, expression]),
    [
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
    ],
  );
});
