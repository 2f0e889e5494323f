import type { VendorFailure } from '../../result.ts';
import type { GitHubClient } from '../call/client.ts';
import { blocked, shapeFailure } from '../call/failure.ts';
import type { GraphqlFault } from '../call/graphql.ts';
import { unreadableRows } from '../call/stable-listing.ts';
import { CI_FOLDERS, ciFilesOf, EntryShape, fileOf, type WorkflowFile } from './ci-files.ts';
import { asked, NodeShape } from './repository-contents-query.ts';
import { environmentsOf } from './repository-environments.ts';

/** What one query tells about a repository; a failure stands in the place of what could not be read. */
export interface RepositoryContents {
  readonly nodeId: string;
  /** The commit of the default branch; null in an empty repository, absent where it could not be read. */
  readonly head?: string | null;
  readonly workflows: readonly WorkflowFile[] | VendorFailure;
  /** Actions of its own, compose files and what other CI systems read; their texts are read by themselves. */
  readonly ciFiles: readonly Pick<WorkflowFile, 'name' | 'oid'>[] | VendorFailure;
  readonly environments: readonly string[] | VendorFailure;
  /** Why some files or environments are not in these lists, which have the others. */
  readonly unlisted?: { readonly workflows?: VendorFailure; readonly environments?: VendorFailure };
}

/** What the answer tells of one repository. More than a page of environments is read anew. */
export async function contentsOf(
  client: GitHubClient,
  nodeId: string,
  index: number,
  row: unknown,
  faults: readonly GraphqlFault[],
): Promise<RepositoryContents> {
  const about = asked(client.installation.organisation);
  const node = NodeShape.safeParse(row).data;
  if (node === undefined || node.id !== nodeId)
    return unread(nodeId, faultAt(faults, index) ?? shapeFailure(about, 200));
  // Nobody documents what GraphQL has of such a repository: nothing in it may not pass for an empty one.
  if (node.isDisabled === true) return unread(nodeId, blocked({ ...about, where: node.nameWithOwner ?? about.where }));
  const entries = node.workflows?.entries ?? [];
  const known = entries.filter((entry) => EntryShape.safeParse(entry).success);
  const environments = await environmentsOf(client, nodeId, node.environments);
  const { items, failure } = environments;
  const refused = faultAt(faults, index, 'environments');
  const headless = faultAt(faults, index, 'head') !== undefined;
  const unlisted = {
    ...(known.length === entries.length ? {} : { workflows: unreadableRows(about, known.length, entries.length) }),
    ...(failure === undefined || refused !== undefined ? {} : { environments: failure }),
  };
  return {
    nodeId,
    ...(headless ? {} : { head: node.head?.oid ?? null }),
    environments: refused ?? items,
    // No such folder is null without an error beside it.
    workflows: faultAt(faults, index, 'workflows') ?? entries.flatMap((entry) => fileOf(entry) ?? []),
    ciFiles: CI_FOLDERS.flatMap((folder) => faultAt(faults, index, folder) ?? [])[0] ?? ciFilesOf(node),
    ...(Object.keys(unlisted).length === 0 ? {} : { unlisted }),
  };
}

/** A repository of which nothing could be read. */
export function unread(nodeId: string, failure: VendorFailure): RepositoryContents {
  return { nodeId, workflows: failure, ciFiles: failure, environments: failure };
}

/** The fault of one node, or of one field of it; a fault without a path concerns everything. */
function faultAt(faults: readonly GraphqlFault[], index: number, field?: string): VendorFailure | undefined {
  return faults.find(
    ({ path }) =>
      path.length === 0 ||
      (path[0] === 'nodes' && path[1] === index && (path.length === 2 || field === undefined || path[2] === field)),
  )?.failure;
}
