import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as jose from 'jose';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../../local/tenant/vault/vendor.ts';
import { signAppJwt } from '../../../../src/connectors/github/call/sign-app-jwt.ts';
import { startApp } from '../../../support/apps/start-app.ts';

const scale = { repositories: 0, identities: 0, credentialsPerIdentity: 0 };
const vault = seedVault({ now: new Date(), scale, mint: makeTokenMint() });
const app = await startApp({ vendors: (core) => [makeVault(core, vault)] });
after(() => app.stop());

test('the App’s JWT is signed in the vault and verifies with the public key that GitHub holds', async () => {
  const [key] = vault.keys.all();
  assert.ok(key);
  const { jwt } = await signAppJwt(app.config, 'reader');
  const { payload } = await jose.jwtVerify(jwt, key.publicKey, { issuer: WORLD.github.appId });
  assert.equal((payload.exp ?? 0) - (payload.iat ?? 0) <= 600, true);
});

test('an identity without keys/sign gets no JWT', async () => {
  app.remover.vault.delete('keys/sign');
  await assert.rejects(signAppJwt(app.config, 'remover'), { statusCode: 403 });
});
