import { execute, type GraphQLError } from 'graphql';
import { type Caller, sees } from '../access.ts';
import type { GitHubContext } from '../context.ts';
import { idOf } from '../shapes/node-ids.ts';
import type { Site } from '../site.ts';
import type { GitHubState } from '../state/state.ts';
import { fault } from './graphql-faults.ts';
import { organisationOf } from './graphql-organisation.ts';
import { repositoryOf } from './graphql-repository.ts';
import { documentOf, gitHubSchema } from './graphql-schema.ts';

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

export function whoOf(caller: Caller): string {
  return caller.kind === 'app' ? `app ${caller.app.appId}` : `installation ${caller.installation.id}`;
}

/** GitHub puts the type of an error beside its message, not below `extensions`. */
function withType(error: GraphQLError): object {
  const { extensions, ...rest } = error.toJSON();
  const type = extensions?.type;
  return { ...(typeof type === 'string' ? { type } : {}), ...rest };
}
