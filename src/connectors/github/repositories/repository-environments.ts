import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { failed, ok } from '../../result.ts';
import type { GitHubClient } from '../call/client.ts';
import { type Asked, shapeFailure } from '../call/failure.ts';
import { query } from '../call/graphql.ts';
import { type Row, stableListing } from '../call/stable-listing.ts';

const ENVIRONMENTS = `query ($id: ID!, $after: String) {
  node(id: $id) {
    ... on Repository { environments(first: 100, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } }
  }
}`;

/** A page of environments. */
export const EnvironmentsShape = z.object({
  totalCount: z.number().optional(),
  nodes: z.array(z.unknown()),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});

const EnvironmentShape = z.object({ name: z.string() });

const MoreShape = z.object({ node: z.object({ environments: EnvironmentsShape }) });

/** Of more than a page, all pages are read anew: the first one may be older than the others. */
export async function environmentsOf(
  client: GitHubClient,
  nodeId: string,
  first: z.output<typeof EnvironmentsShape> | undefined,
): Promise<Listing<string>> {
  const about: Asked = { what: 'environments', where: client.installation.organisation };
  if (first === undefined) return { items: [], failure: shapeFailure(about, 200) };
  return stableListing<string, { readonly after: string | null }>(about, { after: null }, async ({ after }) => {
    if (!first.pageInfo.hasNextPage) return ok({ rows: first.nodes.map(rowOf) });
    const { data, faults } = await query(client, about, ENVIRONMENTS, { id: nodeId, after }, MoreShape);
    const failure = faults[0]?.failure;
    if (data === undefined || failure !== undefined) return failed(failure ?? shapeFailure(about, 200));
    const { nodes, totalCount, pageInfo } = data.node.environments;
    const { hasNextPage, endCursor } = pageInfo;
    if (hasNextPage && (endCursor === null || endCursor === after)) return failed(shapeFailure(about, 200));
    const next = hasNextPage ? { next: { after: endCursor } } : {};
    return ok({ rows: nodes.map(rowOf), total: totalCount, cutShort: after !== null && nodes.length === 0, ...next });
  });
}

function rowOf(row: unknown): Row<string> {
  const name = EnvironmentShape.safeParse(row).data?.name;
  return { id: name, item: name };
}
