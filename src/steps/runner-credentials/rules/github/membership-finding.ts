import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { Membership } from '../../../../connectors/github/people/membership.ts';
import type { GitHubAccount } from '../../../../people/leaver.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { permitted } from '../../../permitted.ts';
import { removeMembership } from '../../remedies/github/remove-membership.ts';
import { removeOutsideCollaborator } from '../../remedies/github/remove-outside-collaborator.ts';
import { webUrl } from './web-url.ts';

/** What a removal does not reach, whoever decides about it. */
const LIVES_ON =
  'Schedules that run as the account and machines that it registered go on after it is removed: they are findings of their own.';

/** The leaver's account still belongs to the organisation. One that is only invited is told with the invitation. */
export function membershipFinding(
  membership: Membership,
  organisation: string,
  apiEndpoint: string,
  account: GitHubAccount,
): Finding | undefined {
  const { login, role, state, enterpriseTeams, direct } = membership;
  if (state !== 'active') return undefined;
  const kind = 'organisation-membership';
  const key = `${organisation}/members/${account.id}`;
  const id = findingId('runner-credentials', kind, key);
  const owns = role === 'admin';
  const teams = enterpriseTeams.join(', ');
  const finding: Finding = {
    id,
    step: 'runner-credentials',
    kind,
    title: `${login} is ${owns ? 'an owner' : 'a member'} of ${organisation}`,
    resource: {
      system: 'github',
      type: 'membership',
      id: key,
      name: login,
      url: webUrl(apiEndpoint, `/orgs/${organisation}/people/${login}`),
    },
    severity: owns ? 'high' : 'medium',
    status: direct ? 'awaiting-decision' : 'manual-action',
    reason: [
      owns ? 'An owner can let anybody in, and undo what this case does.' : 'A member reads what members may read.',
      ...(teams === '' ? [] : [teamsWords(teams, direct)]),
      LIVES_ON,
    ].join(' '),
    evidence: { login, accountId: account.id, role, direct, enterpriseTeams: [...enterpriseTeams] },
    ...(direct
      ? {
          remedy: remedyOf(
            removeMembership,
            id,
            { kind: 'remove-membership', organisation, accountId: account.id, login, expected: { role } },
            undefined,
          ),
        }
      : {}),
  };
  return permitted(finding, account);
}

/** By GitHub's description of "Remove organization membership for a user". */
function teamsWords(teams: string, direct: boolean): string {
  return direct
    ? `Teams of the enterprise let the account in as well (${teams}): removing it here leaves those, so the enterprise’s owner takes it out of them.`
    : `Teams of the enterprise alone let the account in (${teams}): only the enterprise’s owner can take it out of them.`;
}

/** An account of the leaver's that is let into single repositories. */
export function outsideCollaboratorFinding(
  { id: accountId, login }: { readonly id: number; readonly login: string },
  organisation: string,
  apiEndpoint: string,
  account: GitHubAccount,
): Finding {
  const kind = 'outside-collaborator';
  const key = `${organisation}/outside-collaborators/${accountId}`;
  const id = findingId('runner-credentials', kind, key);
  const finding: Finding = {
    id,
    step: 'runner-credentials',
    kind,
    title: `${login} is let into repositories of ${organisation}`,
    resource: {
      system: 'github',
      type: 'outside-collaborator',
      id: key,
      name: login,
      url: webUrl(apiEndpoint, `/orgs/${organisation}/outside-collaborators`),
    },
    severity: 'high',
    status: 'awaiting-decision',
    reason: `Outside collaborators sign in without the firm, so that nothing done in Entra ends this. ${LIVES_ON}`,
    evidence: { login, accountId },
    remedy: remedyOf(
      removeOutsideCollaborator,
      id,
      { kind: 'remove-outside-collaborator', organisation, accountId, login, expected: { accountId } },
      undefined,
    ),
  };
  return permitted(finding, account);
}
