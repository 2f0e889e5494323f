import { holds } from '../access.ts';
import { notAccessible, notFound, page } from '../answers.ts';
import { canonicalOf, organisationRoute, type Site } from '../site.ts';
import type { GitHubState } from '../state/state.ts';
import type { ExternalIdentity } from '../state/state-accounts.ts';

/** Accounts that are let into an organisation, and whom provisioning (SCIM) made for it. */
export function routePeople(site: Site): void {
  const { app, shapes, state } = site;
  const outside = '/outside_collaborators';
  organisationRoute(site, 'GET', outside, ['members', 'read'], (c, organisation) => {
    const users = [...organisation.outsideCollaborators].flatMap((id) => state.users.get(String(id)) ?? []);
    return page(c, users.map(shapes.simpleUser), { canonical: canonicalOf(organisation, outside) });
  });

  app.get('/scim/v2/organizations/:org/Users', (c) => {
    const organisation = state.organisations.get(c.req.param('org'));
    if (organisation === undefined || organisation.identities === null) return notFound(c);
    if (!holds(c.get('caller'), 'members', 'read')) return notAccessible(c, 'members=read');
    const rows = organisation.identities.flatMap((identity) => scimRow(identity) ?? []);
    const start = Math.max(Number(c.req.query('startIndex') ?? 1), 1);
    const shown = rows.slice(start - 1, start - 1 + Math.min(Number(c.req.query('count') ?? 30), 100));
    return c.json({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: rows.length,
      itemsPerPage: shown.length,
      startIndex: start,
      Resources: shown,
    });
  });
}

/** A row of SCIM's own list. It has no login: which account it belongs to, only its id can tell. */
function scimRow({ guid, scim, nameId }: ExternalIdentity): object | undefined {
  if (scim === undefined) return undefined;
  const { givenName = '', familyName = '', userName, mails = [], createdAt } = scim;
  const id = scim.id ?? guid;
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id,
    externalId: scim.externalId ?? null,
    userName,
    displayName: `${givenName} ${familyName}`.trim() || nameId,
    name: { givenName, familyName, formatted: `${givenName} ${familyName}`.trim() },
    emails: mails.map((value) => ({ value, primary: true, type: 'work' })),
    active: scim.active ?? true,
    meta: {
      resourceType: 'User',
      created: createdAt,
      lastModified: createdAt,
      location: `https://api.github.localhost/scim/v2/Users/${id}`,
    },
    groups: [],
  };
}

/** Somebody changes the name of an account; `claimedBy` is whoever registers the old one at once. */
export function renameAccount(state: GitHubState, id: number, login: string, claimedBy?: number): void {
  const user = state.users.get(String(id));
  if (user === undefined) throw new Error(`there is no account ${id}`);
  const before = user.login;
  user.login = login;
  if (claimedBy !== undefined) state.users.add({ id: claimedBy, login: before, name: 'Newcomer' });
}
