import type { Caller } from '../access.ts';
import { invalid, notFound, page } from '../answers.ts';
import type { GitHubContext } from '../context.ts';
import { canonicalOf, organisationRoute, type Site } from '../site.ts';
import { appsOf } from '../state/state.ts';
import type { User } from '../state/state-accounts.ts';
import type { OwnApp } from '../state/state-apps.ts';
import type { Organisation } from '../state/state-organisation.ts';

/** How people stand in an organisation: membership, invitations, what waits for approval, Apps and who owns them. */
export function routeStanding(site: Site): void {
  routeMemberships(site);
  routeInvitations(site);
  routeTokenRequests(site);
  routeApps(site);
}

function userNamed({ state }: Site, c: GitHubContext): User | undefined {
  const login = c.req.param('username')?.toLowerCase();
  return state.users.all().find((user) => user.login.toLowerCase() === login);
}

function routeMemberships(site: Site): void {
  const path = '/memberships/:username';
  const invited = (organisation: Organisation, user: User) =>
    organisation.invitations?.where(({ login }) => login?.toLowerCase() === user.login.toLowerCase()) ?? [];
  organisationRoute(site, 'GET', path, ['members', 'read'], (c, organisation) => {
    const user = userNamed(site, c);
    if (user === undefined) return notFound(c);
    const known = organisation.members.has(user.id) || invited(organisation, user).length > 0;
    return known ? c.json(site.shapes.membership(organisation, user)) : notFound(c);
  });
  organisationRoute(site, 'DELETE', path, ['members', 'write'], (c, organisation) => {
    const user = userNamed(site, c);
    if (user === undefined) return notFound(c);
    for (const { id } of invited(organisation, user)) organisation.invitations?.delete(String(id));
    const through = organisation.enterpriseTeams.get(user.id);
    // What a team of the enterprise gives stays: only the membership of their own goes.
    if (through !== undefined) organisation.enterpriseTeams.set(user.id, { ...through, direct: false });
    else if (!organisation.members.delete(user.id)) return notFound(c);
    organisation.owners.delete(user.id);
    return c.body(null, 204);
  });
  organisationRoute(site, 'DELETE', '/outside_collaborators/:username', ['members', 'write'], (c, organisation) => {
    const user = userNamed(site, c);
    if (user === undefined) return notFound(c);
    if (organisation.members.has(user.id)) {
      return invalid(c, 'You cannot specify an organization member to remove as an outside collaborator.');
    }
    organisation.outsideCollaborators.delete(user.id);
    return c.body(null, 204);
  });
}

function routeInvitations(site: Site): void {
  const path = '/invitations';
  organisationRoute(site, 'GET', path, ['members', 'read'], (c, organisation) => {
    if (organisation.invitations === undefined) return notFound(c);
    const rows = organisation.invitations.all().map((row) => site.shapes.invitation(organisation, row));
    return page(c, rows, { canonical: canonicalOf(organisation, path) });
  });
  organisationRoute(site, 'DELETE', `${path}/:id`, ['members', 'write'], (c, organisation) =>
    organisation.invitations?.delete(c.req.param('id') ?? '') === true ? c.body(null, 204) : notFound(c),
  );
}

function routeTokenRequests(site: Site): void {
  const { state, shapes } = site;
  const path = '/personal-access-token-requests';
  const permission = 'organization_personal_access_token_requests';
  organisationRoute(site, 'GET', path, [permission, 'read'], (c, organisation) => {
    const owners = c.req.queries('owner[]')?.map((login) => login.toLowerCase());
    const shown = organisation.tokenRequests.where(
      ({ ownerId }) =>
        owners === undefined || owners.includes(state.users.get(String(ownerId))?.login.toLowerCase() ?? ''),
    );
    const rows = shown.map((request) => shapes.tokenRequest(organisation, request));
    return page(c, rows, { canonical: canonicalOf(organisation, path) });
  });
  organisationRoute(site, 'POST', `${path}/:id`, [permission, 'write'], async (c, organisation) => {
    const body = (await c.req.json().catch(() => ({}))) as { action?: unknown };
    if (body.action !== 'deny' && body.action !== 'approve') return invalid(c, 'Validation Failed');
    return organisation.tokenRequests.delete(c.req.param('id') ?? '') ? c.body(null, 204) : notFound(c);
  });
}

function isOf(caller: Caller, app: OwnApp): boolean {
  if (caller.kind === 'app') return caller.app === app;
  return app.installations.get(String(caller.installation.id)) === caller.installation;
}

function routeApps(site: Site): void {
  const { app, state, shapes } = site;
  const path = '/installations';
  organisationRoute(site, 'GET', path, ['organization_administration', 'read'], (c, organisation) => {
    const ours = appsOf(state).flatMap((own) =>
      own.installations
        .where((each) => each.organisation === organisation.login)
        .map((each) => shapes.installation(own, each)),
    );
    const rows = [...ours, ...organisation.apps.all().map((each) => shapes.otherInstallation(organisation, each))];
    return page(c, rows, { key: 'installations', canonical: canonicalOf(organisation, path) });
  });
  app.get('/apps/:slug', (c) => {
    const slug = c.req.param('slug');
    // The firm’s own are private ones, which GitHub shows to themselves alone.
    const caller = c.get('caller');
    const mine = appsOf(state).find(({ appSlug }) => appSlug === slug);
    if (mine !== undefined) return isOf(caller, mine) ? c.json(shapes.app(mine)) : notFound(c);
    const known = state.organisations.all().flatMap(({ apps }) => apps.where((each) => each.slug === slug))[0];
    return known === undefined || known.hidden === true ? notFound(c) : c.json(shapes.otherApp(known));
  });
}
