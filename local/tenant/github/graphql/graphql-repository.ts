import type { Caller } from '../access.ts';
import { headOf, nodeId, sha } from '../shapes/node-ids.ts';
import type { GitHubState } from '../state/state.ts';
import type { Repository } from '../state/state-repository.ts';
import { demand, fault } from './graphql-faults.ts';
import { connection, type Page } from './graphql-pages.ts';
import { userOf } from './graphql-user.ts';

/** A repository with its environments, deploy keys and files. */
export function repositoryOf(state: GitHubState, caller: Caller, repository: Repository): object {
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: `${repository.owner}/${repository.name}`,
    isArchived: repository.archived,
    isDisabled: repository.disabled === true,
    createdAt: repository.createdAt.toISOString(),
    pushedAt: repository.pushedAt.toISOString(),
    environments: (page: Page) => {
      demand(caller, 'environments');
      return connection(
        repository.environments.all().map(({ id, name }) => ({ id: nodeId('EN', id), databaseId: id, name })),
        page,
        state,
      );
    },
    deployKeys: (page: Page) => {
      demand(caller, 'administration');
      return connection(
        repository.deployKeys
          .all()
          .map(({ id, key, title, readOnly }) => ({ id: nodeId('DK', id), key, title, readOnly })),
        page,
        state,
      );
    },
    object: ({ expression, oid }: { expression?: string | null; oid?: string | null }) => {
      demand(caller, 'contents');
      // Nobody documents what GraphQL says of them: nothing, without an error, is the worst that it can.
      if (repository.disabled === true || repository.empty === true) return null;
      if (oid !== null && oid !== undefined) {
        const text = [...repository.files.values()].find((each) => sha(each) === oid);
        return text === undefined ? null : blobOf(state, text);
      }
      const [commit = '', path] = splitOnce(expression ?? '');
      const isHead = commit === 'HEAD' || commit === headOf(repository);
      const files = isHead ? repository.files : repository.history.get(commit);
      if (files === undefined) return null;
      if (path === undefined) return commitOf(state, repository);
      const text = files.get(path);
      return text === undefined ? treeOf(state, files, path) : { ...blobOf(state, text), __typename: 'Blob' };
    },
  };
}

function splitOnce(expression: string): string[] {
  const at = expression.indexOf(':');
  return at === -1 ? [expression] : [expression.slice(0, at), expression.slice(at + 1)];
}

/** The latest commit. Without a record, a file's lines were written long ago by whoever has no account. */
function commitOf(state: GitHubState, repository: Repository): object {
  const oid = headOf(repository);
  const actor = (id: number | undefined, email: string): object => ({ email, user: userOf(state, id) ?? null });
  return {
    __typename: 'Commit',
    id: `C_${oid}`,
    oid,
    blame: ({ path }: { path: string }) => {
      const text = repository.files.get(path);
      if (text === undefined) throw fault('NOT_FOUND', `Could not resolve to a file at '${path}'.`);
      const lines = text.split('\n').length;
      const ranges = repository.blame.get(path) ?? [{ from: 1, to: lines, at: new Date(0) }];
      return {
        ranges: ranges.map(({ from, to, at, authorId, committerId, email = 'dev@example.org' }, index) => ({
          age: 1,
          startingLine: from,
          endingLine: to,
          commit: {
            __typename: 'Commit',
            id: `C_${sha(`${path} ${index}`)}`,
            oid: sha(`${path} ${index}`),
            committedDate: at.toISOString(),
            author: actor(authorId, email),
            committer: actor(committerId ?? authorId, email),
          },
        })),
      };
    },
  };
}

/** A folder with its files and folders; null where nothing lies in it. */
function treeOf(state: GitHubState, all: ReadonlyMap<string, string>, folder: string): object | null {
  const under = folder === '' ? '' : `${folder}/`;
  const inside = [...all].filter(([path]) => path.startsWith(under));
  if (inside.length === 0) return null;
  const oid = sha(inside.map(([path, text]) => `${path} ${sha(text)}`).join('\n'));
  const byName = Map.groupBy(inside, ([path]) => path.slice(under.length).split('/')[0] ?? '');
  return {
    __typename: 'Tree',
    id: `T_${oid}`,
    oid,
    entries: [...byName].map(([name, files]) => {
      const [path = '', text = ''] = files[0] ?? [];
      if (path === `${under}${name}`) {
        return { name, path, type: 'blob', oid: sha(text), object: () => blobOf(state, text) };
      }
      const tree = () => treeOf(state, all, `${under}${name}`);
      return { name, path: `${under}${name}`, type: 'tree', oid: sha(`${under}${name}`), object: tree };
    }),
  };
}

function blobOf(state: GitHubState, text: string): object {
  const bytes = Buffer.from(text);
  const isTruncated = bytes.length > state.limits.blobBytes;
  return {
    __typename: 'Blob',
    id: `B_${sha(text)}`,
    oid: sha(text),
    byteSize: bytes.length,
    isBinary: false,
    isTruncated,
    text: isTruncated ? bytes.subarray(0, state.limits.blobBytes).toString('utf8') : text,
  };
}
