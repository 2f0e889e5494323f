import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { collection } from '../core/collection.ts';
import { callerOf, type TenantCore, type Vendor } from '../core/vendor.ts';
import type { SeedContext } from '../seeds/seed-context.ts';
import { signEs256, signRs256 } from './sign-digest.ts';
import type { VaultKey, VaultState } from './state.ts';

/** The parent domain of every vault; clients check that the vault's host lies below it. */
const RESOURCE = 'https://vault.localhost';

function emptyVault(): VaultState {
  return { keys: collection<VaultKey>(({ name, version }) => `${name}/${version}`) };
}

/** Versions of the API (learn.microsoft.com/rest/api/keyvault); a call without one is refused. */
const API_VERSIONS = ['7.4', '7.5', '7.6', '2025-07-01'];

/** The GitHub App's key, as it is addressed. */
export const APP_KEY = { name: 'github-app', version: '5d2c1f0e9b8a47d6a3c4b5e6f7081920' } as const;

/** The key of the App that only reads, as it is addressed. */
export const ASSESSOR_KEY = { name: 'github-assessor', version: '6e3d2a1f0c9b48e7b4d5c6f708192a3b' } as const;

/** The key that signs evidence, as it is addressed: its newest version. */
export const SIGNING_KEY = { name: 'evidence-signing' } as const;

/** Another version of the key that signs evidence, as a rotation makes it. The older ones stay. */
export function rotateEvidenceKey(state: VaultState): VaultKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return state.keys.add({ ...SIGNING_KEY, version: randomBytes(16).toString('hex'), enabled: true, ...pair });
}

/** The keys are made at run time. */
export function seedVault(_context: SeedContext): VaultState {
  const state = emptyVault();
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  state.keys.add({ name: APP_KEY.name, version: APP_KEY.version, enabled: true, ...pair });
  state.keys.add(madeWhenAsked({ ...ASSESSOR_KEY, enabled: true }));
  rotateEvidenceKey(state);
  return state;
}

/** A key pair costs a tenth of a second, and most who start a tenant never ask for this one. */
function madeWhenAsked(key: Pick<VaultKey, 'name' | 'version' | 'enabled'>): VaultKey {
  let made: Pick<VaultKey, 'privateKey' | 'publicKey'> | undefined;
  const pair = (): Pick<VaultKey, 'privateKey' | 'publicKey'> => {
    made ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
    return made;
  };
  return {
    ...key,
    get privateKey() {
      return pair().privateKey;
    },
    get publicKey() {
      return pair().publicKey;
    },
  };
}

/** Azure Key Vault's keys: bearer challenge, `keys/get` and `keys/sign`. */
export function makeVault(core: TenantCore, state: VaultState): Vendor {
  const app = new Hono();

  const guarded = (action: string, answer: (c: Context, key: VaultKey) => Promise<Response> | Response) => {
    return async (c: Context): Promise<Response> => {
      const token = await core.tokens.verify(c.req.header('authorization'), RESOURCE);
      if ('refused' in token) return challenge(core, token.refused);
      if (!API_VERSIONS.includes(c.req.query('api-version') ?? '')) {
        return problem(c, 400, 'BadParameter', 'The api-version in the query is missing or not supported.');
      }
      const caller = callerOf(core, token.clientId);
      if (caller === undefined || !mayUse(caller.vault, action, c.req.param('name'))) {
        return problem(c, 403, 'Forbidden', `Caller is not authorized to perform action ${action} on resource.`);
      }
      const key = keyOf(state, c.req.param('name') ?? '', c.req.param('version'));
      if (key === undefined) return problem(c, 404, 'KeyNotFound', 'A key with this name and version was not found.');
      if (!key.enabled) return problem(c, 403, 'Forbidden', 'Operation is not allowed on a disabled key.');
      return answer(c, key);
    };
  };

  const get = guarded('keys/get', (c, key) => {
    return c.json({
      key: { kid: kidOf(core, key), key_ops: ['sign', 'verify'], ...key.publicKey.export({ format: 'jwk' }) },
      attributes: {
        enabled: key.enabled,
        created: 1_767_225_600,
        updated: 1_767_225_600,
        recoveryLevel: 'Recoverable',
      },
    });
  });
  app.get('/keys/:name', get);
  // The SDK asks so for the newest version.
  app.get('/keys/:name/', get);
  app.get('/keys/:name/:version', get);
  app.post(
    '/keys/:name/:version/sign',
    guarded('keys/sign', async (c, key) => {
      const body = (await c.req.json().catch(() => ({}))) as { alg?: unknown; value?: unknown };
      const digest = Buffer.from(typeof body.value === 'string' ? body.value : '', 'base64url');
      const algorithm = key.privateKey.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
      if (body.alg !== algorithm || digest.length !== 32) {
        return problem(c, 400, 'BadParameter', `${algorithm} over a digest of 32 bytes is supported.`);
      }
      const signature = algorithm === 'ES256' ? signEs256(key.privateKey, digest) : signRs256(key.privateKey, digest);
      return c.json({ kid: kidOf(core, key), value: signature.toString('base64url') });
    }),
  );

  return {
    name: 'vault',
    hosts: ['vault'],
    handle: (request) => app.fetch(request),
    snapshot: () => ({ keys: state.keys.all().map(({ name, version, enabled }) => ({ name, version, enabled })) }),
  };
}

/** A role on one key opens that key; what the custom role of the GitHub App's key names opens all others here. */
function mayUse(held: ReadonlySet<string>, action: string, name: string | undefined): boolean {
  if (name === ASSESSOR_KEY.name) return held.has(`${action}@assessor-key`);
  return name === SIGNING_KEY.name ? held.has(name) : held.has(action);
}

function keyOf(state: VaultState, name: string, version: string | undefined): VaultKey | undefined {
  return version === undefined
    ? state.keys.all().findLast((key) => key.name === name)
    : state.keys.get(`${name}/${version}`);
}

function kidOf(core: TenantCore, key: VaultKey): string {
  return `${core.origin('vault')}/keys/${key.name}/${key.version}`;
}

function challenge(core: TenantCore, why: string): Response {
  return Response.json(
    { error: { code: 'Unauthorized', message: `AKV10000: Request is missing a Bearer or PoP token (${why}).` } },
    {
      status: 401,
      headers: {
        'www-authenticate': `Bearer authorization="${core.origin('login')}/${core.tenantId}", resource="${RESOURCE}"`,
      },
    },
  );
}

function problem(c: Context, status: 400 | 403 | 404, code: string, message: string): Response {
  return c.json({ error: { code, message } }, status);
}
