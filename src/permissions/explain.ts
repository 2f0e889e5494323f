import type { AzureScope, PermissionIdentity } from '../connectors/permission.ts';
import type { StepAct } from '../steps/define-step.ts';
import { remedyDefinition, STEPS, titleOf } from '../steps/registry.ts';
import type { Dependent, Permission } from './permission.ts';

/** Whose, where one kind of remedy goes to several systems. */
const SORTS: Readonly<Record<string, string>> = {
  application: 'of app registrations',
  'managed-identity': 'of managed identities',
  organisation: 'of the organisation',
  repository: 'of repositories',
  environment: 'of environments',
};

/** What no longer works without it, a phrase each. */
export function whatBreaks({ neededFor }: Pick<Permission, 'neededFor'>): string[] {
  const steps = Map.groupBy(
    neededFor.filter((each) => each.kind === 'coverage'),
    ({ step }) => step,
  );
  return [
    ...[...steps].map(([step, lines]) => `${titleOf(step)}: ${lines.map(({ source }) => source).join(', ')} denied`),
    ...neededFor.flatMap(breakage),
  ];
}

function breakage(each: Dependent): string[] {
  switch (each.kind) {
    case 'coverage':
      return [];
    case 'remedy':
      return [
        `cannot ${remedyDefinition({ kind: each.remedy }).words.ability}${each.of === undefined ? '' : ` ${SORTS[each.of] ?? each.of}`}`,
      ];
    case 'containment':
      return [`cannot ${actOf(each.finding)?.ability ?? each.finding}`];
    case 'check':
      return [`checklist: ${each.check} unknown`];
    case 'function':
      return [`no longer: ${each.what}`];
    default:
      return each satisfies never;
  }
}

/** Where a role is assigned, for people. */
export const SCOPES: Readonly<Record<AzureScope, string>> = {
  subscriptions: 'each subscription in SUBSCRIPTION_IDS',
  gateway: 'the API Management service',
  'deny-list': 'each named value in DENY_LIST_NAMED_VALUES',
  workspace: 'the Log Analytics workspace',
  key: 'the key of the GitHub App',
  'assessor-key': 'the key of the assessor’s GitHub App',
  'evidence-key': 'the key that signs evidence',
  storage: 'the app’s storage account',
  'event-hub': 'the event hub of tool calls',
  'data-collection-rule': 'the data collection rule',
  'application-insights': 'Application Insights',
  'webhook-secret':
    'the secrets of the webhooks (the address of the Teams workflow, and what signs the messages of the other), where they are configured',
};

/** What somebody does who wants to give it, in a sentence. */
export function howToGrant({ grant, identity }: Pick<Permission, 'grant' | 'identity'>): string {
  switch (grant.kind) {
    case 'graph-application-permission':
      return `An administrator assigns the app role ${grant.name} of Microsoft Graph to the ${identity} identity: terraform apply.`;
    case 'azure-action':
    case 'azure-data-action':
      return `Assign the custom role ${grant.role}, with this action in it, on ${SCOPES[grant.scope]} to the ${identity} identity: terraform apply.`;
    case 'azure-built-in-role':
      return `Assign the role ${grant.name} on ${SCOPES[grant.scope]} to the ${identity} identity: terraform apply.`;
    case 'devops-scope':
      return `Give it to the ${identity} identity as a member of the organisation: ${devopsRight(identity, grant.name)}.`;
    case 'github-app-permission':
      return `Set ${grant.name} to ${grant.level} in the settings of ${identity === 'assessor' ? 'the assessor’s GitHub App' : 'the GitHub App'}; an owner of each organisation accepts the change.`;
    default:
      return grant satisfies never;
  }
}

/** Whoever changes nothing is in no group that may: it is shown the projects by a permission of its own. */
function devopsRight(identity: PermissionIdentity, scope: string): string {
  if (identity === 'assessor' && scope === 'vso.project') {
    return 'View project-level information of all projects, later ones too (az devops security permission update, namespace Project, token $PROJECT, bit 1); the group Readers of each project shows those alone, and the checklist says that there may be others';
  }
  return DEVOPS[scope] ?? scope;
}

/** Where Azure DevOps keeps what its reference calls by scopes. */
const DEVOPS: Readonly<Record<string, string>> = {
  'vso.graph': 'access level Basic, which shows the organisation’s users',
  'vso.project':
    'the group Project Collection Administrators, which sees every project, later ones too; the group Readers of each project shows those alone, and the report says that there may be others',
  'vso.build':
    'View build pipeline in every project, which Readers have; Reader of all environments of each project; and in the namespace ServiceHooks the permission to view subscriptions, for the remover to edit them (az devops security permission update, token PublisherSecurity)',
  'vso.code': 'Read of the repositories of every project, which Readers have',
  'vso.build_execute': 'View builds and Stop builds of all pipelines in every project (Pipelines, Manage security)',
  'vso.release': 'View release pipeline in every project, which Readers have',
  'vso.serviceendpoint':
    'Reader of all service connections of each project (Project settings, Service connections, Security)',
  'vso.serviceendpoint_manage':
    'Administrator of all service connections of each project (Project settings, Service connections, Security)',
  'vso.auditlog': 'View audit log (Organization settings, Permissions); auditing itself is turned on under Policies',
  'vso.memberentitlementmanagement_write':
    'the group Project Collection Administrators, which alone may remove members',
  'vso.variablegroups_read': 'Reader of the library in every project',
  'vso.agentpools': 'Reader of all agent pools (Organization settings, Agent pools, Security)',
  'vso.agentpools_manage': 'Administrator of all agent pools (Organization settings, Agent pools, Security)',
  'vso.tokenadministration': 'the group Project Collection Administrators, which alone may see other people’s tokens',
};

function actOf(finding: string): StepAct | undefined {
  return STEPS.flatMap(({ acts }): readonly StepAct[] => acts).find((act) => act.finding === finding);
}
