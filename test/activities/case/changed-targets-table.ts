import { caseSensitive } from '../../../local/tenant/entra/state/state.ts';
import type { RemedyKind } from '../../../src/steps/registry.ts';
import { type CallOf, type ChangedTargetsWorld, patched, type Unchanging } from './changed-targets-world.ts';

/** How a target changes, and what is told of it. */
export type Change<Kind extends RemedyKind> = {
  /** Changes the target in place, as its owner or a pipeline would, and answers how to change it back. */
  readonly to: (call: CallOf<Kind>) => () => unknown;
  /** What the report has to say of it. */
  readonly told: RegExp;
};

/** The changes of each kind. */
export type Changes = {
  readonly [Kind in Exclude<RemedyKind, Unchanging>]: readonly Change<Kind>[];
};

/** For every other kind of remedy a target that turns into something else between the plan and the act. */
export function changesIn(world: ChangedTargetsWorld): Changes {
  const { mint, organisation, colleague, documents, mended, application, invitations } = world;
  const { repositoryOf, variablesOf, trust, changedAtGateway } = world;
  const { entra, github, devops } = world.states;
  return {
    'cancel-invitation': [
      {
        to: ({ invitationId }) => patched(invitations, String(invitationId), { role: 'admin' }),
        told: /role was “direct_member”, is now “admin”/,
      },
    ],
    'remove-membership': [
      {
        to: ({ accountId }) => {
          organisation.owners.add(accountId);
          return () => organisation.owners.delete(accountId);
        },
        told: /role was “member”, is now “admin”/,
      },
    ],
    'delete-delegated-grant': [
      {
        to: ({ grantId }) =>
          patched(entra.grants, caseSensitive(grantId), { consentType: 'AllPrincipals', principalId: null }),
        told: /consentType was “Principal”, is now “AllPrincipals”; principal was “.*”, is now not set/,
      },
      {
        to: ({ grantId }) => patched(entra.grants, caseSensitive(grantId), { scope: 'mcp.tools.admin' }),
        told: /scopes was “mcp\.tools\.read.*”, is now “mcp\.tools\.admin”/,
      },
    ],
    'cancel-repository-invitation': [
      {
        to: ({ invitationId }) =>
          patched(documents.invitations, String(invitationId), { inviteeId: colleague.githubId }),
        told: /inviteeId was “4711042”, is now “5120001”/,
      },
      {
        to: ({ invitationId }) => patched(documents.invitations, String(invitationId), { permissions: 'admin' }),
        told: /permissions was “read”, is now “admin”/,
      },
    ],
    'delete-app-role-assignment': [
      {
        to: ({ assignmentId }) => patched(entra.assignments, caseSensitive(assignmentId), { principalType: 'Group' }),
        told: /holderType was “User”, is now “Group”/,
      },
    ],
    'suspend-subscription-key': [
      {
        to: ({ serviceId, name }) =>
          changedAtGateway(`${serviceId}/subscriptions/${name}`, { ownerId: `${serviceId}/users/bokafor` }),
        told: /owner was “amoreau”, is now “bokafor”/,
      },
    ],
    'delete-access-policy': [
      {
        to: ({ serviceId, provider, connection, policy }) =>
          changedAtGateway(
            `${serviceId}/authorizationProviders/${provider}/authorizations/${connection}/accessPolicies/${policy}`,
            { objectId: colleague.oid },
          ),
        told: /objectId was “3c9d1f7a-.*”, is now “a1b2c3d4-/,
      },
    ],
    'delete-federated-credential': [
      {
        to: (call) => trust(call, { subject: mended }),
        told: /subject was “repo:.*”, is now “repo:northwind-capital\/tools/,
      },
      { to: (call) => trust(call, { issuer: 'https://gitlab.com' }), told: /issuer was “https:\/\/token\.actions/ },
      { to: (call) => trust(call, { audiences: ['api://other'] }), told: /audiences was/ },
    ],
    'delete-variable': [
      {
        to: ({ scope, name }) => patched(variablesOf(scope), name, { value: mint.mint('github-classic') }),
        told: /valueSha256 was/,
      },
    ],
    'delete-workload-role': [
      {
        to: ({ assignmentId }) => patched(entra.assignments, caseSensitive(assignmentId), { principalType: 'Group' }),
        told: /holderType was “ServicePrincipal”, is now “Group”/,
      },
    ],
    'remove-application-owner': [
      {
        to: () => {
          application.owners?.delete(colleague.oid);
          return () => application.owners?.add(colleague.oid);
        },
        told: /anotherStays was “true”, is now “false”/,
      },
    ],
    'remove-client-secret': [
      {
        to: () => {
          const before = application.passwordCredentials ?? [];
          application.passwordCredentials = before.map((each) => ({ ...each, displayName: 'nightly of the platform' }));
          return () => {
            application.passwordCredentials = before;
          };
        },
        told: /name was “nightly”, is now “nightly of the platform”/,
      },
    ],
    'blank-variable': [
      {
        to: ({ scope, name }) => patched(variablesOf(scope), name, { value: mint.mint('github-classic') }),
        told: /valueSha256 was/,
      },
    ],
    'disable-agent': [
      {
        to: ({ poolId, agentId }) => patched(devops.agents, `${poolId}/${agentId}`, { name: 'build-07' }),
        told: /name was “laptop-amoreau”, is now “build-07”/,
      },
    ],
    'remove-agent': [
      {
        to: ({ poolId, agentId }) => patched(devops.agents, `${poolId}/${agentId}`, { name: 'build-07' }),
        told: /name was “laptop-amoreau”, is now “build-07”/,
      },
    ],
    'disable-service-connection': [
      {
        to: ({ connectionId }) =>
          patched(devops.connections, connectionId, { modificationDate: '2026-11-02T09:00:00Z' }),
        told: /modified was “2026-02-01.*”, is now “2026-11-02/,
      },
    ],
    'disable-service-hook': [
      {
        to: ({ hookId }) => patched(devops.hooks, hookId, { consumerInputs: { url: 'https://firm.example/hook' } }),
        told: /host was “relay\.example”, is now “firm\.example”/,
      },
    ],
    'disable-workflow': [
      {
        to: (call) => {
          const runs = github.repositories.get(`${call.organisation}/${call.repository}`)?.runs ?? [];
          const run = {
            id: 9_999_999,
            workflowId: call.workflowId,
            actorId: colleague.githubId,
            event: 'schedule' as const,
          };
          runs.push({ ...run, createdAt: new Date(Date.now() - 1) });
          return () => runs.pop();
        },
        told: /runsAs was “4711042”, is now “5120001”/,
      },
    ],
    'remove-deploy-key': [
      {
        to: ({ keyId }) => patched(documents.deployKeys, String(keyId), { key: 'ssh-ed25519 AAAAB3NzaC1yc2E' }),
        told: /keySha256 was/,
      },
      {
        to: ({ keyId }) => patched(documents.deployKeys, String(keyId), { readOnly: true }),
        told: /readOnly was “false”, is now “true”/,
      },
    ],
    'remove-runner': [
      {
        to: ({ repository, runnerId }) => {
          const place = repository === undefined ? organisation : repositoryOf(repository);
          return patched(place.runners, String(runnerId), { name: 'build-07' });
        },
        told: /name was “.*”, is now “build-07”/,
      },
    ],
    'revoke-devops-token': [
      {
        to: ({ authorizationId }) => patched(devops.tokens, authorizationId, { userId: colleague.oid }),
        told: /owner was “8b1f6f0e-.*”, is now “a1b2c3d4-/,
      },
    ],
    'revoke-sso-credential': [
      {
        to: ({ credentialId }) => patched(organisation.credentials, String(credentialId), { type: 'OAuth app token' }),
        told: /type was “.*”, is now “OAuth app token”/,
      },
    ],
  };
}
