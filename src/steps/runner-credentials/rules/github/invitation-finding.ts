import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { Invitation } from '../../../../connectors/github/people/invitations.ts';
import type { Membership } from '../../../../connectors/github/people/membership.ts';
import { loginsOf } from '../../../../people/evidence/github-owner.ts';
import { addressesOf, type GitHubAccount, type Leaver, type MappingSource } from '../../../../people/leaver.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { permitted } from '../../../permitted.ts';
import { cancelInvitation } from '../../remedies/github/cancel-invitation.ts';
import { webUrl } from './web-url.ts';

/** An account of the leaver's, and how the organisation knows it, asked for by its number. */
export interface Standing {
  readonly account: GitHubAccount;
  readonly membership: Membership | undefined;
}

/** The finding of an open invitation that is for the leaver, or that the leaver sent; undefined for any other. */
export function invitationFinding(
  invitation: Invitation,
  organisation: string,
  apiEndpoint: string,
  leaver: Leaver,
  standings: readonly Standing[],
): Finding | undefined {
  const theirs = invitee(invitation, leaver, standings);
  if (theirs === undefined) return sentByLeaver(invitation, organisation, apiEndpoint, leaver);
  const { id: invitationId, login, email, role, createdAt, inviter } = invitation;
  const kind = 'invitation';
  const key = `${organisation}/invitations/${invitationId}`;
  const id = findingId('runner-credentials', kind, key);
  const finding: Finding = {
    id,
    step: 'runner-credentials',
    kind,
    title: `${login ?? email} is invited to ${organisation}`,
    resource: resourceOf(invitation, organisation, apiEndpoint),
    severity: role === 'admin' ? 'high' : 'medium',
    status: 'planned',
    reason: `${theirs.why} Whoever accepts it is let in${role === 'admin' ? ' as an owner' : ''}.`,
    evidence: { to: login ?? email, role, createdAt, invitedBy: inviter.login },
    remedy: remedyOf(
      cancelInvitation,
      id,
      { kind: 'cancel-invitation', organisation, invitationId, expected: { login, email, role } },
      undefined,
    ),
  };
  return permitted(finding, theirs);
}

/**
 * How far it is proved that an invitation is for the leaver. GitHub names no number: what proves it is that the account,
 * asked for by its number, is invited under this login. A mail address may be somebody else's by now.
 */
function invitee(
  { login, email }: Invitation,
  leaver: Leaver,
  standings: readonly Standing[],
): (Pick<MappingSource, 'confidence'> & { readonly why: string }) | undefined {
  const same = (one: string | null, other: string): boolean => one?.toLowerCase() === other.toLowerCase();
  const asked = standings.find(
    ({ membership }) => membership?.state === 'pending' && same(login, membership.login),
  )?.account;
  if (asked !== undefined) return { confidence: asked.confidence, why: 'The leaver’s account is invited.' };
  if (addressesOf(leaver).some((address) => same(email, address))) {
    return { confidence: 'likely', why: 'It went to a mail address of the leaver’s.' };
  }
  const named = leaver.github.some((account) => loginsOf(account).some((known) => same(login, known)));
  return named ? { confidence: 'weak', why: 'It names a login that the leaver’s account has or had.' } : undefined;
}

/** Whoever invites may invite themselves: another account of theirs, or somebody who lets them in. */
function sentByLeaver(
  invitation: Invitation,
  organisation: string,
  apiEndpoint: string,
  { github }: Leaver,
): Finding | undefined {
  const account = github.find(({ id }) => id === invitation.inviter.id);
  if (account === undefined) return undefined;
  const { login, email, role, createdAt, inviter } = invitation;
  const kind = 'invitation-by-leaver';
  return permitted(
    {
      id: findingId('runner-credentials', kind, `${organisation}/invitations/${invitation.id}`),
      step: 'runner-credentials',
      kind,
      title: `${inviter.login} invited ${login ?? email} to ${organisation}`,
      resource: resourceOf(invitation, organisation, apiEndpoint),
      severity: role === 'admin' ? 'high' : 'medium',
      status: 'manual-action',
      reason: 'It is still open. Ask whose account or address it is, and cancel it where nobody knows.',
      evidence: { to: login ?? email, role, createdAt, invitedBy: inviter.login },
    },
    account,
  );
}

function resourceOf({ id, login, email }: Invitation, organisation: string, apiEndpoint: string): Finding['resource'] {
  const name = login ?? email;
  return {
    system: 'github',
    type: 'invitation',
    id: `${organisation}/invitations/${id}`,
    ...(name === null ? {} : { name }),
    url: webUrl(apiEndpoint, `/orgs/${organisation}/people/pending_invitations`),
  };
}
