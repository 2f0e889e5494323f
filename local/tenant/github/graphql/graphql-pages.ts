import { cut } from '../paging.ts';
import type { GitHubState } from '../state/state.ts';
import { fault } from './graphql-faults.ts';

/** Which page of a list is asked for. */
export interface Page {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** A page of a list, as GraphQL gives it. */
export function connection(nodes: readonly object[], { first, after }: Page, { paging }: GitHubState): object {
  const start = after === null || after === undefined ? 0 : Number(Buffer.from(after, 'base64').toString());
  const size = first ?? 0;
  if (size < 1 || size > 100) throw fault('ARGUMENT_LIMIT', 'You must provide a `first` value between 1 and 100.');
  const end = Math.min(start + size, nodes.length);
  return {
    totalCount: paging.announces?.(nodes.length) ?? nodes.length,
    nodes: cut(nodes, start, end, paging),
    pageInfo: {
      hasNextPage: end < nodes.length,
      hasPreviousPage: start > 0,
      startCursor: Buffer.from(String(start)).toString('base64'),
      endCursor: Buffer.from(String(end)).toString('base64'),
    },
  };
}
