import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import type { VendorResult } from '../../result.ts';
import { act } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { list } from '../call/list.ts';

/** A fine-grained token that waits for an owner of the organisation to let it in. */
export interface TokenRequest {
  readonly id: number;
  readonly name: string;
  readonly owner: { readonly id: number; readonly login: string };
  readonly repositories: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

const Row = z
  .object({
    id: z.int(),
    owner: z.object({ id: z.int(), login: z.string() }),
    repository_selection: z.string(),
    created_at: z.string(),
    token_name: z.string(),
    token_expires_at: z.string().nullable(),
  })
  .transform(
    (row): TokenRequest => ({
      id: row.id,
      name: row.token_name,
      owner: row.owner,
      repositories: row.repository_selection,
      createdAt: row.created_at,
      expiresAt: row.token_expires_at,
    }),
  );

/**
 * Everybody’s requests, which are few: each names the number of its owner, so that no list by login is needed. GitHub
 * answers this to Apps only. Source: docs.github.com/rest/orgs/personal-access-tokens
 */
export function listTokenRequests(client: GitHubClient): Promise<Listing<TokenRequest>> {
  const org = client.installation.organisation;
  return list(client, askedOf(org, 'the fine-grained tokens that wait for approval', 'read'), {
    path: '/orgs/{org}/personal-access-token-requests',
    parameters: { org },
    id: 'id',
    item: Row,
  });
}

/** Refuses a token; it never opened anything of the organisation. */
export function denyTokenRequest(
  client: GitHubClient,
  requestId: number,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const org = client.installation.organisation;
  return act(client, askedOf(org, `token request ${requestId}`, 'write'), (octokit) =>
    octokit.request('POST /orgs/{org}/personal-access-token-requests/{pat_request_id}', {
      org,
      pat_request_id: requestId,
      action: 'deny',
      reason: 'Its owner has left.',
    }),
  );
}

function askedOf(where: string, what: string, level: 'read' | 'write'): Asked {
  return { what, where, permission: `organization_personal_access_token_requests=${level}` };
}
