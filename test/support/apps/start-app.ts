import { startAzurite } from '../../../local/azurite.ts';
import { COVERAGE_DECISIONS } from '../../../local/coverage-decisions.ts';
import { MCP_SUBNET } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import type { Principal } from '../../../local/tenant/core/principals.ts';
import { startTenant, type Tenant } from '../../../local/tenant/core/start-tenant.ts';
import type { EventSink, TenantCore, Vendor } from '../../../local/tenant/core/vendor.ts';
import { appPrincipals } from '../../../local/tenant/seeds/principals.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { APP_KEY, ASSESSOR_KEY, SIGNING_KEY } from '../../../local/tenant/vault/vendor.ts';
import { type Config, loadConfig } from '../../../src/config.ts';
import { ensureTables } from '../../../src/connectors/storage/base/tables.ts';
import { ensureContainers } from '../../../src/connectors/storage/evidence/evidence.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { ActivityContext } from '../../../src/durable/activity.ts';
import { keepBlobsAtAzure, keepBlobsInMemory } from '../storage-in-memory/blobs.ts';
import { keepTablesAtAzure, keepTablesInMemory } from '../storage-in-memory/tables.ts';
import { identityOf } from './managed-identity.ts';

export interface TestApp {
  readonly tenant: Tenant;
  readonly config: Config;
  /** What the app of another process is started with to be the same. */
  readonly settings: Readonly<Record<string, string>>;
  readonly reader: Principal;
  readonly remover: Principal;
  readonly ingestor: Principal;
  readonly assessor: Principal;
  /** What an activity gets besides its input; the log is kept for assertions. */
  readonly context: ActivityContext & { readonly lines: string[] };
  /** Address of queue storage, where there is storage. */
  readonly queueEndpoint?: string;
  /** Where there is storage: it takes connections and answers nothing, until it is thawed. */
  readonly freezeStorage?: () => void;
  readonly thawStorage?: () => void;
  stop(): Promise<void>;
}

export interface TestAppOptions {
  readonly vendors: (core: TenantCore) => readonly Vendor[];
  readonly events?: (core: TenantCore) => EventSink;
  /**
   * With blobs and tables in memory, or with an emulator of Azure's storage (a second of processor time, and more of it at
   * every call) for tests of storage itself, of queues, and of what a storage that hangs does. Connectors of vendors need none.
   */
  readonly storage?: boolean | 'memory';
  readonly settings?: Readonly<Record<string, string>>;
}

/** Seconds after which a vendor that is made to wait is given up; any other may take as long as a busy machine needs. */
const PATIENCE = 3;

function patientWith({ faults }: Tenant, config: Config): Config {
  const seconds = config.REQUEST_TIMEOUT_SECONDS;
  return Object.defineProperty({ ...config }, 'REQUEST_TIMEOUT_SECONDS', {
    enumerable: true,
    get: () => (faults.makesWait() ? Math.min(PATIENCE, seconds) : seconds),
  });
}

/** How many apps this process has had: the rows of one are not another's. */
let apps = 0;

/**
 * The app's own code in this process, pointed at a simulated tenant. One per test file, and one at a time: credentials
 * are cached for the life of a process, as in production (managed-identity.ts).
 */
export async function startApp(options: TestAppOptions): Promise<TestApp> {
  const { reader, remover, ingestor, assessor } = appPrincipals();
  const tenant = await startTenant({
    tenantId: WORLD.tenantId,
    principals: [reader, remover, ingestor, assessor],
    vendors: options.vendors,
    ...(options.events === undefined ? {} : { events: options.events }),
  });
  const storage = options.storage === true ? await startAzurite(tenant.certificate) : undefined;
  if (options.storage === 'memory') {
    keepBlobsInMemory();
    keepTablesInMemory();
  }
  if (options.storage === true) {
    keepBlobsAtAzure();
    keepTablesAtAzure();
  }
  Object.assign(process.env, await identityOf(tenant));
  const { origin } = tenant;
  apps += 1;
  const none = `https://127.0.0.1:1/none-${apps}`;
  const settings = {
    TENANT_ID: WORLD.tenantId,
    LOGIN_ENDPOINT: origin('login'),
    GRAPH_ENDPOINT: origin('graph'),
    ARM_ENDPOINT: origin('arm'),
    LOGS_ENDPOINT: origin('logs'),
    GITHUB_API_ENDPOINT: origin('github'),
    GITHUB_OIDC_ISSUER: origin('githubOidc'),
    DEVOPS_ENDPOINT: origin('devops'),
    DEVOPS_GRAPH_ENDPOINT: origin('devopsGraph'),
    BLOB_ENDPOINT: storage?.blob ?? none,
    TABLE_ENDPOINT: storage?.table ?? none,
    READER_CLIENT_ID: WORLD.app.reader.clientId,
    REMOVER_CLIENT_ID: WORLD.app.remover.clientId,
    ASSESSOR_CLIENT_ID: WORLD.app.assessor.clientId,
    INGESTOR_CLIENT_ID: WORLD.app.ingestor.clientId,
    LOGS_INGESTION_ENDPOINT: origin('ingestion'),
    AUDIT_RULE_ID: WORLD.audit.ruleId,
    API_AUDIENCE: WORLD.app.audience,
    GATEWAY_APP_ID: WORLD.gateway.appId,
    GATEWAY_APIM_ID: `/subscriptions/${WORLD.subscriptions.platform}/resourceGroups/${WORLD.apim.resourceGroup}/providers/Microsoft.ApiManagement/service/${WORLD.apim.name}`,
    DENY_LIST_NAMED_VALUES: WORLD.apim.namedValues.join(','),
    SUBSCRIPTION_IDS: Object.values(WORLD.subscriptions).join(','),
    APPROVED_SUBNET_IDS: MCP_SUBNET,
    GITHUB_ORGANISATIONS: WORLD.github.organisation,
    GITHUB_APP_ID: WORLD.github.appId,
    GITHUB_APP_KEY_ID: `${origin('vault')}/keys/${APP_KEY.name}/${APP_KEY.version}`,
    ASSESSOR_GITHUB_APP_ID: WORLD.github.assessor.appId,
    ASSESSOR_GITHUB_APP_KEY_ID: `${origin('vault')}/keys/${ASSESSOR_KEY.name}/${ASSESSOR_KEY.version}`,
    EVIDENCE_KEY_ID: `${origin('vault')}/keys/${SIGNING_KEY.name}`,
    SECURITY_REPOSITORY: WORLD.github.securityRepository,
    DEVOPS_ORGANISATIONS: WORLD.devops.organisation,
    AUDIT_WORKSPACE_ID: WORLD.audit.workspaceId,
    AUDIT_WORKSPACE_RESOURCE_ID: `/subscriptions/${WORLD.subscriptions.platform}/resourceGroups/${WORLD.audit.resourceGroup}/providers/Microsoft.OperationalInsights/workspaces/${WORLD.audit.workspaceName}`,
    BUSINESS_TIME_ZONE: WORLD.timeZone,
    PROTECTED_OIDS: WORLD.breakGlass.oid,
    // As in local/app-settings.ts: the firm has turned the automatic triggers on.
    ENTRA_EVENTS_MODE: 'apply',
    HR_QUEUE_MODE: 'apply',
    LIFECYCLE_WORKFLOWS_MODE: 'apply',
    LIFECYCLE_WORKFLOWS_APP_ID: WORLD.lifecycleWorkflows.clientId,
    SWEEP_MODE: 'apply',
    ...COVERAGE_DECISIONS,
    MASS_LEAVING_PERCENT: '0',
    REPLICATION_SECONDS: '0',
    ...options.settings,
  };
  const config = patientWith(tenant, loadConfig(settings));
  if (storage !== undefined) await Promise.all([ensureContainers(config), ensureTables(config)]);
  const lines: string[] = [];
  const write = (message: string, fields?: Readonly<Record<string, unknown>>): void => {
    lines.push(fields === undefined ? message : `${message} ${JSON.stringify(fields)}`);
  };
  return {
    tenant,
    config,
    settings,
    reader,
    remover,
    ingestor,
    assessor,
    context: {
      vendors: openVendors(config),
      settings: config,
      log: { info: write, warn: write, error: write },
      now: () => new Date(),
      lines,
    },
    ...(storage === undefined
      ? {}
      : { queueEndpoint: storage.queue, freezeStorage: storage.freeze, thawStorage: storage.thaw }),
    stop: async () => {
      await Promise.all([tenant.close(), storage?.stop()]);
    },
  };
}
