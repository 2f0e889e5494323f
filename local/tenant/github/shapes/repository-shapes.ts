import type { DeployKey } from '../state/state-credentials.ts';
import type { Repository } from '../state/state-repository.ts';
import { headOf, nodeId, sha } from './node-ids.ts';
import { CREATED, type ShapeParts, UPDATED } from './shape-parts.ts';

/** Repositories with their files, branches and deploy keys. */
export interface RepositoryShapes {
  repository(repository: Repository): object;
  /** With everything that GitHub adds where it shows a repository for its own sake. */
  fullRepository(repository: Repository): object;
  deployKey(repository: Repository, key: DeployKey): object;
  blob(repository: Repository, text: string): object;
  ref(repository: Repository, branch: string): object;
  file(repository: Repository, path: string, text: string): object;
  fileCommit(repository: Repository, path: string, text: string): object;
}

/** Repositories in GitHub’s JSON. */
export function repositoryShapes({ state, api, web, account }: ShapeParts): RepositoryShapes {
  const repository = (row: Repository): object => {
    const base = api(`/repos/${row.owner}/${row.name}`);
    const organisation = state.organisations.get(row.owner);
    return {
      id: row.id,
      node_id: nodeId('R', row.id),
      name: row.name,
      full_name: `${row.owner}/${row.name}`,
      private: row.isPublic !== true,
      visibility: row.isPublic === true ? 'public' : row.isInternal === true ? 'internal' : 'private',
      owner: account(row.owner, organisation?.id ?? 0, 'Organization'),
      html_url: web(`/${row.owner}/${row.name}`),
      description: null,
      fork: false,
      url: base,
      ...Object.fromEntries(REPOSITORY_URLS.map(([name, path]) => [`${name}_url`, `${base}/${path}`])),
    };
  };

  return {
    repository,
    fullRepository: (row) => ({ ...repository(row), ...ofFullRepository(row) }),
    deployKey: (row, key) => ({
      id: key.id,
      key: key.key,
      url: api(`/repos/${row.owner}/${row.name}/keys/${key.id}`),
      title: key.title,
      verified: true,
      created_at: key.createdAt?.toISOString() ?? CREATED,
      read_only: key.readOnly,
      added_by: key.addedBy,
      last_used: key.lastUsed?.toISOString() ?? null,
      enabled: key.disabled !== true,
    }),
    blob: (row, text) => ({
      sha: sha(text),
      node_id: nodeId('B', row.id),
      size: Buffer.byteLength(text),
      url: api(`/repos/${row.owner}/${row.name}/git/blobs/${sha(text)}`),
      content: Buffer.from(text).toString('base64'),
      encoding: 'base64',
    }),
    ref: (row, branch) => ({
      ref: `refs/heads/${branch}`,
      node_id: nodeId('REF', row.id),
      url: api(`/repos/${row.owner}/${row.name}/git/refs/heads/${branch}`),
      object: {
        type: 'commit',
        sha: headOf(row),
        url: api(`/repos/${row.owner}/${row.name}/git/commits/${headOf(row)}`),
      },
    }),
    file: contentFile,
    fileCommit: (row, path, text) => ({
      content: contentFile(row, path, text),
      commit: { sha: sha(`commit ${text}`), message: 'A change', parents: [] },
    }),
  };

  function ofFullRepository(row: Repository) {
    return {
      clone_url: web(`/${row.owner}/${row.name}.git`),
      git_url: `git://github.localhost/${row.owner}/${row.name}.git`,
      ssh_url: `git@github.localhost:${row.owner}/${row.name}.git`,
      svn_url: web(`/${row.owner}/${row.name}`),
      mirror_url: null,
      homepage: null,
      language: null,
      license: null,
      default_branch: 'main',
      archived: row.archived,
      disabled: row.disabled === true,
      ...Object.fromEntries(
        ['issues', 'projects', 'wiki', 'pages', 'downloads', 'discussions'].map((what) => [`has_${what}`, false]),
      ),
      ...Object.fromEntries(REPOSITORY_COUNTS.map((name) => [name, 0])),
      pushed_at: row.pushedAt.toISOString(),
      created_at: row.createdAt.toISOString(),
      updated_at: UPDATED,
    };
  }

  function contentFile(row: Repository, path: string, text: string) {
    const base = api(`/repos/${row.owner}/${row.name}/contents/${path}`);
    const blob = api(`/repos/${row.owner}/${row.name}/git/blobs/${sha(text)}`);
    const page = web(`/${row.owner}/${row.name}/blob/main/${path}`);
    return {
      type: 'file',
      encoding: 'base64',
      size: Buffer.byteLength(text),
      name: path.split('/').at(-1) ?? path,
      path,
      content: Buffer.from(text).toString('base64'),
      sha: sha(text),
      url: base,
      git_url: blob,
      html_url: page,
      download_url: page,
      _links: { git: blob, self: base, html: page },
    };
  }
}

const REPOSITORY_COUNTS = [
  'forks',
  'network_count',
  'subscribers_count',
  'forks_count',
  'open_issues',
  'open_issues_count',
  'size',
  'stargazers_count',
  'watchers',
  'watchers_count',
] as const;

const REPOSITORY_URLS = [
  ['archive', '{archive_format}{/ref}'],
  ['assignees', 'assignees{/user}'],
  ['blobs', 'git/blobs{/sha}'],
  ['branches', 'branches{/branch}'],
  ['collaborators', 'collaborators{/collaborator}'],
  ['comments', 'comments{/number}'],
  ['commits', 'commits{/sha}'],
  ['compare', 'compare/{base}...{head}'],
  ['contents', 'contents/{+path}'],
  ['contributors', 'contributors'],
  ['deployments', 'deployments'],
  ['downloads', 'downloads'],
  ['events', 'events'],
  ['forks', 'forks'],
  ['git_commits', 'git/commits{/sha}'],
  ['git_refs', 'git/refs{/sha}'],
  ['git_tags', 'git/tags{/sha}'],
  ['hooks', 'hooks'],
  ['issue_comment', 'issues/comments{/number}'],
  ['issue_events', 'issues/events{/number}'],
  ['issues', 'issues{/number}'],
  ['keys', 'keys{/key_id}'],
  ['labels', 'labels{/name}'],
  ['languages', 'languages'],
  ['merges', 'merges'],
  ['milestones', 'milestones{/number}'],
  ['notifications', 'notifications{?since,all,participating}'],
  ['pulls', 'pulls{/number}'],
  ['releases', 'releases{/id}'],
  ['stargazers', 'stargazers'],
  ['statuses', 'statuses/{sha}'],
  ['subscribers', 'subscribers'],
  ['subscription', 'subscription'],
  ['tags', 'tags'],
  ['teams', 'teams'],
  ['trees', 'git/trees{/sha}'],
] as const;
