import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as jose from 'jose';
import { startTenant } from '../../../local/tenant/core/start-tenant.ts';
import { appPrincipals } from '../../../local/tenant/seeds/principals.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { githubAppKey } from '../../../local/tenant/vault/app-key.ts';
import { emptyVault, GITHUB_APP_KEY_PATH } from '../../../local/tenant/vault/state.ts';
import { makeVault } from '../../../local/tenant/vault/vault.ts';
import type { Config } from '../../../src/config.ts';
import { signAppJwt } from '../../../src/connectors/github/sign-app-jwt.ts';

const { reader, remover } = appPrincipals();
const vault = emptyVault();
const [, name = '', version = ''] = GITHUB_APP_KEY_PATH.split('/');
vault.keys.add({ name, version, enabled: true, ...githubAppKey() });
const tenant = await startTenant({
  tenantId: WORLD.tenantId,
  principals: [reader, remover],
  vendors: (core) => [makeVault(core, vault)],
});
after(() => tenant.close());
Object.assign(process.env, tenant.identityEnvironment);

const config = {
  GITHUB_APP_ID: WORLD.github.appId,
  GITHUB_APP_KEY_ID: `${tenant.origin('vault')}/${GITHUB_APP_KEY_PATH}`,
  READER_CLIENT_ID: WORLD.app.reader.clientId,
  REMOVER_CLIENT_ID: WORLD.app.remover.clientId,
  REQUEST_TIMEOUT_SECONDS: 5,
} as Config;

test('the App’s JWT is signed in the vault and verifies with the public key that GitHub holds', async () => {
  const { jwt } = await signAppJwt(config, 'reader');
  const { payload } = await jose.jwtVerify(jwt, githubAppKey().publicKey, { issuer: WORLD.github.appId });
  assert.equal((payload.exp ?? 0) - (payload.iat ?? 0) <= 600, true);
});

test('an identity without keys/sign gets no JWT', async () => {
  remover.vault.delete('keys/sign');
  await assert.rejects(signAppJwt(config, 'remover'), { statusCode: 403 });
  remover.vault.add('keys/sign');
});
