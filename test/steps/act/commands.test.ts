import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND_KINDS, commandOf } from '../../../src/steps/act/commands.ts';

const repository = { organisation: 'acme', repository: 'pay' };
const GRAPH = 'https://graph.microsoft.com/v1.0';
const AS_DEVOPS = '--resource 499b84ac-1321-427f-aa17-267ca6975798';
const agent = { organisation: 'acme', poolId: 1, agentId: 5 };
const AGENT = "'https://dev.azure.com/acme/_apis/distributedtask/pools/1/agents/5?api-version=7.1-preview.1'";
const identity = { type: 'managed-identity', name: 'id-pay', resourceGroup: 'rg-pay', subscriptionId: 'sub' };

/** What a person runs instead of each kind of remedy; of a kind with several targets, of each. */
const COMMANDS: readonly (readonly [
  kind: string,
  call: { readonly [field: string]: unknown },
  command: string | undefined,
])[] = [
  [
    'blank-variable',
    { scope: { type: 'repository', ...repository }, name: 'PAT' },
    'gh variable set PAT --repo acme/pay --body removed-by-offboarding',
  ],
  ['cancel-invitation', { organisation: 'acme', invitationId: 3 }, 'gh api --method DELETE /orgs/acme/invitations/3'],
  [
    'cancel-repository-invitation',
    { ...repository, invitationId: 3 },
    'gh api --method DELETE /repos/acme/pay/invitations/3',
  ],
  [
    'delete-access-policy',
    { serviceId: '/subscriptions/s/apim', provider: 'github', connection: 'c', policy: 'p' },
    "az rest --method delete --url 'https://management.azure.com/subscriptions/s/apim/authorizationProviders/github/" +
      "authorizations/c/accessPolicies/p?api-version=2024-05-01' --headers 'If-Match=*'",
  ],
  [
    'delete-app-role-assignment',
    { servicePrincipalId: 'sp', assignmentId: 'as' },
    `az rest --method delete --url ${GRAPH}/servicePrincipals/sp/appRoleAssignedTo/as`,
  ],
  ['delete-delegated-grant', { grantId: 'g' }, `az rest --method delete --url ${GRAPH}/oauth2PermissionGrants/g`],
  [
    'delete-federated-credential',
    { parent: identity, name: 'ci main', id: 'x' },
    "az identity federated-credential delete --name 'ci main' --identity-name id-pay --resource-group rg-pay --subscription sub --yes",
  ],
  [
    'delete-federated-credential',
    { parent: { type: 'application', objectId: 'app' }, name: 'ci', id: 'fc' },
    'az ad app federated-credential delete --id app --federated-credential-id fc',
  ],
  [
    'delete-variable',
    { scope: { type: 'organisation', organisation: 'acme' }, name: 'PAT' },
    'gh variable delete PAT --org acme',
  ],
  [
    'delete-variable',
    { scope: { type: 'environment', ...repository, environment: 'prod' }, name: 'X; rm -rf /' },
    "gh variable delete 'X; rm -rf /' --repo acme/pay --env prod",
  ],
  [
    'delete-workload-role',
    { servicePrincipalId: 'sp', assignmentId: 'as' },
    `az rest --method delete --url ${GRAPH}/servicePrincipals/sp/appRoleAssignments/as`,
  ],
  ['deny-identity', { caseId: 'case-1' }, 'offboard case decide case-1'],
  ['deny-token-request', {}, undefined],
  ['disable-agent', agent, `az rest --method patch --url ${AGENT} --body '{"id":5,"enabled":false}' ${AS_DEVOPS}`],
  [
    'disable-service-connection',
    { organisation: 'acme', projectId: 'pay', connectionId: 'c' },
    'az devops service-endpoint show --id c --organization https://dev.azure.com/acme --project pay',
  ],
  [
    'disable-service-hook',
    { organisation: 'acme', hookId: 'h' },
    `az rest --method get --url 'https://dev.azure.com/acme/_apis/hooks/subscriptions/h?api-version=7.1-preview.1' ${AS_DEVOPS}`,
  ],
  ['disable-workflow', { ...repository, workflowId: 9 }, 'gh workflow disable 9 --repo acme/pay'],
  ['hand-over-schedule', { ...repository, workflowId: 9 }, 'gh workflow view 9 --yaml --repo acme/pay'],
  ['remove-agent', agent, `az rest --method delete --url ${AGENT} ${AS_DEVOPS}`],
  [
    'remove-application-owner',
    { set: 'applications', objectId: 'app', expected: { owner: 'oid' } },
    `az rest --method delete --url '${GRAPH}/applications/app/owners/oid/$ref'`,
  ],
  [
    'remove-client-secret',
    { set: 'applications', objectId: 'app', keyId: 'k' },
    `az rest --method post --url ${GRAPH}/applications/app/removePassword --body '{"keyId":"k"}'`,
  ],
  ['remove-deploy-key', { ...repository, keyId: 3 }, 'gh api --method DELETE /repos/acme/pay/keys/3'],
  [
    'remove-entitlement',
    { organisation: 'acme', storageKey: 'key' },
    `az rest --method delete --url 'https://vsaex.dev.azure.com/acme/_apis/userentitlements/key?api-version=7.1-preview.1' ${AS_DEVOPS}`,
  ],
  [
    'remove-membership',
    { organisation: 'acme', login: 'alice' },
    'gh api --method DELETE /orgs/acme/memberships/alice',
  ],
  [
    'remove-outside-collaborator',
    { organisation: 'acme', login: 'alice' },
    'gh api --method DELETE /orgs/acme/outside_collaborators/alice',
  ],
  ['remove-runner', { organisation: 'acme', runnerId: 3 }, 'gh api --method DELETE /orgs/acme/actions/runners/3'],
  ['remove-runner', { ...repository, runnerId: 3 }, 'gh api --method DELETE /repos/acme/pay/actions/runners/3'],
  [
    'revoke-devops-token',
    { organisation: 'acme', authorizationId: 'a' },
    "az rest --method post --url 'https://vssps.dev.azure.com/acme/_apis/tokenadmin/revocations?api-version=7.1-preview.1'" +
      ` --body '[{"authorizationId":"a"}]' ${AS_DEVOPS}`,
  ],
  ['revoke-fine-grained-token', {}, undefined],
  ['revoke-found-token', {}, undefined],
  [
    'revoke-sso-credential',
    { organisation: 'acme', credentialId: 3 },
    'gh api --method DELETE /orgs/acme/credential-authorizations/3',
  ],
  [
    'suspend-subscription-key',
    { serviceId: '/subscriptions/s/apim', name: 'key' },
    "az rest --method patch --url 'https://management.azure.com/subscriptions/s/apim/subscriptions/key?api-version=2024-05-01'" +
      ` --body '{"properties":{"state":"suspended"}}' --headers 'If-Match=*'`,
  ],
];
for (const [kind, call, command] of COMMANDS) {
  test(`instead of ${kind} a person runs ${command ?? 'nothing: no person can'}`, () =>
    assert.equal(commandOf({ kind, ...call }), command));
}

test('every kind that has a line is told here', () => {
  assert.deepEqual([...new Set(COMMANDS.map(([kind]) => kind))].sort(), [...COMMAND_KINDS].sort());
});
