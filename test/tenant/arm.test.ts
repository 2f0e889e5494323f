import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ApiManagementClient } from '@azure/arm-apimanagement';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { isRestError } from '@azure/core-rest-pipeline';
import type { AccessToken, TokenCredential } from '@azure/identity';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { startApp } from '../support/apps/start-app.ts';
import { seedContext } from '../support/seed-context.ts';

/** The simulated Azure, seen through Microsoft's own clients without any code of ours between. */
const state = seedArm(seedContext());
const app = await startApp({ vendors: (core) => [makeArm(core, state)] });
const { tenant } = app;
after(() => app.stop());

const { platform, workloads } = WORLD.subscriptions;
const { apim, app: ids } = WORLD;

function tokens(
  audience = tenant.origin('arm'),
  lifetimeSeconds = 3_600,
  identity: 'reader' | 'remover' = 'remover',
): TokenCredential {
  return {
    getToken: async (): Promise<AccessToken> => ({
      token: await tenant.tokens.issue({
        audience,
        oid: ids[identity].oid,
        clientId: ids[identity].clientId,
        lifetimeSeconds,
      }),
      expiresOnTimestamp: Date.now() + 3_600_000,
    }),
  };
}

const options = { endpoint: tenant.origin('arm'), retryOptions: { maxRetries: 0 } };
const msi = (credential = tokens()) => new ManagedServiceIdentityClient(credential, platform, options);
const gateway = () => new ApiManagementClient(tokens(), platform, options);
const deny = [apim.resourceGroup, apim.name, apim.namedValues[0]] as const;

/** Status and code of the error that a call must end with. */
async function refusal(call: () => Promise<unknown>): Promise<readonly [number | undefined, unknown]> {
  try {
    await call();
  } catch (error) {
    assert.ok(isRestError(error));
    const details = error.details as { readonly error?: { readonly code?: unknown } } | undefined;
    return [error.statusCode, details?.error?.code ?? error.code];
  }
  return assert.fail('the call succeeded');
}

test('identities and credentials fill every field of the SDK’s models', async () => {
  app.remover.azure.add('Microsoft.ManagedIdentity/userAssignedIdentities/read');
  app.remover.azure.add('Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read');
  for await (const identity of msi().userAssignedIdentities.listBySubscription()) {
    for (const field of ['id', 'name', 'type', 'location', 'principalId', 'clientId'] as const) {
      assert.equal(typeof identity[field], 'string', field);
    }
  }
  const listed = [];
  for await (const credential of msi().federatedIdentityCredentials.list('rg-mcp-gateway-prod', 'id-deploy-gateway')) {
    listed.push(credential);
  }
  assert.deepEqual(listed.map(({ name, issuer, subject, audiences }) => [name, issuer, subject, audiences])[2], [
    'hotfix',
    'https://token.actions.githubusercontent.com',
    'repo:amoreau/mcp-gateway:ref:refs/heads/main',
    ['api://AzureADTokenExchange'],
  ]);
});

test('a token for another vendor, an expired one and a missing role are refused in Azure’s words', async () => {
  const read = (credential: TokenCredential) => () =>
    msi(credential).federatedIdentityCredentials.get('rg-platform', 'id-sandbox', 'org-main');
  assert.deepEqual(await refusal(read(tokens(tenant.origin('graph')))), [401, 'InvalidAuthenticationTokenAudience']);
  assert.deepEqual(await refusal(read(tokens(tenant.origin('arm'), -60))), [401, 'ExpiredAuthenticationToken']);
  const write = () =>
    msi(tokens(undefined, undefined, 'reader')).federatedIdentityCredentials.createOrUpdate(
      'rg-platform',
      'id-sandbox',
      'back-door',
      {
        issuer: 'https://token.actions.githubusercontent.com',
        subject: 'repo:x/y:pull_request',
        audiences: [],
      },
    );
  assert.deepEqual(await refusal(write), [403, 'AuthorizationFailed'], 'who reads creates no credential');
});

test('an api-version that does not exist, an unknown parent and an unknown credential are told apart', async () => {
  const old = new ManagedServiceIdentityClient(tokens(), platform, { ...options, apiVersion: '1999-01-01' });
  const get = (client: ManagedServiceIdentityClient, identity: string) => () =>
    client.federatedIdentityCredentials.get('rg-platform', identity, 'nothing');
  assert.deepEqual(await refusal(get(old, 'id-sandbox')), [400, 'NoRegisteredProviderFound']);
  assert.deepEqual(await refusal(get(msi(), 'id-nobody')), [404, 'ParentResourceNotFound']);
  assert.deepEqual(await refusal(get(msi(), 'id-sandbox')), [404, 'ResourceNotFound']);
  const elsewhere = new ManagedServiceIdentityClient(tokens(), workloads, options);
  assert.deepEqual(await refusal(get(elsewhere, 'id-sandbox')), [404, 'ParentResourceNotFound']);
});

test('a named value changes only for who names its version, and never becomes blank', async () => {
  const { eTag: before = '' } = await gateway().namedValue.getEntityTag(...deny);
  const updated = await gateway().namedValue.beginUpdateAndWait(...deny, before, { value: ',none,a,' });
  assert.equal(updated.value, ',none,a,');
  const update = (etag: string, value: string) => () =>
    gateway().namedValue.beginUpdateAndWait(...deny, etag, { value });
  assert.deepEqual(await refusal(update(before, ',none,b,')), [412, 'PreconditionFailed']);
  assert.deepEqual(await refusal(update('*', '  ')), [400, 'ValidationError']);
  const { value } = await gateway().namedValue.get(...deny);
  assert.equal(value, ',none,a,');
});

test('a secret named value keeps its value to itself until it is asked for by its own action', async () => {
  const row = state.namedValues.all()[0];
  assert.ok(row);
  row.secret = true;
  assert.equal((await gateway().namedValue.get(...deny)).value, undefined);
  assert.deepEqual(await refusal(() => gateway().namedValue.listValue(...deny)), [403, 'AuthorizationFailed']);
  app.remover.azure.add('Microsoft.ApiManagement/service/namedValues/listValue/action');
  assert.equal((await gateway().namedValue.listValue(...deny)).value, row.value);
  assert.doesNotMatch(JSON.stringify(tenant.vendor('arm').snapshot()), /"value":",none,a,"/);
  row.secret = false;
});

test('a queued change takes effect when the operation is done, as the SDK’s poller sees it', async () => {
  state.namedValueWrites = 'queued';
  const poller = await gateway().namedValue.beginUpdate(
    ...deny,
    '*',
    { value: ',none,queued,' },
    { updateIntervalInMs: 1 },
  );
  await poller.pollUntilDone();
  state.namedValueWrites = 'immediate';
  assert.equal((await gateway().namedValue.get(...deny)).value, ',none,queued,');
});

test('generated identities are spread over both subscriptions, and a few trust the leaver', () => {
  const scaled = seedArm({ ...seedContext(), scale: { repositories: 0, identities: 60, credentialsPerIdentity: 20 } });
  const generated = scaled.identities.where(({ name }) => name.startsWith('id-service-'));
  assert.equal(generated.length, 60);
  assert.ok(generated.every(({ credentials }) => credentials.size === 20));
  assert.equal(new Set(generated.map(({ subscriptionId }) => subscriptionId)).size, 2);
  const leavers = generated.filter(({ credentials }) =>
    credentials.all().some(({ subject }) => subject?.startsWith('repo:amoreau/')),
  );
  assert.equal(leavers.length, 4);
});
