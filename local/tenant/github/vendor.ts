import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { HOSTS, type TenantCore, type Vendor } from '../core/vendor.ts';
import { makeAccess, requestId } from './access.ts';
import { routeEnvironments } from './actions/environments.ts';
import { routeJobs } from './actions/jobs.ts';
import { gitHubOidcOf } from './actions/oidc.ts';
import { routeRunners } from './actions/runners.ts';
import { routeSecrets } from './actions/secrets.ts';
import { routeVariables } from './actions/variables.ts';
import { routeWorkflows } from './actions/workflows.ts';
import { badCredentials, forbidden, invalid, notAccessible, notFound, page } from './answers.ts';
import { routeAuditLog } from './audit-log.ts';
import type { GitHubContext, GitHubEnv } from './context.ts';
import { answerGraphql, whoOf } from './graphql/graphql.ts';
import { makeRateLimits, type Standing } from './limits.ts';
import { routeCredentials } from './people/credentials.ts';
import { routePeople } from './people/people.ts';
import { routeValueRevocation } from './people/revoke-values.ts';
import { routeStanding } from './people/standing.ts';
import { refusalOf, SUSPENDED } from './refusals.ts';
import { routeBranches } from './repositories/branches.ts';
import { routeDeployKeys } from './repositories/deploy-keys.ts';
import { routeIssues } from './repositories/issues.ts';
import { routeRepositoryInvitations } from './repositories/repository-invitations.ts';
import { makeShapes } from './shapes/shapes.ts';
import { repositoryRoute, type Site } from './site.ts';
import { snapshotOf } from './snapshot.ts';
import type { GitHubState } from './state/state.ts';

export { seedGitHub } from './seeds/seed.ts';

const API_VERSION = '2022-11-28';

/** GitHub's REST and GraphQL API as a GitHub App sees them. */
export function makeGitHub(core: TenantCore, state: GitHubState): Vendor {
  const app = new Hono<GitHubEnv>();
  const access = makeAccess(state, core.now);
  const limits = makeRateLimits(state, core.now);
  const shapes = makeShapes(state, () => core.origin('github'));
  const site: Site = { app, core, state, access, limits, shapes };

  app.notFound((c) => notFound(c));
  routeValueRevocation(app, core, state);
  app.use(async (c, next) => {
    const caller = await access.callerOf(c.req.header('authorization'));
    c.header('x-github-request-id', requestId());
    c.header('date', new Date(core.now().getTime() + state.clockAheadMs).toUTCString());
    const clock = access.clockFault(c.req.header('authorization'));
    if (clock !== undefined) return c.json({ message: clock, status: '401' }, 401);
    if (caller === undefined) return badCredentials(c);
    c.set('caller', caller);
    if (state.demandsVersion && !isVersioned(c.req.header('x-github-api-version'), c.req.header('accept'))) {
      return c.json({ message: 'Name the version of the API and its media type' }, 400);
    }
    const words = refusalOf(state, caller);
    if (words !== undefined) return forbidden(c, words);
    c.set('paging', state.paging);
    if (c.req.method === 'GET') state.paging.moves?.(`${c.req.path}${new URL(c.req.url).search}`);
    const resource = c.req.path === '/graphql' ? 'graphql' : 'core';
    const refused = c.req.path === '/rate_limit' ? undefined : limits.count(whoOf(caller), resource, c.req.method);
    for (const [name, value] of headersOf(limits.standing(whoOf(caller), resource))) c.header(name, value);
    c.header('x-github-api-version-selected', API_VERSION);
    if (refused === 'primary') {
      const message = `API rate limit exceeded for ${whoOf(caller)}.`;
      if (resource === 'graphql') return c.json({ errors: [{ type: 'RATE_LIMITED', message }] });
      return c.json({ message, documentation_url: 'https://docs.github.com/rest' }, 403);
    }
    if (refused === 'secondary') {
      c.header('retry-after', String(limits.secondsToNextMinute(whoOf(caller))));
      return c.json({ message: 'You have exceeded a secondary rate limit. Please wait before you try again.' }, 403);
    }
    await next();
    if (c.req.method !== 'GET' || c.res.status !== 200) return undefined;
    const etag = await etagOf(c.res);
    c.header('etag', etag);
    if (c.req.header('if-none-match') !== etag) return undefined;
    limits.refund(whoOf(caller), resource);
    for (const [name, value] of headersOf(limits.standing(whoOf(caller), resource))) c.header(name, value);
    c.res = new Response(null, { status: 304, headers: c.res.headers });
    return undefined;
  });

  routeApp(site);
  routeVariables(site);
  routeSecrets(site);
  routeRunners(site);
  routeWorkflows(site);
  routeJobs(site);
  routeDeployKeys(site);
  routeRepositoryInvitations(site);
  routeEnvironments(site);
  routeBranches(site);
  routeCredentials(site);
  routeAuditLog(site);
  routeIssues(site);
  routePeople(site);
  routeStanding(site);
  app.post('/graphql', (c) => answerGraphql(site, c));

  return {
    name: 'github',
    hosts: ['github', 'githubOidc'],
    handle: async (request) => (await answerOidc(core, request)) ?? app.fetch(request),
    snapshot: () => snapshotOf(state),
  };
}

/** What the issuer of jobs' tokens answers, whom everybody may ask; undefined for the API. */
async function answerOidc(core: TenantCore, request: Request): Promise<Response | undefined> {
  const { hostname, pathname } = new URL(request.url);
  if (hostname !== HOSTS.githubOidc) return undefined;
  return (await (await gitHubOidcOf(core)).answer(pathname)) ?? new Response(null, { status: 404 });
}

/**
 * What identifies an answer, its pages included: the same bytes with the same Link have the same.
 * Source: docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api, "Use conditional requests".
 */
async function etagOf(answer: Response): Promise<string> {
  const told = `${answer.headers.get('link') ?? ''}\n${await answer.clone().text()}`;
  return `W/"${createHash('sha256').update(told).digest('hex')}"`;
}

/** What the App does as itself, and what every installation may ask. */
function routeApp(site: Site): void {
  const { app, state, access, limits, shapes } = site;
  app.get('/app', (c) => {
    const caller = c.get('caller');
    return caller.kind === 'app' ? c.json(shapes.app(caller.app)) : notAccessible(c, 'metadata=read');
  });
  app.get('/app/installations', (c) => {
    const caller = c.get('caller');
    if (caller.kind !== 'app') return badCredentials(c);
    const rows = caller.app.installations.all().map((each) => shapes.installation(caller.app, each));
    return page(c, rows, { canonical: '/app/installations' });
  });
  app.get('/orgs/:org/installation', (c) => {
    const caller = c.get('caller');
    if (caller.kind !== 'app') return badCredentials(c);
    const login = c.req.param('org').toLowerCase();
    const installation = caller.app.installations.all().find((row) => row.organisation.toLowerCase() === login);
    return installation === undefined ? notFound(c) : c.json(shapes.installation(caller.app, installation));
  });
  app.post('/app/installations/:id/access_tokens', async (c) => {
    const caller = c.get('caller');
    if (caller.kind !== 'app') return badCredentials(c);
    const installation = caller.app.installations.get(c.req.param('id'));
    if (installation === undefined) return notFound(c);
    if (installation.suspendedAt !== undefined) return forbidden(c, SUSPENDED);
    const body = (await c.req.json().catch(() => ({}))) as { permissions?: Record<string, string> };
    const issued = access.issue(caller.app, installation, body.permissions);
    if (issued === undefined) {
      return invalid(c, 'The permissions requested are not granted to this installation.');
    }
    return c.json(
      {
        token: issued.token,
        expires_at: new Date(issued.expiresAt).toISOString(),
        permissions: Object.fromEntries(issued.permissions),
        repository_selection: installation.repositorySelection,
      },
      201,
    );
  });
  app.get('/rate_limit', (c) => {
    const who = whoOf(c.get('caller'));
    const core = rateOf(limits.standing(who, 'core'));
    const unused = { limit: 30, remaining: 30, used: 0, reset: core.reset };
    return c.json({
      resources: { core, graphql: rateOf(limits.standing(who, 'graphql')), search: unused },
      rate: core,
    });
  });
  repositoryRoute(site, 'GET', '', ['metadata', 'read'], (c, repository) => c.json(shapes.fullRepository(repository)));
  const user = (c: GitHubContext, found: ReturnType<typeof state.users.get>) =>
    found === undefined || found.hidden === true ? notFound(c) : c.json(shapes.publicUser(found));
  app.get('/user/:id', (c) => user(c, state.users.get(c.req.param('id'))));
  app.get('/users/:login', (c) => {
    const organisation = state.organisations.get(c.req.param('login'));
    // An organisation is an account like another, and answers here as well.
    if (organisation !== undefined) return c.json(shapes.publicOrganisation(organisation));
    const login = c.req.param('login').toLowerCase();
    return user(
      c,
      state.users.all().find((row) => row.login.toLowerCase() === login),
    );
  });
}

function isVersioned(version: string | undefined, accept: string | undefined): boolean {
  return version === API_VERSION && accept === 'application/vnd.github+json';
}

function rateOf({ limit, remaining, reset, used }: Standing) {
  return { limit, remaining, reset, used };
}

function headersOf({ resource, limit, remaining, used, reset }: Standing): [string, string][] {
  return [
    ['x-ratelimit-limit', String(limit)],
    ['x-ratelimit-remaining', String(remaining)],
    ['x-ratelimit-used', String(used)],
    ['x-ratelimit-reset', String(reset)],
    ['x-ratelimit-resource', resource],
  ];
}
