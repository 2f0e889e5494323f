import { randomUUID } from 'node:crypto';
import * as jose from 'jose';
import type { TenantCore } from '../../core/vendor.ts';
import { WORLD } from '../../seeds/world.ts';

/** What GitHub says of a job; `undefined` leaves a claim out. */
export type JobClaims = Readonly<Record<string, unknown>>;

export interface GitHubOidc {
  /** What the issuer answers; undefined where it knows no such address. */
  answer(path: string): Promise<Response | undefined>;
  /** The token of a job, for an audience of its choice; claims of its own stand in the place of the usual ones. */
  mint(audience: string, claims?: JobClaims): Promise<string>;
}

const issuers = new WeakMap<TenantCore, Promise<GitHubOidc>>();

/** The issuer of the tokens of jobs. Source: docs.github.com/actions/reference/security/oidc */
export function gitHubOidcOf(core: TenantCore): Promise<GitHubOidc> {
  const known = issuers.get(core) ?? makeIssuer(core);
  issuers.set(core, known);
  return known;
}

/** Number of the tenant's organisation, which `MACHINES_OWNER_IDS` names. */
export const OWNER_ID = '9012345';

async function makeIssuer(core: TenantCore): Promise<GitHubOidc> {
  const { publicKey, privateKey } = await jose.generateKeyPair('RS256');
  const kid = randomUUID();
  const issuer = () => core.origin('githubOidc');
  return {
    answer: async (path) => {
      if (path === '/.well-known/openid-configuration') {
        return Response.json({
          ...{ issuer: issuer(), jwks_uri: `${issuer()}/.well-known/jwks`, response_types_supported: ['id_token'] },
          ...{ subject_types_supported: ['public', 'pairwise'], id_token_signing_alg_values_supported: ['RS256'] },
        });
      }
      if (path !== '/.well-known/jwks') return undefined;
      return Response.json({ keys: [{ ...(await jose.exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' }] });
    },
    mint: (audience, claims = {}) => {
      const now = Math.floor(Date.now() / 1_000);
      const owner = WORLD.github.organisation;
      const repository = `${owner}/deploy`;
      const body = {
        ...{ iss: issuer(), aud: audience, sub: `repo:${repository}:ref:refs/heads/main`, jti: randomUUID() },
        ...{ iat: now, nbf: now - 600, exp: now + 300 },
        ...{ repository, repository_id: '7012345', repository_owner: owner, repository_owner_id: OWNER_ID },
        ...{
          repository_visibility: 'private',
          run_id: '4711',
          run_number: '12',
          run_attempt: '1',
          check_run_id: '81234567',
        },
        ...{ actor: 'ann', actor_id: '81', event_name: 'push', ref: 'refs/heads/main', ref_type: 'branch' },
        ...{ ref_protected: 'true', sha: 'a'.repeat(40), workflow: 'deploy', head_ref: '', base_ref: '' },
        ...{ workflow_ref: `${repository}/.github/workflows/deploy.yml@refs/heads/main` },
        ...{ job_workflow_ref: `${repository}/.github/workflows/deploy.yml@refs/heads/main` },
        ...{ runner_environment: 'self-hosted', ...claims },
      };
      return new jose.SignJWT(JSON.parse(JSON.stringify(body)) as jose.JWTPayload)
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT', x5t: kid })
        .sign(privateKey);
    },
  };
}
