import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import { commandToSee, linkTo } from '../../../src/steps/act/look-at.ts';
import { finding, resource } from './act-world.ts';

const VIEW = 'https://entra.microsoft.com/#view';
const PORTAL = 'https://portal.azure.com/#@/resource';
const LINKS: readonly (readonly [
  what: string,
  of: ReportFinding['resource'],
  evidence: ReportFinding['evidence'],
  link: string | undefined,
])[] = [
  [
    'its own address',
    { ...resource('entra', 'user', 'oid'), url: 'https://corp.example/a' },
    {},
    'https://corp.example/a',
  ],
  [
    'where it is seen, its own address being no plain one',
    { ...resource('azure', 'vault', '/subscriptions/s/kv'), url: 'http://corp.example' },
    {},
    `${PORTAL}/subscriptions/s/kv/overview`,
  ],
  [
    'the resource, however its id is written',
    resource('azure', 'vault', '/Subscriptions/s/kv'),
    {},
    `${PORTAL}/Subscriptions/s/kv/overview`,
  ],
  [
    'nothing, its address being a script',
    { ...resource('github', 'x', 'y'), url: 'javascript:alert(1)' },
    {},
    undefined,
  ],
  ['nothing, nothing leading there', resource('azure-devops', 'agent', 'acme/pools/1'), {}, undefined],
  ['nothing, its id being no resource’s', resource('azure', 'vault', 'x/subscriptions/s/kv'), {}, undefined],
  ['nothing, its id being no address', resource('azure', 'vault', '/subscriptions/s/"kv"'), {}, undefined],
  [
    'the credentials of the identity',
    resource('azure', 'federatedIdentityCredential', '/subscriptions/s/id/FederatedIdentityCredentials/ci'),
    {},
    `${PORTAL}/subscriptions/s/id/federatedcredentials`,
  ],
  [
    'the account',
    resource('entra', 'user', 'o id'),
    { clientId: 'sp' },
    `${VIEW}/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/o%20id`,
  ],
  [
    'the account whose token it is',
    resource('entra', 'accessToken', 'oid'),
    {},
    `${VIEW}/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/oid`,
  ],
  [
    'the credentials of the application',
    resource('entra', 'federatedIdentityCredential', 'x/y'),
    { appId: 'app', clientId: 'sp' },
    `${VIEW}/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/app`,
  ],
  ['nothing, the application being unknown', resource('entra', 'federatedIdentityCredential', 'x/y'), {}, undefined],
  [
    'the principal itself',
    resource('entra', 'servicePrincipal', 'sp'),
    { appId: 'app', clientId: 'other', resourceId: 'other' },
    `${VIEW}/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/sp`,
  ],
  [
    'the resource that the role is in',
    resource('entra', 'appRoleAssignment', 'as'),
    { clientId: 'other', resourceId: 'sp' },
    `${VIEW}/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/sp`,
  ],
  [
    'the client that has the grant',
    resource('entra', 'oauth2PermissionGrant', 'g'),
    { clientId: 'sp', resourceId: 'other' },
    `${VIEW}/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/sp`,
  ],
  ['nothing, no client being told', resource('entra', 'oauth2PermissionGrant', 'g'), { clientId: '' }, undefined],
];
for (const [what, of, evidence, link] of LINKS)
  test(`${of.system} ${of.type} ${of.id} is linked to ${what}`, () => assert.equal(linkTo(of, evidence), link));

const GUID = '0e000000-0000-4000-8000-00000000000A';
const DEVOPS = '--organization https://dev.azure.com/acme';
const SEEN: readonly (readonly [of: ReportFinding['resource'], command: string, more?: Partial<ReportFinding>])[] = [
  [resource('azure-devops', 'machine', 'azure-devops/acme/box'), `az pipelines pool list ${DEVOPS}`],
  [resource('github', 'machine', 'github/acme/box'), 'gh api --paginate /orgs/acme/actions/runners'],
  [resource('log-analytics', 'table', 'Calls_CL'), 'Calls_CL | where TimeGenerated > ago(30d)'],
  [resource('log-analytics', 'table', 'x', 'my-table'), 'table("my-table") | where TimeGenerated > ago(30d)'],
  [
    resource('log-analytics', 'table', 'x', 'T'),
    'T | where b',
    { reason: 'The tool “(KQL: evil)” was called (KQL:  T | where b ; see there).' },
  ],
  [resource('gateway', 'namedValue', '/subscriptions/s/apim'), 'az resource show --ids /subscriptions/s/apim'],
  [resource('gateway', 'namedValue', 'apim-mcp'), 'az resource list --name apim-mcp'],
  [resource('azure', 'vault', 'x', 'kv'), 'az resource list --name kv'],
  [
    resource(
      'azure',
      'federatedIdentityCredential',
      '/Subscriptions/s/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id/federatedIdentityCredentials/ci',
    ),
    'az identity federated-credential show --name ci --identity-name id --resource-group rg --subscription s',
  ],
  [
    resource('azure', 'x', '/subscriptions/s/resourceGroups/rg/p/id/federatedIdentityCredentials/ci/more'),
    'az resource show --ids /subscriptions/s/resourceGroups/rg/p/id/federatedIdentityCredentials/ci/more',
  ],
  [
    resource('azure', 'x', 'x/subscriptions/s/resourceGroups/rg/p/id/federatedIdentityCredentials/ci', 'ci'),
    'az resource list --name ci',
  ],
  [
    resource('entra', 'federatedIdentityCredential', 'app/fc'),
    'az ad app federated-credential list --id app',
    { evidence: { parent: 'application' } },
  ],
  [resource('entra', 'federatedIdentityCredential', 'app/fc', 'ci'), 'az ad sp list --display-name ci'],
  [
    resource('entra', 'servicePrincipal', 'sp', 'Sync'),
    'az ad sp list --display-name Sync',
    { evidence: { parent: 'application' } },
  ],
  [resource('entra', 'servicePrincipal', 'Sync'), 'az ad sp list --display-name Sync'],
  [resource('entra', 'user', 'oid'), 'az ad user show --id oid'],
  [resource('entra', 'accessToken', 'oid'), 'az ad user show --id oid'],
  [
    resource('entra', 'oauth2PermissionGrant', 'a b'),
    "az rest --method get --url 'https://graph.microsoft.com/v1.0/oauth2PermissionGrants/a%20b'",
  ],
  [
    resource('entra', 'group', `${GUID}/owner`),
    `az rest --method get --url https://graph.microsoft.com/v1.0/directoryObjects/${GUID}`,
  ],
  [resource('entra', 'group', `a${GUID}`, 'g'), 'az ad sp list --display-name g'],
  [resource('entra', 'group', `${GUID}0`, 'g'), 'az ad sp list --display-name g'],
  [resource('github', 'runner', 'acme/runners/3'), 'gh api /orgs/acme/actions/runners/3'],
  [resource('github', 'runner', 'acme/pay/runners/3'), 'gh api /repos/acme/pay/actions/runners/3'],
  [resource('github', 'membership', 'acme'), 'gh api /orgs/acme'],
  [resource('gateway', 'tool-call', 'r-1'), 'MCPAuditLog_CL | where apim_request_id_s == "r-1"'],
  [resource('app', 'x', 'y'), 'offboard doctor'],
  [resource('github', 'runner', 'acme/pay/more/runners/3'), 'gh browse --repo acme/pay'],
  [resource('github', 'runner', 'acme/pay/runners/3/labels'), 'gh browse --repo acme/pay'],
  [resource('github', 'variable', 'organisation acme of acme#PAT'), 'gh browse --repo acme/PAT'],
  [resource('github', 'key', 'acme/9'), 'gh api /orgs/acme'],
  [resource('github', 'x', 'acme/9lives'), 'gh browse --repo acme/9lives'],
  [resource('github', 'x', 'acme/v9'), 'gh browse --repo acme/v9'],
  [resource('github', 'x', 'acme/a b'), 'gh api /orgs/acme'],
  [resource('github', 'x', 'acme/a '), 'gh api /orgs/acme'],
  [
    resource('azure-devops', 'agent', 'acme/pools/1/agents/5'),
    `az pipelines agent show --agent-id 5 --pool-id 1 ${DEVOPS}`,
  ],
  [resource('azure-devops', 'membership', 'acme/aad.x'), `az devops user list ${DEVOPS}`],
  [resource('azure-devops', 'pool', 'acme/pools/1'), `az pipelines agent list --pool-id 1 ${DEVOPS}`],
  [resource('azure-devops', 'agent', 'acme/pools/1/agents/5/x'), `az pipelines agent list --pool-id 1 ${DEVOPS}`],
  [
    resource('azure-devops', 'variable', 'acme/variableGroups/7', 'pay/secrets'),
    `az pipelines variable-group show --group-id 7 ${DEVOPS} --project pay`,
  ],
  [
    resource('azure-devops', 'variable', 'acme/variablegroups/7', 'secrets'),
    `az pipelines variable-group show --group-id 7 ${DEVOPS}`,
  ],
  [
    resource('azure-devops', 'pipeline', 'acme/definitions/7', 'pay/build'),
    `az pipelines show --id 7 ${DEVOPS} --project pay`,
  ],
];
for (const [of, command, more] of SEEN) {
  test(`${of.system} ${of.type} ${of.id} is looked at by ${command}`, () =>
    assert.equal(commandToSee(finding(of, more)), command));
}
