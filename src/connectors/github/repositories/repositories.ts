import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { failed, ok, type VendorResult } from '../../result.ts';
import { ask } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { shapeFailure } from '../call/failure.ts';
import { query } from '../call/graphql.ts';
import { type Row, stableListing } from '../call/stable-listing.ts';

export interface RepositoryRow {
  /** Global id, for `nodes(ids:)`. */
  readonly nodeId: string;
  readonly id: number;
  readonly name: string;
  readonly archived: boolean;
  /** ISO instant: when it was made, or something was pushed to it, whichever is later. A variable's writing is neither. */
  readonly changedAt: string;
}

const PAGE = `query ($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 100, after: $after) {
      totalCount
      nodes { id databaseId name isArchived createdAt pushedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const PageShape = z.object({
  organization: z.object({
    repositories: z.object({
      totalCount: z.number(),
      nodes: z.array(z.unknown()),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
});

const Repository = z
  .object({
    id: z.string(),
    databaseId: z.number(),
    name: z.string(),
    isArchived: z.boolean(),
    createdAt: z.string(),
    // Null while nothing was ever pushed.
    pushedAt: z.string().nullish(),
  })
  .transform(
    ({ id, databaseId, name, isArchived, createdAt, pushedAt }): RepositoryRow => ({
      nodeId: id,
      id: databaseId,
      name,
      archived: isArchived,
      changedAt: Date.parse(pushedAt ?? '') > Date.parse(createdAt) ? (pushedAt ?? createdAt) : createdAt,
    }),
  );

/** Every repository that the installation sees, a hundred a query (one point each), read until the list stands still. */
export function listOrganisationRepositories(client: GitHubClient): Promise<Listing<RepositoryRow>> {
  const login = client.installation.organisation;
  const asked: Asked = { what: 'the repositories', where: login, permission: 'metadata=read' };
  return stableListing<RepositoryRow, { readonly after: string | null }>(asked, { after: null }, async ({ after }) => {
    const { data, faults } = await query(client, asked, PAGE, { login, after }, PageShape);
    const [fault] = faults;
    if (data === undefined) return failed(fault?.failure ?? shapeFailure(asked, 200));
    const { nodes, totalCount, pageInfo } = data.organization.repositories;
    const { hasNextPage, endCursor } = pageInfo;
    if (hasNextPage && (endCursor === null || endCursor === after)) return failed(shapeFailure(asked, 200));
    return ok({
      rows: nodes.map(rowOf),
      total: totalCount,
      cutShort: after !== null && nodes.length === 0,
      ...(fault === undefined ? {} : { failure: fault.failure }),
      ...(hasNextPage ? { next: { after: endCursor } } : {}),
    });
  });
}

function rowOf(node: unknown): Row<RepositoryRow> {
  const repository = Repository.safeParse(node).data;
  return { id: repository?.nodeId, item: repository };
}

/** A repository of anybody, as far as it tells whose it is. */
export interface SeenRepositoryRow {
  readonly owner: { readonly id: number; readonly login: string };
  readonly isPublic: boolean;
  /** Everybody in the enterprise reads it, in whichever organisation (docs.github.com/repositories/creating-and-managing-repositories/about-repositories). */
  readonly isInternal: boolean;
}

/**
 * A repository by its numeric id or by `owner/name`; undefined where there is none that the App can see.
 * By id: the canonical address, to which GitHub's own `Link` headers and redirects point.
 */
export async function seenRepository(
  client: GitHubClient,
  which: string,
): Promise<VendorResult<SeenRepositoryRow | undefined>> {
  const shape = z
    .object({
      private: z.boolean(),
      visibility: z.string().optional(),
      owner: z.object({ id: z.number(), login: z.string() }),
    })
    .transform(
      ({ owner, private: hidden, visibility }): SeenRepositoryRow => ({
        owner,
        isPublic: !hidden,
        isInternal: visibility === 'internal',
      }),
    );
  const [owner = '', repo] = which.split('/');
  const answer = await ask(client, { what: `the repository ${which}`, where: 'GitHub' }, shape, (octokit) =>
    repo === undefined
      ? octokit.request('GET /repositories/{id}', { id: which })
      : octokit.request('GET /repos/{owner}/{repo}', { owner, repo }),
  );
  return answer.ok || answer.failure.kind !== 'not-found' ? answer : ok(undefined);
}
