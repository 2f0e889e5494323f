import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { listAll } from '../list-all.ts';
import { QUERIES } from '../queries.ts';
import { ask } from '../request.ts';
import type { DevOpsProject } from './pipelines.ts';

const Repository = z.object({
  id: z.string().min(1),
  name: z.string(),
  defaultBranch: z.string().nullish().catch(null),
  isDisabled: z.boolean().nullish().catch(null),
});
/** A Git repository of Azure Repos. */
export type DevOpsRepository = z.output<typeof Repository>;

/** Every repository of a project that the app may see. The list has no pages. */
export function listRepositories(
  settings: DevOpsSettings,
  organisation: string,
  project: DevOpsProject,
): Promise<Listing<DevOpsRepository>> {
  return listAll(settings, {
    ...QUERIES.repositories(project.id),
    identity: 'reader',
    organisation,
    what: `list the repositories of project ${project.name} in ${organisation}`,
    row: Repository,
    keyOf: ({ id }) => id,
  });
}

/** A file on a branch, by its path from the root. */
export interface FileAt {
  readonly projectId: string;
  readonly repositoryId: string;
  readonly path: string;
  /** Without `refs/heads/`; the default branch where it is not said. */
  readonly branch?: string;
}

/** Whether the path was not there, which the service says to those who may read the repository. */
const NO_SUCH_FILE = /^Git(Item|Version|UnresolvableTo\w+)\w*(NotFound|Unresolvable|Exception)\w*$/;

/** The text of a file, in memory only; undefined where there is none. Source: git.json of 7.1, Items - Get. */
export async function readRepositoryFile(
  settings: DevOpsSettings,
  organisation: string,
  { projectId, repositoryId, path, branch }: FileAt,
): Promise<VendorResult<string | undefined>> {
  const answer = await ask(settings, {
    identity: 'reader',
    organisation,
    path: [projectId, '_apis', 'git', 'repositories', repositoryId, 'items'],
    query: {
      path,
      includeContent: 'true',
      $format: 'json',
      ...(branch === undefined
        ? {}
        : { 'versionDescriptor.versionType': 'branch', 'versionDescriptor.version': branch }),
    },
    version: '7.1',
    scope: 'vso.code',
    what: `read ${path} of repository ${repositoryId} in ${organisation}`,
    meant: { status: 404, name: NO_SUCH_FILE },
    shape: z.object({ content: z.string() }).optional(),
  });
  return answer.ok ? ok(answer.value.body?.content, answer.requestId) : answer;
}
