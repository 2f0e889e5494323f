import type { Azurite } from './azurite.ts';
import { COVERAGE_DECISIONS } from './coverage-decisions.ts';
import { MCP_SUBNET } from './tenant/arm/seeds/case-study-posture.ts';
import type { Tenant } from './tenant/core/start-tenant.ts';
import { OWNER_ID } from './tenant/github/actions/oidc.ts';
import { CONSOLE_CLIENT_ID } from './tenant/seeds/staff.ts';
import { WORLD } from './tenant/seeds/world.ts';
import { emptyTeams, teamsWebhookPath } from './tenant/teams/vendor.ts';
import { APP_KEY, ASSESSOR_KEY, SIGNING_KEY } from './tenant/vault/vendor.ts';
import { WEBHOOK_PATH } from './tenant/webhook/vendor.ts';

/** The app settings that point the app at the simulated tenant: what Terraform sets in Azure, with other values. */
export function appSettings(
  tenant: Pick<Tenant, 'identityEnvironment' | 'origin' | 'signInMetadata'>,
  storage: Pick<Azurite, 'blob' | 'table' | 'queue'>,
  authorityFile: string,
  webhookSecret: string,
): Record<string, string> {
  const { subscriptions, apim, audit, github, devops, app, gateway } = WORLD;
  const subscription = `/subscriptions/${subscriptions.platform}`;
  return {
    ...tenant.identityEnvironment,
    NODE_EXTRA_CA_CERTS: authorityFile,
    TASK_HUB_NAME: 'offboarding',
    TENANT_ID: WORLD.tenantId,
    LOGIN_ENDPOINT: tenant.origin('login'),
    GRAPH_ENDPOINT: tenant.origin('graph'),
    ARM_ENDPOINT: tenant.origin('arm'),
    LOGS_ENDPOINT: tenant.origin('logs'),
    GITHUB_API_ENDPOINT: tenant.origin('github'),
    GITHUB_OIDC_ISSUER: tenant.origin('githubOidc'),
    MACHINES_OWNER_IDS: OWNER_ID,
    DEVOPS_ENDPOINT: tenant.origin('devops'),
    DEVOPS_GRAPH_ENDPOINT: tenant.origin('devopsGraph'),
    BLOB_ENDPOINT: storage.blob,
    TABLE_ENDPOINT: storage.table,
    LeaverQueue__queueServiceUri: storage.queue,
    LeaverQueue__credential: 'managedidentity',
    LeaverQueue__clientId: app.remover.clientId,
    ToolCalls__fullyQualifiedNamespace: new URL(tenant.origin('eventHub')).host,
    ToolCalls__credential: 'managedidentity',
    ToolCalls__clientId: app.ingestor.clientId,
    TOOL_CALLS_EVENT_HUB: audit.eventHub,
    TOOL_CALLS_CONSUMER_GROUP: audit.consumerGroup,
    ASSESSOR_CLIENT_ID: app.assessor.clientId,
    INGESTOR_CLIENT_ID: app.ingestor.clientId,
    LOGS_INGESTION_ENDPOINT: tenant.origin('ingestion'),
    AUDIT_RULE_ID: audit.ruleId,
    READER_CLIENT_ID: app.reader.clientId,
    REMOVER_CLIENT_ID: app.remover.clientId,
    API_AUDIENCE: app.audience,
    SIGN_IN_CLIENT_ID: CONSOLE_CLIENT_ID,
    SIGN_IN_METADATA: JSON.stringify(tenant.signInMetadata ?? {}),
    GATEWAY_APP_ID: gateway.appId,
    GATEWAY_APIM_ID: `${subscription}/resourceGroups/${apim.resourceGroup}/providers/Microsoft.ApiManagement/service/${apim.name}`,
    DENY_LIST_NAMED_VALUES: apim.namedValues.join(','),
    SUBSCRIPTION_IDS: Object.values(subscriptions).join(','),
    APPROVED_SUBNET_IDS: MCP_SUBNET,
    GITHUB_ORGANISATIONS: github.organisation,
    GITHUB_APP_ID: github.appId,
    GITHUB_APP_KEY_ID: `${tenant.origin('vault')}/keys/${APP_KEY.name}/${APP_KEY.version}`,
    ASSESSOR_GITHUB_APP_ID: github.assessor.appId,
    ASSESSOR_GITHUB_APP_KEY_ID: `${tenant.origin('vault')}/keys/${ASSESSOR_KEY.name}/${ASSESSOR_KEY.version}`,
    EVIDENCE_KEY_ID: `${tenant.origin('vault')}/keys/${SIGNING_KEY.name}`,
    SECURITY_REPOSITORY: github.securityRepository,
    DEVOPS_ORGANISATIONS: devops.organisation,
    TRUSTED_OWNERS: `app.terraform.io=${devops.organisation}`,
    AUDIT_WORKSPACE_ID: audit.workspaceId,
    AUDIT_WORKSPACE_RESOURCE_ID: `${subscription}/resourceGroups/${audit.resourceGroup}/providers/Microsoft.OperationalInsights/workspaces/${audit.workspaceName}`,
    BUSINESS_TIME_ZONE: WORLD.timeZone,
    // The tenant's directory has one replica: nobody is unknown in it for a moment only.
    REPLICATION_SECONDS: '0',
    // A firm of a few dozen people: a tenth of it is nobody’s measure.
    MASS_LEAVING_PERCENT: '0',
    // The firm has read its first plans and turned every automatic trigger on; a new installation begins with plans.
    ENTRA_EVENTS_MODE: 'apply',
    HR_QUEUE_MODE: 'apply',
    LIFECYCLE_WORKFLOWS_MODE: 'apply',
    LIFECYCLE_WORKFLOWS_APP_ID: WORLD.lifecycleWorkflows.clientId,
    SWEEP_MODE: 'apply',
    ...COVERAGE_DECISIONS,
    PROTECTED_OIDS: [WORLD.breakGlass.oid, app.reader.oid, app.remover.oid, app.ingestor.oid, app.assessor.oid].join(
      ',',
    ),
    TEAMS_WEBHOOK_URL: `${tenant.origin('teams')}${teamsWebhookPath(emptyTeams())}`,
    WEBHOOK_URL: `${tenant.origin('webhook')}${WEBHOOK_PATH}`,
    WEBHOOK_SECRET: webhookSecret,
    CASES_STREAM: audit.casesStream,
    POSTURE_STREAM: audit.postureStream,
    CONSOLE_URL: 'https://offboarding.localhost/console',
  };
}
