import type { VendorFailure } from '../../result.ts';
import type { GitHubClient } from '../call/client.ts';
import { shapeFailure } from '../call/failure.ts';
import { type GraphqlFault, query, wasTooMuch } from '../call/graphql.ts';
import { asked, askedAt, CONTENTS, ContentsShape, PER_QUERY } from './repository-contents-query.ts';
import { contentsOf, type RepositoryContents, unread } from './repository-node.ts';

/** Workflow files and environments of repositories, fifty in a query. */
export async function readRepositoryContents(
  client: GitHubClient,
  nodeIds: readonly string[],
): Promise<Map<string, RepositoryContents>> {
  return readAll(client, nodeIds, { environments: true, files: true });
}

/** What of a repository may have changed without its files, and the commit that tells whether these have. */
export type RepositoryHead = Pick<RepositoryContents, 'head' | 'environments'> & {
  readonly unlisted?: { readonly environments?: VendorFailure };
};

/** The heads and environments of repositories, fifty in a query of a few points: no tree and no text is read. */
export function readRepositoryHeads(
  client: GitHubClient,
  nodeIds: readonly string[],
): Promise<ReadonlyMap<string, RepositoryHead>> {
  return readAll(client, nodeIds, { environments: true, files: false });
}

/** Which parts a query has. */
interface Parts {
  readonly environments: boolean;
  readonly files: boolean;
}

async function readAll(
  client: GitHubClient,
  nodeIds: readonly string[],
  parts: Parts,
): Promise<Map<string, RepositoryContents>> {
  const queries = Array.from({ length: Math.ceil(nodeIds.length / PER_QUERY) }, (_, index) =>
    readSome(client, nodeIds.slice(index * PER_QUERY, (index + 1) * PER_QUERY), parts),
  );
  const read = await Promise.all(queries);
  return new Map(read.flatMap((some) => [...some]));
}

/** GitHub stops a query after ten seconds and charges for it: the next one asks for half as much. */
async function readSome(
  client: GitHubClient,
  nodeIds: readonly string[],
  parts: Parts,
): Promise<Map<string, RepositoryContents>> {
  const { organisation } = client.installation;
  const about = asked(organisation);
  const variables = { ids: nodeIds, ...parts };
  const answer = await query(client, about, CONTENTS, variables, ContentsShape, askedAt(organisation));
  const { data, faults } = answer;
  if (data === undefined) {
    const failure = faults[0]?.failure ?? shapeFailure(about, 200);
    if (!wasTooMuch(answer)) return new Map(nodeIds.map((id) => [id, unread(id, failure)]));
    if (nodeIds.length === 1) return new Map(nodeIds.map((id) => [id, unread(id, aloneTooMuch(failure))]));
    const middle = Math.ceil(nodeIds.length / 2);
    // One after the other: a query that was too heavy must not come back as two at once.
    const first = await readSome(client, nodeIds.slice(0, middle), parts);
    const second = await readSome(client, nodeIds.slice(middle), parts);
    return new Map([...first, ...second]);
  }
  const contents = await Promise.all(
    nodeIds.map(async (id, index) => [id, await contentsOf(client, id, index, data.nodes[index], faults)] as const),
  );
  const read = new Map(contents);
  if (!parts.environments || !faults.some(({ path }) => path[2] === 'environments')) return read;
  return withoutEnvironments(client, nodeIds, read, faults, parts);
}

function aloneTooMuch(failure: VendorFailure): VendorFailure {
  const message = `${failure.message} It asked for one repository alone: where the next attempts end so too, its files of CI and its environments have to be looked at by hand.`;
  return { ...failure, message };
}

/** The schema does not let environments be null: where they are refused, the whole repository is missing. */
async function withoutEnvironments(
  client: GitHubClient,
  nodeIds: readonly string[],
  read: ReadonlyMap<string, RepositoryContents>,
  faults: readonly GraphqlFault[],
  parts: Parts,
): Promise<Map<string, RepositoryContents>> {
  const refused = nodeIds.flatMap((id, index) => {
    const failure = faults.find(({ path }) => path[1] === index && path[2] === 'environments')?.failure;
    return failure === undefined ? [] : [{ id, failure }];
  });
  const rest = await readSome(
    client,
    refused.map(({ id }) => id),
    { ...parts, environments: false },
  );
  const repaired = refused.map(({ id, failure }): [string, RepositoryContents] => {
    const { workflows, ciFiles, unlisted, head } = rest.get(id) ?? unread(id, failure);
    const files = unlisted?.workflows;
    const missing = files === undefined ? {} : { unlisted: { workflows: files } };
    const known = head === undefined ? {} : { head };
    return [id, { nodeId: id, ...known, environments: failure, workflows, ciFiles, ...missing }];
  });
  return new Map([...read, ...repaired]);
}
