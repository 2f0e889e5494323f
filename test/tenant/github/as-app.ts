import * as jose from 'jose';
import { startTenant, type Tenant } from '../../../local/tenant/core/start-tenant.ts';
import type { GitHubState } from '../../../local/tenant/github/state/state.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { seedVault } from '../../../local/tenant/vault/vendor.ts';

export interface GitHubAsApp {
  readonly tenant: Tenant;
  readonly state: GitHubState;
  /** Calls GitHub with a token of the installation (or as the App itself) over HTTPS. */
  call(method: string, path: string, body?: unknown, as?: 'installation' | 'app' | 'nobody'): Promise<Response>;
}

/** The seeded GitHub alone, called without any SDK: what stands on the wire. */
export async function startGitHub(repositories = 12): Promise<GitHubAsApp> {
  const context = {
    now: new Date(),
    scale: { repositories, identities: 0, credentialsPerIdentity: 0 },
    mint: makeTokenMint(),
  };
  const vault = seedVault(context);
  const state = seedGitHub(context, vault);
  // Of the other App: one token asks every endpoint.
  for (const name of ['secrets', 'organization_secrets']) {
    state.installations.get(String(WORLD.github.installationId))?.permissions.set(name, 'read');
  }
  const tenant = await startTenant({
    tenantId: WORLD.tenantId,
    principals: [],
    vendors: (core) => [makeGitHub(core, state)],
  });
  const [key] = vault.keys.all();
  if (key === undefined) throw new Error('the vault was seeded without a key');
  const jwt = await new jose.SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(WORLD.github.appId)
    .setIssuedAt()
    .setExpirationTime('9m')
    .sign(key.privateKey);
  const send = (method: string, path: string, authorization: string | undefined, body?: unknown): Promise<Response> =>
    fetch(path.startsWith('https:') ? path : `${tenant.origin('github')}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: authorization === undefined ? {} : { authorization },
    });
  const issued = await send('POST', `/app/installations/${WORLD.github.installationId}/access_tokens`, `Bearer ${jwt}`);
  const { token } = (await issued.json()) as { token: string };
  const credentials = { installation: `token ${token}`, app: `Bearer ${jwt}`, nobody: undefined };
  return {
    tenant,
    state,
    call: (method, path, body, as = 'installation') => send(method, path, credentials[as], body),
  };
}
