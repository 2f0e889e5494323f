import type * as z from 'zod';
import type { IdentityName } from '../../credentials.ts';

/** One question to Graph, with what its failure must say. */
export interface GraphCall<T> {
  readonly identity: IdentityName;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version and with the query: `/users/{id}?$select=id`; or a whole `@odata.nextLink`. */
  readonly path: string;
  /** Default `v1.0`. */
  readonly version?: 'v1.0' | 'beta';
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is asked of which resource, to complete “Graph was asked to …”: `read user 3c9d…`. */
  readonly what: string;
  /** The least application permission that the call needs, for coverage. */
  readonly permission: string;
  /** What the answer's body must look like; undefined stands for an empty body. */
  readonly shape: z.ZodType<T>;
}
