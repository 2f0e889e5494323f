import { shellWord } from '../../shapes/shell-word.ts';
import type { RemedyCall, RemedyKind } from '../registry.ts';

type CallOf<Kind extends RemedyKind> = Extract<RemedyCall, { readonly kind: Kind }>;

/**
 * What a person runs where the app could not, or may not, carry a remedy out; every kind has its line. `undefined` where
 * no person can: GitHub gives it to Apps only, or it takes the secret itself. Their findings have a link.
 */
const COMMANDS: { readonly [Kind in RemedyKind]: (call: CallOf<Kind>) => string | undefined } = {
  'blank-variable': ({ scope, name }) => `gh variable set ${w(name)} ${placeOf(scope)} --body removed-by-offboarding`,
  'cancel-invitation': ({ organisation, invitationId }) =>
    gh('DELETE', `/orgs/${organisation}/invitations/${invitationId}`),
  'cancel-repository-invitation': ({ organisation, repository, invitationId }) =>
    gh('DELETE', `/repos/${organisation}/${repository}/invitations/${invitationId}`),
  'delete-access-policy': ({ serviceId, provider, connection, policy }) =>
    apim(
      'delete',
      `${serviceId}/authorizationProviders/${provider}/authorizations/${connection}/accessPolicies/${policy}`,
    ),
  'delete-app-role-assignment': ({ servicePrincipalId, assignmentId }) =>
    graph('delete', `servicePrincipals/${servicePrincipalId}/appRoleAssignedTo/${assignmentId}`),
  'delete-delegated-grant': ({ grantId }) => graph('delete', `oauth2PermissionGrants/${grantId}`),
  'delete-federated-credential': ({ parent, name, id }) =>
    parent.type === 'managed-identity'
      ? `az identity federated-credential delete --name ${w(name)} --identity-name ${w(parent.name)} --resource-group ${w(parent.resourceGroup)} --subscription ${w(parent.subscriptionId)} --yes`
      : `az ad app federated-credential delete --id ${w(parent.objectId)} --federated-credential-id ${w(id)}`,
  'delete-variable': ({ scope, name }) => `gh variable delete ${w(name)} ${placeOf(scope)}`,
  'delete-workload-role': ({ servicePrincipalId, assignmentId }) =>
    graph('delete', `servicePrincipals/${servicePrincipalId}/appRoleAssignments/${assignmentId}`),
  'deny-identity': ({ caseId }) => `offboard case decide ${w(caseId)}`,
  'deny-token-request': () => undefined,
  'disable-agent': (call) => devops('patch', agentOf(call), JSON.stringify({ id: call.agentId, enabled: false })),
  'disable-service-connection': ({ organisation, projectId, connectionId }) =>
    `az devops service-endpoint show --id ${w(connectionId)} --organization ${w(`https://dev.azure.com/${organisation}`)} --project ${w(projectId)}`,
  'disable-service-hook': ({ organisation, hookId }) =>
    devops('get', `${organisation}/_apis/hooks/subscriptions/${hookId}`),
  'disable-workflow': ({ organisation, repository, workflowId }) =>
    `gh workflow disable ${workflowId} --repo ${w(`${organisation}/${repository}`)}`,
  'hand-over-schedule': ({ organisation, repository, workflowId }) =>
    `gh workflow view ${workflowId} --yaml --repo ${w(`${organisation}/${repository}`)}`,
  'remove-agent': (call) => devops('delete', agentOf(call)),
  'remove-application-owner': ({ set, objectId, expected }) =>
    graph('delete', `${set}/${objectId}/owners/${expected.owner}/$ref`),
  'remove-client-secret': ({ set, objectId, keyId }) =>
    graph('post', `${set}/${objectId}/removePassword`, JSON.stringify({ keyId })),
  'remove-deploy-key': ({ organisation, repository, keyId }) =>
    gh('DELETE', `/repos/${organisation}/${repository}/keys/${keyId}`),
  'remove-entitlement': ({ organisation, storageKey }) =>
    devops('delete', `${organisation}/_apis/userentitlements/${storageKey}`, undefined, 'https://vsaex.dev.azure.com'),
  'remove-membership': ({ organisation, login }) => gh('DELETE', `/orgs/${organisation}/memberships/${login}`),
  'remove-outside-collaborator': ({ organisation, login }) =>
    gh('DELETE', `/orgs/${organisation}/outside_collaborators/${login}`),
  'remove-runner': ({ organisation, repository, runnerId }) =>
    gh(
      'DELETE',
      `${repository === undefined ? `/orgs/${organisation}` : `/repos/${organisation}/${repository}`}/actions/runners/${runnerId}`,
    ),
  'revoke-devops-token': ({ organisation, authorizationId }) =>
    devops(
      'post',
      `${organisation}/_apis/tokenadmin/revocations`,
      JSON.stringify([{ authorizationId }]),
      'https://vssps.dev.azure.com',
    ),
  'revoke-fine-grained-token': () => undefined,
  'revoke-found-token': () => undefined,
  'revoke-sso-credential': ({ organisation, credentialId }) =>
    gh('DELETE', `/orgs/${organisation}/credential-authorizations/${credentialId}`),
  'suspend-subscription-key': ({ serviceId, name }) =>
    apim('patch', `${serviceId}/subscriptions/${name}`, '{"properties":{"state":"suspended"}}'),
};

/** The kinds that have a line here, for whoever checks that none is missing. */
export const COMMAND_KINDS: readonly string[] = Object.keys(COMMANDS);
const BY_KIND = new Map<string, (call: never) => string | undefined>(Object.entries(COMMANDS));

/** The command of a remedy; of one that another version planned, and that this one does not know, there is none. */
export function commandOf(call: { readonly kind: string }): string | undefined {
  return BY_KIND.get(call.kind)?.(call as never);
}

const w = shellWord;

function gh(method: 'DELETE', path: string): string {
  return `gh api --method ${method} ${w(path)}`;
}

function graph(method: 'delete' | 'post', path: string, body?: string): string {
  return rest(method, `https://graph.microsoft.com/v1.0/${path}`, body);
}

function apim(method: 'delete' | 'patch', id: string, body?: string): string {
  return `${rest(method, `https://management.azure.com${id}?api-version=2024-05-01`, body)} --headers 'If-Match=*'`;
}

/** The application id under which `az` gets a token for Azure DevOps (learn.microsoft.com/azure/devops/cli). */
const DEVOPS_APP = '499b84ac-1321-427f-aa17-267ca6975798';

function devops(
  method: 'delete' | 'get' | 'patch' | 'post',
  path: string,
  body?: string,
  host = 'https://dev.azure.com',
) {
  return `${rest(method, `${host}/${path}?api-version=7.1-preview.1`, body)} --resource ${DEVOPS_APP}`;
}

function rest(method: string, url: string, body?: string): string {
  return `az rest --method ${method} --url ${w(url)}${body === undefined ? '' : ` --body ${w(body)}`}`;
}

function agentOf({ organisation, poolId, agentId }: CallOf<'disable-agent' | 'remove-agent'>): string {
  return `${organisation}/_apis/distributedtask/pools/${poolId}/agents/${agentId}`;
}

function placeOf(scope: CallOf<'delete-variable'>['scope']): string {
  switch (scope.type) {
    case 'organisation':
      return `--org ${w(scope.organisation)}`;
    case 'repository':
      return `--repo ${w(`${scope.organisation}/${scope.repository}`)}`;
    case 'environment':
      return `--repo ${w(`${scope.organisation}/${scope.repository}`)} --env ${w(scope.environment)}`;
    default:
      return scope satisfies never;
  }
}
