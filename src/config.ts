import * as z from 'zod';
import { FOLLOW_UP_SETTINGS } from './cases/following/follow-up.ts';
import { ALL_MOMENTS, CHANNELS } from './cases/words/message.ts';
import { counted } from './cases/words/wording.ts';
import { faultsBetween, INGESTION } from './config/config-faults.ts';
import {
  automatic,
  count,
  guid,
  https,
  isKeyOfVault,
  isTimeZone,
  list,
  metadata,
  moments,
  name,
  partnerTopic,
  stream,
} from './config/config-forms.ts';
import { AcknowledgedLimits, ExemptSources } from './coverage-settings.ts';
import { DecisionPolicySetting } from './decision-policy-setting.ts';
import { OffboardingError } from './errors.ts';
import { SecretsServers } from './posture/secrets/secrets-servers.ts';
import { PostureExceptions } from './posture-exceptions.ts';
import { TrustedOwners } from './trusted-owners.ts';

/** How long what failed waits before it is tried again, where nothing else is set. */
const RETRY_DELAY_MS = 15_000;

/** Every app setting, with its default. `docs/configuration.md` explains each; a test keeps the two equal. */
export const Settings = z.object({
  TENANT_ID: guid,
  LOGIN_ENDPOINT: https.default('https://login.microsoftonline.com'),
  GRAPH_ENDPOINT: https.default('https://graph.microsoft.com'),
  ARM_ENDPOINT: https.default('https://management.azure.com'),
  LOGS_ENDPOINT: https.default('https://api.loganalytics.io'),
  LOGS_INGESTION_AUDIENCE: https.default('https://monitor.azure.com'),
  GITHUB_API_ENDPOINT: https.default('https://api.github.com'),
  GITHUB_OIDC_ISSUER: https.default('https://token.actions.githubusercontent.com'),
  DEVOPS_ENDPOINT: https.default('https://dev.azure.com'),
  DEVOPS_GRAPH_ENDPOINT: https.default('https://vssps.dev.azure.com'),
  BLOB_ENDPOINT: https,
  TABLE_ENDPOINT: https,
  READER_CLIENT_ID: guid,
  REMOVER_CLIENT_ID: guid,
  API_AUDIENCE: z.string().min(1),
  SIGN_IN_CLIENT_ID: guid.optional(),
  SIGN_IN_METADATA: metadata.optional(),
  GATEWAY_APP_ID: guid,
  APPLICATION_ONLY_SERVERS: SecretsServers,
  WRITING_CLIENT_IDS: list(guid),
  GATEWAY_APIM_ID: z
    .string()
    .regex(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ApiManagement\/service\/[^/]+$/i)
    .optional(),
  GATEWAY_URL: https.optional(),
  GATEWAY_AUDIENCES: list(z.string()),
  DENY_LIST_NAMED_VALUES: list(name),
  DENIED_RETENTION_DAYS: count(31, 2, 3_650),
  SUBSCRIPTION_IDS: list(guid),
  APPROVED_SUBNET_IDS: list(
    z
      .string()
      .regex(
        /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i,
        'not the resource id of a subnet',
      ),
  ),
  TERRAFORM_MANAGED: list(z.string()),
  GITHUB_ORGANISATIONS: list(name),
  GITHUB_APP_ID: z.string().regex(/^\d+$/),
  GITHUB_APP_KEY_ID: https,
  ASSESSOR_GITHUB_APP_ID: z.string().regex(/^\d+$/).optional(),
  ASSESSOR_GITHUB_APP_KEY_ID: https.optional(),
  EVIDENCE_KEY_ID: https
    .refine(isKeyOfVault, 'not the id of a key in Key Vault (https://…/keys/<name>, with or without a version)')
    .optional(),
  MACHINES_OWNER_IDS: list(z.string().regex(/^[1-9]\d{0,14}$/, 'not the number of an owner on GitHub')),
  MACHINES_AUDIENCE: z.string().min(1).max(200).default('mcp-offboarding-machines'),
  GITHUB_POINTS_PER_MINUTE: count(900, 60, 1_000_000),
  SECURITY_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  DEVOPS_ORGANISATIONS: list(name),
  TRUSTED_OWNERS: TrustedOwners,
  EXEMPT_SOURCES: ExemptSources,
  ACKNOWLEDGED_LIMITS: AcknowledgedLimits,
  POSTURE_EXCEPTIONS: PostureExceptions,
  EXPOSURE: list(z.enum(['own', 'company'])),
  WORKSTATION_HUNTING: z.enum(['on', 'off']).default('off'),
  SHARED_HOSTS: list(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.:-]*$/, 'not the name or the address of a host')),
  ALLOWED_WORKSTATION_SERVERS: list(
    z.string().regex(/^[\w@/.:-]{3,200}$/, 'not a word of a command line, such as a package, nor a SHA-256'),
  ),
  AUDIT_WORKSPACE_ID: guid,
  AUDIT_WORKSPACE_RESOURCE_ID: z
    .string()
    .regex(
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/]+$/i,
    ),
  INGESTOR_CLIENT_ID: guid.optional(),
  ASSESSOR_CLIENT_ID: guid.optional(),
  CANARY_CLIENT_ID: guid.optional(),
  CANARY_URL: https.optional(),
  CANARY_RULE_ID: z
    .string()
    .regex(
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Insights\/scheduledQueryRules\/[^/]+$/i,
      'not the resource id of an alert rule',
    )
    .optional(),
  LOGS_INGESTION_ENDPOINT: https.optional(),
  AUDIT_RULE_ID: z
    .string()
    .regex(/^dcr-[0-9a-z]+$/i, 'not the immutable id of a data collection rule (dcr-…)')
    .optional(),
  AUDIT_STREAM: stream.default('Custom-MCPAuditLog_CL'),
  BUSINESS_TIME_ZONE: z.string().default('UTC').refine(isTimeZone, 'not an IANA time zone'),
  LAST_DAY_ENDS: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day such as 18:00')
    .default('18:00'),
  PROTECTED_OIDS: list(guid),
  PROTECTED_GROUPS: list(guid),
  ENTRA_NOTIFICATION_URL: partnerTopic.optional(),
  ENTRA_EVENTS_MODE: automatic,
  HR_QUEUE_MODE: automatic,
  LIFECYCLE_WORKFLOWS_MODE: automatic,
  LIFECYCLE_WORKFLOWS_APP_ID: guid.optional(),
  SWEEP_MODE: automatic,
  MACHINE_REPORT_MAX_AGE_DAYS: count(7, 1, 90).removeDefault().optional(),
  DISABLED_MEANS_LEFT_AFTER_DAYS: count(0, 0, 365),
  MAX_CASES_PER_HOUR: count(50, 1, 10_000),
  MASS_LEAVING_PERCENT: count(10, 0, 100),
  MAX_API_CASES_PER_HOUR: count(100, 1, 10_000),
  CONTAIN_DAYS_AT_MOST: count(14, 1, 90),
  REPLICATION_SECONDS: count(120, 0, 3_600),
  CONSOLE_URL: https.optional(),
  ISSUE_MOMENTS: moments(
    ...(['incident', 'containment-failed', 'containment-ends-soon', 'containment-ended'] as const),
    ...(['contained', 'posture-worse', 'failed', 'decision-awaited', 'reopened', 'ended'] as const),
  ),
  TEAMS_MOMENTS: moments(...ALL_MOMENTS.filter((moment) => moment !== 'started')),
  WEBHOOK_MOMENTS: moments(...ALL_MOMENTS),
  LOG_MOMENTS: moments(...ALL_MOMENTS),
  PLANS_TOLD_TO: list(z.enum(CHANNELS)),
  MESSAGE_ALERT_HOURS: count(4, 1, 168),
  TEAMS_WEBHOOK_URL: https.optional(),
  WEBHOOK_URL: https.optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'not whsec_ and 24 to 64 bytes in base64')
    .optional(),
  CASES_STREAM: stream.optional(),
  POSTURE_STREAM: stream.optional(),
  REQUEST_TIMEOUT_SECONDS: count(30, 1, 300),
  STORAGE_TIMEOUT_SECONDS: count(60, 1, 240),
  ACTIVITY_TIMEOUT_SECONDS: count(300, 1, 540),
  RETRY_ATTEMPTS: count(4, 1, 10),
  RETRY_DELAY_MS: count(RETRY_DELAY_MS, 1, 600_000),
  INVENTORY_MAX_AGE_HOURS: count(6, 0, 24),
  CASE_STUCK_MINUTES: count(60, 5, 10_080),
  CASE_SILENCE_MINUTES: count(120, 10, 10_080),
  CASE_ATTEMPTS: count(10, 1, 100),
  CASE_ATTEMPT_DELAY_MINUTES: count(5, 1, 1_440),
  // Each report is on the row, a column of which holds 64 KB.
  READ_AGAIN_DAYS: count(14, 0, 120),
  FOLLOW_UPS: list(z.enum([...FOLLOW_UP_SETTINGS, 'none']), '24h,7d,31d').transform((all) =>
    all.filter((each) => each !== 'none'),
  ),
  DECISION_DAYS: count(7, 1, 365),
  DECISION_POLICY: DecisionPolicySetting,
  EXCEPTION_DAYS: count(90, 1, 365),
  HISTORY_RETENTION_DAYS: count(30, 2, 3_650),
  IDEMPOTENCY_RETENTION_DAYS: count(90, 1, 3_650),
  WINDOW: count(20, 1, 200),
  VERIFY_INTERVAL_MS: count(30_000, 1, 3_600_000),
  VERIFY_DEADLINE_MS: count(900_000, 1, 86_400_000),
  ACCESS_TOKEN_LIFETIME_MINUTES: count(90, 5, 1_440),
});

/** The app's settings, typed and validated. Field names are those of the settings. */
export type Config = Readonly<z.output<typeof Settings>>;

/** Reads the settings from an environment and names every fault at once. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Settings.safeParse(given);
  const faults = parsed.success
    ? faultsBetween(parsed.data)
    : parsed.error.issues.map(({ path, message }) => {
        const isSet = given[String(path[0])] !== undefined;
        return `${path.join('.')}: ${isSet ? message : 'is not set, and has no default'}`;
      });
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new OffboardingError(
    'config-invalid',
    `${counted(faults.length, 'fault')} in the app settings: ${faults.join('; ')}.`,
  );
}

let loaded: Config | undefined;

/**
 * The settings of this process, read once. Throws where one is wrong, and the caller must report that: a throw
 * while the app is loaded leaves an app without functions, which answers everything with 404.
 */
export function config(): Config {
  loaded ??= loadConfig(process.env);
  return loaded;
}

/** The settings that registration needs, read even where others are wrong: the function that is called reports those. */
export function registrationSettings(): { readonly ingestion: boolean; readonly retryDelayMs: number } {
  const { RETRY_DELAY_MS: delay, ...env } = process.env;
  return {
    ingestion: INGESTION.some((each) => (env[each] ?? '') !== ''),
    retryDelayMs: Settings.shape.RETRY_DELAY_MS.catch(RETRY_DELAY_MS).parse(delay === '' ? undefined : delay),
  };
}
