import { execute, GraphQLError } from 'graphql';
import { type Caller, holds, sees } from './access.ts';
import type { GitHubContext } from './context.ts';
import { documentOf, gitHubSchema } from './graphql-schema.ts';
import { cut } from './paging.ts';
import { headOf, idOf, nodeId, sha } from './shapes.ts';
import type { Site } from './site.ts';
import type { ExternalIdentity, GitHubState, Organisation, Repository } from './state.ts';

interface Page {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** GraphQL, executed against GitHub's published schema: an unknown field is refused as GitHub refuses it. */
export async function answerGraphql(site: Site, c: GitHubContext): Promise<Response> {
  const caller = c.get('caller');
  const body = (await c.req.json().catch(() => ({}))) as {
    query?: unknown;
    variables?: Readonly<Record<string, unknown>> | null;
  };
  const variables = body.variables ?? {};
  site.state.paging.moves?.(`/graphql?after=${String(variables.after ?? variables.membersAfter ?? '')}`);
  const ids = variables.ids;
  if (Array.isArray(ids) && ids.length > site.state.limits.nodes) {
    // What a query that takes longer than ten seconds gets.
    if (site.state.limits.tooMuch === 200) {
      const message =
        'Something went wrong while executing your query. Please include `C0DE` when reporting this issue.';
      return c.json({ data: null, errors: [{ message }] });
    }
    return c.html('<html><head><title>502 Bad Gateway</title></head><body>Server Error</body></html>', 502);
  }
  const document = documentOf(typeof body.query === 'string' ? body.query : '');
  if (!('kind' in document)) return c.json({ errors: document.map((fault) => withType(fault)) });
  const result = await execute({
    schema: gitHubSchema(),
    document,
    variableValues: variables,
    rootValue: rootOf(site.state, caller, site),
  });
  return c.json({
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors === undefined ? {} : { errors: result.errors.map((fault) => withType(fault)) }),
  });
}

function rootOf(state: GitHubState, caller: Caller, site: Site): object {
  return {
    rateLimit: () => {
      const { limit, remaining, used, reset } = site.limits.standing(whoOf(caller), 'graphql');
      return { cost: 1, limit, remaining, used, nodeCount: 0, resetAt: new Date(reset * 1000).toISOString() };
    },
    organization: ({ login }: { login: string }) => {
      const organisation = state.organisations.get(login);
      const mine = caller.kind === 'installation' ? caller.installation.organisation.toLowerCase() : '';
      if (organisation === undefined || mine !== organisation.login.toLowerCase()) {
        throw fault('NOT_FOUND', `Could not resolve to an Organization with the login of '${login}'.`);
      }
      return organisationOf(state, caller, organisation);
    },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = state.repositories.get(`${owner}/${name}`);
      if (repository !== undefined && sees(caller, repository)) return repositoryOf(state, caller, repository);
      throw fault('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    },
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => nodeOf(state, caller, id)),
    node: ({ id }: { id: string }) => nodeOf(state, caller, id),
  };
}

function nodeOf(state: GitHubState, caller: Caller, id: string): object {
  const repository = state.repositories.all().find((row) => row.id === idOf(id));
  if (repository === undefined || !sees(caller, repository)) {
    throw fault('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`);
  }
  return repositoryOf(state, caller, repository);
}

function organisationOf(state: GitHubState, caller: Caller, organisation: Organisation): object {
  return {
    __typename: 'Organization',
    id: nodeId('O', organisation.id),
    databaseId: organisation.id,
    login: organisation.login,
    repositories: (page: Page) =>
      connection(
        state.repositories
          .where((row) => row.owner === organisation.login && sees(caller, row))
          .map((row) => repositoryOf(state, caller, row)),
        page,
        state,
      ),
    membersWithRole: (page: Page) => {
      demand(caller, 'members');
      return connection(
        [...organisation.members].flatMap((id) => userOf(state, id) ?? []),
        page,
        state,
      );
    },
    samlIdentityProvider: () => {
      demand(caller, 'members');
      if (organisation.identities === null) return null;
      const identities = organisation.identities;
      return {
        id: nodeId('SIP', organisation.id),
        issuer: organisation.issuer,
        externalIdentities: ({ userName, ...page }: Page & { userName?: string | null }) => {
          const wanted = userName?.toLowerCase();
          // The filter compares stored names, so that it misses whoever is stored under another one.
          const found = identities.filter(
            ({ nameId, scim }) =>
              wanted === undefined || [nameId, scim?.userName].some((name) => name?.toLowerCase() === wanted),
          );
          return connection(
            found.map((identity) => identityOf(state, identity)),
            page,
            state,
          );
        },
      };
    },
  };
}

function identityOf(
  state: GitHubState,
  { guid, nameId, attributes, scim, userId, ...named }: ExternalIdentity,
): object {
  const { givenName = null, familyName = null } = named;
  const mails = (addresses: readonly string[]) => addresses.map((value) => ({ value, primary: true, type: 'work' }));
  return {
    id: guid,
    guid,
    samlIdentity:
      nameId === null
        ? null
        : {
            nameId,
            username: nameId,
            givenName,
            familyName,
            emails: mails(nameId.includes('@') ? [nameId] : []),
            attributes: (attributes ?? []).map((each) => ({ ...each, metadata: '{}' })),
          },
    // Of a provisioned person GraphQL tells no externalId: only SCIM's own list does.
    scimIdentity:
      scim === undefined
        ? null
        : {
            username: scim.userName,
            givenName: scim.givenName ?? null,
            familyName: scim.familyName ?? null,
            emails: mails(scim.mails ?? []),
          },
    user: userOf(state, userId) ?? null,
  };
}

function userOf(state: GitHubState, id: number | undefined): object | undefined {
  const user = id === undefined ? undefined : state.users.get(String(id));
  return (
    user && {
      __typename: 'User',
      login: user.login,
      databaseId: user.id,
      id: nodeId('U', user.id),
      organizationVerifiedDomainEmails: ({ login }: { login: string }) => {
        const organisation = state.organisations.get(login);
        if (organisation?.hidesVerifiedMails === true) {
          throw fault('FORBIDDEN', 'Resource not accessible by integration');
        }
        return organisation?.verifiedMails?.get(user.id) ?? [];
      },
    }
  );
}

function repositoryOf(state: GitHubState, caller: Caller, repository: Repository): object {
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

function connection(nodes: readonly object[], { first, after }: Page, { paging }: GitHubState): object {
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

function demand(caller: Caller, permission: string): void {
  if (!holds(caller, permission, 'read')) throw fault('FORBIDDEN', 'Resource not accessible by integration');
}

export function whoOf(caller: Caller): string {
  return caller.kind === 'app' ? `app ${caller.app.appId}` : `installation ${caller.installation.id}`;
}

function fault(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** GitHub puts the type of an error beside its message, not below `extensions`. */
function withType(error: GraphQLError): object {
  const { extensions, ...rest } = error.toJSON();
  const type = extensions?.type;
  return { ...(typeof type === 'string' ? { type } : {}), ...rest };
}
