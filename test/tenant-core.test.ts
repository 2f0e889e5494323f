import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ManagedIdentityCredential } from '@azure/identity';
import * as jose from 'jose';
import { principal } from '../local/tenant/core/principals.ts';
import { startTenant } from '../local/tenant/core/start-tenant.ts';
import { WORLD } from '../local/tenant/seeds/world.ts';

const reader = principal('reader', WORLD.app.reader.clientId, WORLD.app.reader.oid);
reader.graph.add('User.Read.All');
const tenant = await startTenant({ tenantId: WORLD.tenantId, principals: [reader], vendors: () => [] });
after(() => tenant.close());

test('a managed identity gets a token for one vendor that the tenant’s published keys verify', async () => {
  Object.assign(process.env, tenant.identityEnvironment);
  const credential = new ManagedIdentityCredential({ clientId: WORLD.app.reader.clientId });
  const token = await credential.getToken(`${tenant.origin('graph')}/.default`);
  const keys = jose.createRemoteJWKSet(new URL(`${tenant.origin('login')}/${WORLD.tenantId}/discovery/v2.0/keys`));
  const { payload } = await jose.jwtVerify(token.token, keys, { audience: tenant.origin('graph') });
  assert.deepEqual([payload.oid, payload.roles], [WORLD.app.reader.oid, ['User.Read.All']]);
});

test('a second tenant in the same process is trusted beside the first', async () => {
  const second = await startTenant({ tenantId: WORLD.tenantId, principals: [], vendors: () => [] });
  try {
    for (const { origin } of [tenant, second]) {
      const keys = await fetch(`${origin('login')}/${WORLD.tenantId}/discovery/v2.0/keys`);
      assert.equal(keys.status, 200);
    }
  } finally {
    await second.close();
  }
});

test('a vendor refuses a token that was issued for another audience', async () => {
  const token = await tenant.tokens.issue({ audience: tenant.origin('arm'), oid: 'x', clientId: 'y' });
  assert.deepEqual(await tenant.tokens.verify(`Bearer ${token}`, tenant.origin('graph')), {
    refused: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
  });
});
