import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import type { VendorResult } from '../../result.ts';
import { act } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { list } from '../call/list.ts';

/** A fine-grained personal access token that may read or write in the organisation. */
export interface FineGrainedToken {
  /** Id of the grant; the API calls it `pat_id`. */
  readonly grantId: number;
  readonly name: string;
  readonly owner: { readonly id: number; readonly login: string };
  readonly repositories: string;
  readonly permissions: readonly string[];
  readonly grantedAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

/** A credential that its owner authorised for single sign-on. */
export interface SsoCredential {
  readonly credentialId: number;
  readonly login: string;
  /** `personal access token`, `SSH key`, `OAuth app token` or `GitHub app token`. */
  readonly type: string;
  /** Compared in memory only; four characters at most leave this process. */
  readonly tokenLastEight?: string;
  readonly fingerprint?: string;
  readonly scopes: readonly string[];
  readonly title?: string;
  readonly authorizedAt: string;
  readonly lastUsedAt: string | null;
}

const Levels = z.record(z.string(), z.string()).optional();
const TokenShape = z
  .object({
    id: z.number(),
    owner: z.object({ id: z.number(), login: z.string() }),
    repository_selection: z.string(),
    permissions: z.object({ organization: Levels, repository: Levels, other: Levels }),
    access_granted_at: z.string(),
    token_name: z.string(),
    token_expires_at: z.string().nullable(),
    token_last_used_at: z.string().nullable(),
  })
  .transform(
    (row): FineGrainedToken => ({
      grantId: row.id,
      name: row.token_name,
      owner: row.owner,
      repositories: row.repository_selection,
      permissions: Object.values(row.permissions).flatMap((levels) =>
        Object.entries(levels ?? {}).map(([name, level]) => `${name}=${level}`),
      ),
      grantedAt: row.access_granted_at,
      expiresAt: row.token_expires_at,
      lastUsedAt: row.token_last_used_at,
    }),
  );

const CredentialShape = z
  .object({
    login: z.string(),
    credential_id: z.number(),
    credential_type: z.string(),
    token_last_eight: z.string().optional(),
    fingerprint: z.string().optional(),
    scopes: z.array(z.string()).optional(),
    credential_authorized_at: z.string(),
    credential_accessed_at: z.string().nullable(),
    authorized_credential_title: z.string().nullish(),
    authorized_credential_note: z.string().nullish(),
  })
  .transform((row): SsoCredential => {
    const title = row.authorized_credential_title ?? row.authorized_credential_note ?? undefined;
    return {
      credentialId: row.credential_id,
      login: row.login,
      type: row.credential_type,
      ...(row.token_last_eight === undefined ? {} : { tokenLastEight: row.token_last_eight }),
      ...(row.fingerprint === undefined ? {} : { fingerprint: row.fingerprint }),
      scopes: row.scopes ?? [],
      ...(title === undefined ? {} : { title }),
      authorizedAt: row.credential_authorized_at,
      lastUsedAt: row.credential_accessed_at,
    };
  });

/** Fine-grained tokens of one person, or of everybody. GitHub answers this to Apps only. */
export async function listFineGrainedTokens(client: GitHubClient, login?: string): Promise<Listing<FineGrainedToken>> {
  const org = client.installation.organisation;
  const listed = await list(client, tokensAsked(org, 'read'), {
    path: '/orgs/{org}/personal-access-tokens',
    parameters: { org, ...(login === undefined ? {} : { 'owner[]': login }) },
    id: 'id',
    item: TokenShape,
  });
  return onlyOf(listed, login, ({ owner }) => owner.login);
}

/** The list form, whose answer is 202: GitHub revokes later, and says so. */
export function revokeFineGrainedTokens(
  client: GitHubClient,
  grantIds: readonly number[],
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const org = client.installation.organisation;
  return act(client, tokensAsked(org, 'write'), (octokit) =>
    octokit.request('POST /orgs/{org}/personal-access-tokens', { org, action: 'revoke', pat_ids: [...grantIds] }),
  );
}

/** Single sign-on credentials of one person, or of everybody. */
export async function listSsoCredentials(client: GitHubClient, login?: string): Promise<Listing<SsoCredential>> {
  const org = client.installation.organisation;
  const listed = await list(client, credentialsAsked(org, 'read'), {
    path: '/orgs/{org}/credential-authorizations',
    parameters: { org, ...(login === undefined ? {} : { login }) },
    id: 'credential_id',
    item: CredentialShape,
  });
  return onlyOf(listed, login, (credential) => credential.login);
}

export function revokeSsoCredentialOf(
  client: GitHubClient,
  credentialId: number,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const org = client.installation.organisation;
  return act(client, credentialsAsked(org, 'write'), (octokit) =>
    octokit.request('DELETE /orgs/{org}/credential-authorizations/{credential_id}', {
      org,
      credential_id: credentialId,
    }),
  );
}

/** A filter that GitHub ignored would hand us other people's credentials to revoke. */
function onlyOf<T>(listed: Listing<T>, login: string | undefined, loginOf: (item: T) => string): Listing<T> {
  if (login === undefined) return listed;
  const wanted = login.toLowerCase();
  return { ...listed, items: listed.items.filter((item) => loginOf(item).toLowerCase() === wanted) };
}

function tokensAsked(where: string, level: 'read' | 'write'): Asked {
  return {
    what: 'fine-grained personal access tokens',
    where,
    permission: `organization_personal_access_tokens=${level}`,
  };
}

function credentialsAsked(where: string, level: 'read' | 'write'): Asked {
  return {
    what: 'credentials with single sign-on',
    where,
    permission: `organization_administration=${level}`,
  };
}
