import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { type Access, type Caller, holds, sees } from './access.ts';
import { blocked, notAccessible, notFound } from './answers.ts';
import type { GitHubContext, GitHubEnv } from './context.ts';
import type { RateLimits } from './limits.ts';
import type { Shapes } from './shapes/shapes.ts';
import type { GitHubState } from './state/state.ts';
import type { Organisation } from './state/state-organisation.ts';
import type { Repository } from './state/state-repository.ts';

/** What the routes share. */
export interface Site {
  readonly app: Hono<GitHubEnv>;
  readonly core: TenantCore;
  readonly state: GitHubState;
  readonly access: Access;
  readonly limits: RateLimits;
  readonly shapes: Shapes;
}

export type Need = readonly [permission: string, level: 'read' | 'write'];
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Answer = Response | Promise<Response>;

/** A route below `/orgs/:org` (and its canonical twin `/organizations/:id`, to which Link headers point). */
export function organisationRoute(
  site: Site,
  method: Method,
  path: string,
  need: Need,
  answer: (c: GitHubContext, organisation: Organisation) => Answer,
): void {
  const handler = (find: (c: GitHubContext) => Organisation | undefined) => (c: GitHubContext) => {
    const organisation = find(c);
    const caller = c.get('caller');
    const own = caller.kind === 'installation' ? caller.installation.organisation.toLowerCase() : undefined;
    if (organisation === undefined || own !== organisation.login.toLowerCase()) return notFound(c);
    return denied(c, caller, need) ?? answer(c, organisation);
  };
  site.app.on(
    method,
    `/orgs/:org${path}`,
    handler((c) => site.state.organisations.get(c.req.param('org') ?? '')),
  );
  site.app.on(
    method,
    `/organizations/:id${path}`,
    handler((c) => site.state.organisations.all().find(({ id }) => String(id) === c.req.param('id'))),
  );
}

/** A route below `/repos/:owner/:repo` (and its canonical twin `/repositories/:id`). */
export function repositoryRoute(
  site: Site,
  method: Method,
  path: string,
  need: Need,
  answer: (c: GitHubContext, repository: Repository) => Answer,
): void {
  const handler = (find: (c: GitHubContext) => Repository | undefined) => (c: GitHubContext) => {
    const repository = find(c);
    const caller = c.get('caller');
    if (repository === undefined || !sees(caller, repository)) return notFound(c);
    return denied(c, caller, need) ?? (repository.disabled && path !== '' ? blocked(c) : answer(c, repository));
  };
  site.app.on(
    method,
    `/repos/:owner/:repo${path}`,
    handler((c) => site.state.repositories.get(`${c.req.param('owner')}/${c.req.param('repo')}`)),
  );
  site.app.on(
    method,
    `/repositories/:id${path}`,
    handler((c) => site.state.repositories.all().find(({ id }) => String(id) === c.req.param('id'))),
  );
}

export function canonicalOf(owner: Organisation | Repository, path: string): string {
  return `${'login' in owner ? '/organizations' : '/repositories'}/${owner.id}${path}`;
}

function denied(c: GitHubContext, caller: Caller, [permission, level]: Need): Response | undefined {
  if (holds(caller, permission, level)) return undefined;
  if (caller.kind === 'installation' && caller.installation.denials === 404) return notFound(c);
  return notAccessible(c, `${permission}=${level}`);
}
