import { execute, GraphQLError } from 'graphql';
import { type Caller, holds, sees } from './access.ts';
import { documentOf, gitHubSchema } from './graphql-schema.ts';
import { idOf, nodeId, sha } from './shapes.ts';
import type { GitHubContext, Site } from './site.ts';
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
  const ids = variables.ids;
  if (Array.isArray(ids) && ids.length > site.state.limits.nodes) {
    // What a query that takes longer than ten seconds gets.
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
      ),
    samlIdentityProvider: () => {
      demand(caller, 'members');
      if (organisation.identities === null) return null;
      const identities = organisation.identities;
      return {
        id: nodeId('SIP', organisation.id),
        externalIdentities: ({ userName, ...page }: Page & { userName?: string | null }) => {
          const wanted = userName?.toLowerCase();
          const found = identities.filter(({ nameId }) => wanted === undefined || nameId.toLowerCase() === wanted);
          return connection(
            found.map((identity) => identityOf(state, identity)),
            page,
          );
        },
      };
    },
  };
}

function identityOf(state: GitHubState, identity: ExternalIdentity): object {
  const user = identity.userId === undefined ? undefined : state.users.get(String(identity.userId));
  return {
    id: identity.guid,
    guid: identity.guid,
    samlIdentity: { nameId: identity.nameId, username: identity.nameId, emails: [{ value: identity.nameId }] },
    scimIdentity: null,
    user:
      user === undefined
        ? null
        : { __typename: 'User', login: user.login, databaseId: user.id, id: nodeId('U', user.id) },
  };
}

function repositoryOf(state: GitHubState, caller: Caller, repository: Repository): object {
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: `${repository.owner}/${repository.name}`,
    isArchived: repository.archived,
    isDisabled: false,
    pushedAt: repository.pushedAt.toISOString(),
    environments: (page: Page) => {
      demand(caller, 'environments');
      return connection(
        repository.environments.all().map(({ id, name }) => ({ id: nodeId('EN', id), databaseId: id, name })),
        page,
      );
    },
    object: ({ expression, oid }: { expression?: string | null; oid?: string | null }) => {
      demand(caller, 'contents');
      if (oid !== null && oid !== undefined) {
        const text = [...repository.files.values()].find((each) => sha(each) === oid);
        return text === undefined ? null : blobOf(state, text);
      }
      return treeOf(state, repository, (expression ?? '').replace(/^HEAD:/, ''));
    },
  };
}

/** A folder with its files and folders; null where nothing lies in it. */
function treeOf(state: GitHubState, repository: Repository, folder: string): object | null {
  const under = folder === '' ? '' : `${folder}/`;
  const inside = [...repository.files].filter(([path]) => path.startsWith(under));
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
        return { name, path, type: 'blob', oid: sha(text), object: blobOf(state, text) };
      }
      const tree = () => treeOf(state, repository, `${under}${name}`);
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

function connection(nodes: readonly object[], { first, after }: Page): object {
  const start = after === null || after === undefined ? 0 : Number(Buffer.from(after, 'base64').toString());
  const size = first ?? 0;
  if (size < 1 || size > 100) throw fault('ARGUMENT_LIMIT', 'You must provide a `first` value between 1 and 100.');
  const shown = nodes.slice(start, start + size);
  const end = start + shown.length;
  return {
    totalCount: nodes.length,
    nodes: shown,
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
  return caller.kind === 'app' ? 'app' : `installation ${caller.installation.id}`;
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
