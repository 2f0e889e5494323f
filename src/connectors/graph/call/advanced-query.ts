/** What is asked of Graph: below the version and with the query, and the headers that belong to it. */
export interface GraphQuery {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The same question as an advanced query: answered from another index than plain lists are, with the number of objects
 * (`@odata.count`), and open to filters that plain ones refuse.
 * Source: learn.microsoft.com/graph/aad-advanced-queries
 */
export function advanced<T extends GraphQuery>(query: T): T {
  const { path, headers } = query;
  if (/[?&]\$count=true(&|$)/.test(path)) return query;
  return {
    ...query,
    path: `${path}${path.includes('?') ? '&' : '?'}$count=true`,
    headers: { ...headers, ConsistencyLevel: 'eventual' },
  };
}
