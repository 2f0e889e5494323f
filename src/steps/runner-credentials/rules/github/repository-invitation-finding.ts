import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { RepositoryInvitation } from '../../../../connectors/github/repositories/repository-invitations.ts';
import type { Leaver } from '../../../../people/leaver.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { permitted } from '../../../permitted.ts';
import { cancelRepositoryInvitation } from '../../remedies/github/cancel-repository-invitation.ts';
import { webUrl } from './web-url.ts';

const WRITES = new Set(['write', 'maintain', 'admin']);

/** The finding of an open invitation to a repository that is for the leaver, or that the leaver sent; undefined for any other. */
export function repositoryInvitationFinding(
  invitation: RepositoryInvitation,
  { organisation, repository }: { readonly organisation: string; readonly repository: string },
  { github }: Pick<Leaver, 'github'>,
  apiEndpoint: string,
): Finding | undefined {
  const { id: invitationId, invitee, inviter, permissions, createdAt } = invitation;
  const invited = github.find(({ id }) => id === invitee?.id);
  const sender = github.find(({ id }) => id === inviter?.id);
  const account = invited ?? sender;
  if (account === undefined) return undefined;
  const where = `${organisation}/${repository}`;
  const resource: Finding['resource'] = {
    system: 'github',
    type: 'invitation',
    id: `${where}/invitations/${invitationId}`,
    ...(invitee === null ? {} : { name: invitee.login }),
    url: webUrl(apiEndpoint, `/${where}/settings/access`),
  };
  const common = {
    step: 'runner-credentials' as const,
    resource,
    severity: WRITES.has(permissions) ? ('high' as const) : ('medium' as const),
    evidence: { to: invitee?.login ?? null, permissions, createdAt, invitedBy: inviter?.login ?? null },
  };
  if (invited === undefined) {
    const kind = 'repository-invitation-by-leaver';
    return permitted(
      {
        ...common,
        id: findingId('runner-credentials', kind, resource.id),
        kind,
        title: `${account.login} invited ${invitee?.login ?? 'a mail address'} to ${where}`,
        status: 'manual-action',
        reason: 'It is still open. Ask whose account or address it is, and cancel it where nobody knows.',
      },
      account,
    );
  }
  const kind = 'repository-invitation';
  const id = findingId('runner-credentials', kind, resource.id);
  const expected = { inviteeId: invited.id, permissions };
  return permitted(
    {
      ...common,
      id,
      kind,
      title: `${invitee?.login ?? invited.login} is invited to ${where}`,
      status: 'planned',
      reason: 'The leaver’s account is invited. Whoever accepts it is let in, whatever becomes of the membership.',
      remedy: remedyOf(
        cancelRepositoryInvitation,
        id,
        { kind: 'cancel-repository-invitation', organisation, repository, invitationId, expected },
        undefined,
      ),
    },
    account,
  );
}
