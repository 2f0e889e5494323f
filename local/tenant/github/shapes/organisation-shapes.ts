import type { Invitation, User } from '../state/state-accounts.ts';
import type { FineGrainedToken, SsoCredential, TokenRequest } from '../state/state-credentials.ts';
import type { AuditEvent, Organisation } from '../state/state-organisation.ts';
import { nodeId } from './node-ids.ts';
import { CREATED, type ShapeParts, UPDATED } from './shape-parts.ts';

/** What an organisation shows: its members, their tokens and keys, its log. */
export interface OrganisationShapes {
  fineGrainedToken(organisation: Organisation, token: FineGrainedToken): object;
  tokenRequest(organisation: Organisation, request: TokenRequest): object;
  credential(credential: SsoCredential): object;
  membership(organisation: Organisation, user: User): object;
  invitation(organisation: Organisation, invitation: Invitation): object;
  auditEvent(organisation: Organisation, event: AuditEvent): object;
}

/** What an organisation shows, in GitHub’s JSON. */
export function organisationShapes({ state, api, web, account, userOf }: ShapeParts): OrganisationShapes {
  return {
    fineGrainedToken: (organisation, token) => ({
      id: token.id,
      owner: userOf(token.ownerId),
      repository_selection: 'subset',
      repositories_url: api(`/organizations/${organisation.id}/personal-access-tokens/${token.id}/repositories`),
      permissions: { repository: { contents: 'write', metadata: 'read' } },
      access_granted_at: CREATED,
      token_id: token.tokenId,
      token_name: token.name,
      token_expired: false,
      token_expires_at: null,
      token_last_used_at: UPDATED,
    }),
    tokenRequest: (organisation, request) => ({
      id: request.id,
      reason: 'For the nightly export',
      owner: userOf(request.ownerId),
      repository_selection: 'all',
      repositories_url: api(
        `/organizations/${organisation.id}/personal-access-token-requests/${request.id}/repositories`,
      ),
      permissions: { repository: { contents: 'write', metadata: 'read' } },
      created_at: UPDATED,
      token_id: request.tokenId,
      token_name: request.name,
      token_expired: false,
      token_expires_at: null,
      token_last_used_at: null,
    }),
    credential: (credential) => ({
      login: credential.login,
      credential_id: credential.id,
      credential_type: credential.type,
      ...(credential.tokenLastEight === undefined ? {} : { token_last_eight: credential.tokenLastEight }),
      ...(credential.fingerprint === undefined ? {} : { fingerprint: credential.fingerprint }),
      ...(credential.scopes === undefined ? {} : { scopes: credential.scopes }),
      credential_authorized_at: CREATED,
      credential_accessed_at: UPDATED,
      authorized_credential_id: credential.id + 1_000_000,
      authorized_credential_title: credential.type === 'SSH key' ? (credential.note ?? null) : null,
      authorized_credential_note: credential.type === 'SSH key' ? null : (credential.note ?? null),
      authorized_credential_expires_at: null,
    }),
    membership: (organisation, user) => {
      const through = organisation.enterpriseTeams.get(user.id);
      const base = api(`/orgs/${organisation.login}`);
      const member = organisation.members.has(user.id);
      return {
        url: `${base}/memberships/${user.login}`,
        state: member ? 'active' : 'pending',
        role: organisation.owners.has(user.id) ? 'admin' : 'member',
        ...(through === undefined
          ? {}
          : {
              direct_membership: through.direct,
              enterprise_teams_providing_indirect_membership: [...through.teams],
            }),
        organization_url: base,
        organization: {
          login: organisation.login,
          id: organisation.id,
          node_id: nodeId('O', organisation.id),
          url: base,
          ...Object.fromEntries(
            ['repos', 'events', 'hooks', 'issues'].map((what) => [`${what}_url`, `${base}/${what}`]),
          ),
          members_url: `${base}/members{/member}`,
          public_members_url: `${base}/public_members{/member}`,
          avatar_url: web(`/avatars/${organisation.id}`),
          description: null,
        },
        user: account(user.login, user.id, 'User'),
        permissions: { can_create_repository: true },
      };
    },
    invitation: (organisation, { id, login, email, inviterId, role }) => ({
      id,
      node_id: nodeId('OI', id),
      login,
      email,
      role: role ?? 'direct_member',
      created_at: UPDATED,
      failed_at: null,
      failed_reason: null,
      inviter: userOf(inviterId),
      team_count: 0,
      invitation_teams_url: api(`/organizations/${organisation.id}/invitations/${id}/teams`),
      invitation_source: 'member',
    }),
    auditEvent: (organisation, { id, action, actorId, at, more }) => ({
      '@timestamp': at.getTime(),
      created_at: at.getTime(),
      _document_id: id,
      action,
      actor: state.users.get(String(actorId))?.login ?? 'ghost',
      actor_id: actorId,
      org: organisation.login,
      org_id: organisation.id,
      ...more,
    }),
  };
}
