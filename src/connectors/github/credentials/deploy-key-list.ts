import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { VendorFailure } from '../../result.ts';
import type { RepositoryPlace } from '../actions/workflows.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { query, wasTooMuch } from '../call/graphql.ts';
import { list, type TaggedListing } from '../call/list.ts';

/** A deploy key as its repository lists it, without the key: of that the digests are kept. */
export const ListedDeployKeySchema = z.strictObject({
  id: z.int(),
  title: z.string(),
  /** Of the whole public key, as text; hex. */
  keySha256: z.string(),
  /** As OpenSSH and GitHub's audit log write it, `SHA256:…`; null where the key has a form that nobody expects. */
  fingerprint: z.nullable(z.string()),
  /** The login of whoever added it; null where GitHub names nobody. Whether it follows a rename is documented nowhere. */
  addedBy: z.nullable(z.string()),
  readOnly: z.boolean(),
  /** False where the organisation or enterprise lets no deploy key in. */
  enabled: z.boolean(),
  createdAt: z.string(),
  lastUsed: z.nullable(z.string()),
});
export type ListedDeployKey = Readonly<z.output<typeof ListedDeployKeySchema>>;

const Row = z
  .object({
    id: z.int(),
    key: z.string(),
    title: z.string(),
    read_only: z.boolean(),
    added_by: z.string().nullish(),
    enabled: z.boolean().optional(),
    created_at: z.string(),
    last_used: z.string().nullish(),
  })
  .transform(
    (row): ListedDeployKey => ({
      id: row.id,
      title: row.title,
      keySha256: createHash('sha256').update(row.key).digest('hex'),
      fingerprint: fingerprintOf(row.key),
      addedBy: row.added_by ?? null,
      readOnly: row.read_only,
      // What does not say that it is disabled opens the repository.
      enabled: row.enabled ?? true,
      createdAt: row.created_at,
      lastUsed: row.last_used ?? null,
    }),
  );

/** `ssh-keygen -l`: SHA-256 of the key itself in base64 without padding. */
function fingerprintOf(key: string): string | null {
  const blob = /^\S+\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(key)?.[1];
  if (blob === undefined) return null;
  return `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
}

const PERMISSION = 'administration=read';

/**
 * The deploy keys of a repository; `unless` is the ETag of an earlier reading.
 * Source: docs.github.com/rest/deploy-keys/deploy-keys, "List deploy keys"
 */
export function listDeployKeys(
  client: GitHubClient,
  { organisation, repository }: RepositoryPlace,
  unless?: string,
): Promise<TaggedListing<ListedDeployKey>> {
  const where = `${organisation}/${repository}`;
  return list(
    client,
    { what: 'deploy keys', where, permission: PERMISSION, repository: true },
    {
      path: '/repos/{owner}/{repo}/keys',
      parameters: { owner: organisation, repo: repository },
      id: 'id',
      item: Row,
      unless,
    },
  );
}

const COUNTS = `query ($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Repository { id isDisabled deployKeys(first: 1) { totalCount } } }
}`;
const CountsShape = z.object({ nodes: z.array(z.unknown()) });
const CountShape = z.object({
  id: z.string(),
  /** GitHub has blocked it: what it counts there says nothing. */
  isDisabled: z.literal(false),
  deployKeys: z.object({ totalCount: z.int() }),
});

/** Repositories that one query asks for; a connection each makes one point of a hundred. */
const PER_QUERY = 100;

/**
 * How many deploy keys repositories have, by node id: GraphQL tells the number of a hundred in one query, and not who
 * added them, nor when they were used. One that is missing is not known.
 * Source: docs.github.com/graphql/reference/objects#deploykeyconnection
 */
export async function countDeployKeys(
  client: GitHubClient,
  nodeIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const queries = Array.from({ length: Math.ceil(nodeIds.length / PER_QUERY) }, (_, index) =>
    countSome(client, nodeIds.slice(index * PER_QUERY, (index + 1) * PER_QUERY)),
  );
  return new Map((await Promise.all(queries)).flat());
}

async function countSome(client: GitHubClient, ids: readonly string[]): Promise<(readonly [string, number])[]> {
  const where = client.installation.organisation;
  const asked: Asked = { what: 'deploy keys', where, permission: PERMISSION };
  const answer = await query(client, asked, COUNTS, { ids }, CountsShape, () => asked);
  if (answer.data === undefined && wasTooMuch(answer) && ids.length > 1) {
    const middle = Math.ceil(ids.length / 2);
    const first = await countSome(client, ids.slice(0, middle));
    return [...first, ...(await countSome(client, ids.slice(middle)))];
  }
  return (answer.data?.nodes ?? []).flatMap((row) => {
    const known = CountShape.safeParse(row).data;
    return known === undefined ? [] : [[known.id, known.deployKeys.totalCount] as const];
  });
}

/** Fewer keys than GitHub's other interface counts: some are hidden, or went in this moment. */
export function fewerKeys(
  { organisation, repository }: RepositoryPlace,
  listed: number,
  counted: number | undefined,
): VendorFailure | undefined {
  if (counted === undefined || listed >= counted) return undefined;
  const message = `GitHub counts ${counted} deploy keys of ${organisation}/${repository} and lists ${listed}.`;
  return { kind: 'incomplete', status: 200, message };
}
