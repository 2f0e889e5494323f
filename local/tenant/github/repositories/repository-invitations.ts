import { notFound, page } from '../answers.ts';
import { canonicalOf, repositoryRoute, type Site } from '../site.ts';
import type { Repository, RepositoryInvitation } from '../state/state-repository.ts';

/** Invitations to single repositories. Of one that went to a mail address GitHub tells no account, and no address. */
export function routeRepositoryInvitations(site: Site): void {
  const { core, shapes, state } = site;
  const userOf = (id: number | undefined) => {
    const user = id === undefined ? undefined : state.users.get(String(id));
    return user === undefined ? null : shapes.simpleUser(user);
  };
  const shapeOf = (row: Repository, invitation: RepositoryInvitation): object => ({
    id: invitation.id,
    node_id: `RI_${invitation.id}`,
    repository: shapes.repository(row),
    invitee: userOf(invitation.inviteeId),
    inviter: userOf(invitation.inviterId),
    permissions: invitation.permissions,
    created_at: '2026-10-30T09:00:00Z',
    expired: invitation.expired === true,
    url: `${core.origin('github')}/repos/${row.owner}/${row.name}/invitations/${invitation.id}`,
    html_url: `https://github.localhost/${row.owner}/${row.name}/invitations`,
  });

  repositoryRoute(site, 'GET', '/invitations', ['administration', 'read'], (c, repository) =>
    page(
      c,
      repository.invitations.all().map((invitation) => shapeOf(repository, invitation)),
      { canonical: canonicalOf(repository, '/invitations') },
    ),
  );
  repositoryRoute(site, 'DELETE', '/invitations/:invitation', ['administration', 'write'], (c, repository) =>
    repository.invitations.delete(c.req.param('invitation') ?? '') ? c.body(null, 204) : notFound(c),
  );
}
