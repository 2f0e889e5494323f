import * as z from 'zod';
import { type AutomaticTriggerName, CASE_MODES, type CaseMode } from './cases/case.ts';
import { FOLLOW_UP_SETTINGS } from './cases/follow-up.ts';
import { ALL_MOMENTS, type AnyMoment, CHANNELS } from './cases/message.ts';
import type { CasePolicy } from './cases/policy.ts';
import { counted } from './cases/wording.ts';
import { AcknowledgedLimits, ExemptSources } from './coverage-settings.ts';
import { DecisionPolicySetting } from './decision-policy-setting.ts';
import { OffboardingError } from './errors.ts';
import { parseOid } from './people/oid.ts';
import { SecretsServers } from './posture/secrets-servers.ts';
import { PostureExceptions } from './posture-exceptions.ts';
import { TrustedOwners } from './trusted-owners.ts';

const guid = z.guid('not a GUID such as 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35').transform((text) => text.toLowerCase());
const https = z
  .url({ protocol: /^https$/, error: 'not an address that begins with https://' })
  .transform((url) => url.replace(/\/+$/, ''));
const list = <Item extends string>(item: z.ZodType<Item, string>, fallback = '') =>
  z
    .string()
    .default(fallback)
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item));
const count = (fallback: number, min: number, max: number) => {
  const error = `not a whole number from ${min} to ${max}`;
  return z.coerce.number(error).int(error).min(min, error).max(max, error).default(fallback);
};
/** Endpoints of a tenant, as a JSON object of addresses. */
const metadata = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.url('not an address')));
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

/** No automatic trigger cuts anybody off before somebody has read a plan and turned that trigger on. */
const automatic = z.enum(CASE_MODES).default('plan');

/** Which moments a channel is told; `none` for no moment at all. */
const moments = (...fallback: readonly AnyMoment[]) =>
  list(z.enum([...ALL_MOMENTS, 'none']), fallback.join(',')).transform((all) => all.filter((each) => each !== 'none'));

/** What Graph needs to know of a partner topic (learn.microsoft.com/azure/event-grid/subscribe-to-graph-api-events). */
const PARTNER_TOPIC = ['azuresubscriptionid', 'resourcegroup', 'partnertopic', 'location'] as const;

/** How long what failed waits before it is tried again, where nothing else is set. */
const RETRY_DELAY_MS = 15_000;

/** What the audit pipeline needs: all of them, or none. */
const INGESTION = ['INGESTOR_CLIENT_ID', 'LOGS_INGESTION_ENDPOINT', 'AUDIT_RULE_ID'] as const;

/** What the canary needs: all of them, or none. */
const CANARY = ['CANARY_CLIENT_ID', 'CANARY_URL', 'CANARY_RULE_ID'] as const;

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
  AUDIT_STREAM: z
    .string()
    .regex(/^Custom-[A-Za-z]\w*$/)
    .default('Custom-MCPAuditLog_CL'),
  BUSINESS_TIME_ZONE: z.string().default('UTC').refine(isTimeZone, 'not an IANA time zone'),
  LAST_DAY_ENDS: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day such as 18:00')
    .default('18:00'),
  PROTECTED_OIDS: list(guid),
  PROTECTED_GROUPS: list(guid),
  ENTRA_NOTIFICATION_URL: z
    .string()
    .regex(/^EventGrid:\?/, 'not an Event Grid partner topic (EventGrid:?azuresubscriptionid=…)')
    .refine((url) => PARTNER_TOPIC.every((key) => new URLSearchParams(url.slice('EventGrid:?'.length)).get(key)), {
      message: `does not name all of ${PARTNER_TOPIC.join(', ')}`,
    })
    .optional(),
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
  CASES_STREAM: z
    .string()
    .regex(/^Custom-[A-Za-z]\w*$/)
    .optional(),
  POSTURE_STREAM: z
    .string()
    .regex(/^Custom-[A-Za-z]\w*$/)
    .optional(),
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
    ? [
        ...faultsOfGateway(parsed.data),
        ...faultsOfAssessorApp(parsed.data),
        ...allOrNone(parsed.data, INGESTION, 'the pipeline'),
        ...allOrNone(parsed.data, CANARY, 'the canary'),
        ...faultsOfWebhook(parsed.data),
        ...faultsOfMachines(parsed.data),
      ]
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

/** Where tool calls are uploaded to, and as whom. */
export interface IngestionSettings {
  readonly clientId: string;
  readonly endpoint: string;
  readonly audience: string;
  /** Immutable id of the data collection rule. */
  readonly ruleId: string;
  readonly stream: string;
}

/** The settings of the audit pipeline; undefined where something else fills the audit table. */
export function ingestionOf(
  settings: Pick<
    Config,
    'INGESTOR_CLIENT_ID' | 'LOGS_INGESTION_ENDPOINT' | 'LOGS_INGESTION_AUDIENCE' | 'AUDIT_RULE_ID' | 'AUDIT_STREAM'
  >,
): IngestionSettings | undefined {
  const { INGESTOR_CLIENT_ID: clientId, LOGS_INGESTION_ENDPOINT: endpoint, AUDIT_RULE_ID: ruleId } = settings;
  if (clientId === undefined || endpoint === undefined || ruleId === undefined) return undefined;
  return { clientId, endpoint, ruleId, audience: settings.LOGS_INGESTION_AUDIENCE, stream: settings.AUDIT_STREAM };
}

/** Where a canary calls, and which rule must see it. */
export interface CanaryPlace {
  readonly url: string;
  /** Resource id. */
  readonly ruleId: string;
}

/** The settings of the canary; undefined where there is none, or where nobody may read whether its alert came. */
export function canaryOf(
  settings: Pick<Config, (typeof CANARY)[number] | 'ASSESSOR_CLIENT_ID'>,
): CanaryPlace | undefined {
  const { CANARY_CLIENT_ID: clientId, CANARY_URL: url, CANARY_RULE_ID: ruleId, ASSESSOR_CLIENT_ID: reader } = settings;
  if (clientId === undefined || reader === undefined || url === undefined || ruleId === undefined) return undefined;
  return { url, ruleId };
}

/** All of them or none: half a pipeline would drop calls without saying so. */
function allOrNone<Name extends keyof Config>(
  settings: Pick<Config, Name>,
  names: readonly Name[],
  who: string,
): string[] {
  const missing = names.filter((each) => settings[each] === undefined);
  return missing.length === names.length ? [] : missing.map((each) => `${each}: not set, but ${who} needs it`);
}

/** Both or neither: nobody can tell who sent what is not signed. */
function faultsOfWebhook({ WEBHOOK_URL: url, WEBHOOK_SECRET: secret }: Partial<Config>): string[] {
  if ((url === undefined) === (secret === undefined)) return [];
  return url === undefined
    ? ['WEBHOOK_URL: not set, but its secret is']
    : ['WEBHOOK_SECRET: not set, but the webhook is: its messages are signed'];
}

/** A token that was made for one is never good for the other. */
function faultsOfMachines({ MACHINES_AUDIENCE: machines, API_AUDIENCE: api }: Partial<Config>): string[] {
  return machines === api ? ['MACHINES_AUDIENCE: is API_AUDIENCE; take another one'] : [];
}

/** Both or neither, and never the App that cuts: the checklist is read by one that can change nothing. */
function faultsOfAssessorApp(settings: Partial<Config>): string[] {
  const { ASSESSOR_GITHUB_APP_ID: id, ASSESSOR_GITHUB_APP_KEY_ID: key, ASSESSOR_CLIENT_ID: identity } = settings;
  if (id === undefined && key === undefined) return [];
  return [
    ...(id === undefined ? ['ASSESSOR_GITHUB_APP_ID: not set, but its key is'] : []),
    ...(key === undefined ? ['ASSESSOR_GITHUB_APP_KEY_ID: not set, but its App is'] : []),
    ...(identity === undefined ? ['ASSESSOR_CLIENT_ID: not set, but its GitHub App is'] : []),
    ...(id === settings.GITHUB_APP_ID ? ['ASSESSOR_GITHUB_APP_ID: is the App that cuts; make another one'] : []),
    ...(key === settings.GITHUB_APP_KEY_ID ? ['ASSESSOR_GITHUB_APP_KEY_ID: is the key of the App that cuts'] : []),
  ];
}

/** Both or neither: a deny list that nobody can find refuses nobody. */
function faultsOfGateway(settings: Pick<Config, 'GATEWAY_APIM_ID' | 'DENY_LIST_NAMED_VALUES'>): string[] {
  const service = settings.GATEWAY_APIM_ID !== undefined;
  if (service === hasGateway(settings)) return [];
  return service
    ? ['DENY_LIST_NAMED_VALUES: not set, but the gateway is: name at least one named value']
    : ['GATEWAY_APIM_ID: not set, but its named values are'];
}

/** Whether there is a gateway that can refuse somebody. Without one, containment ends sign-in sessions and no more. */
export function hasGateway({ DENY_LIST_NAMED_VALUES: names }: Pick<Config, 'DENY_LIST_NAMED_VALUES'>): boolean {
  return names.length > 0;
}

/** What the knobs of a case are read from. */
export type PolicySettings = Pick<
  Config,
  'RETRY_ATTEMPTS' | 'RETRY_DELAY_MS' | 'WINDOW' | 'VERIFY_INTERVAL_MS' | 'VERIFY_DEADLINE_MS'
>;

export function casePolicy(settings: PolicySettings): CasePolicy {
  return {
    attempts: settings.RETRY_ATTEMPTS,
    retryDelayMs: settings.RETRY_DELAY_MS,
    window: settings.WINDOW,
    verifyIntervalMs: settings.VERIFY_INTERVAL_MS,
    verifyDeadlineMs: settings.VERIFY_DEADLINE_MS,
  };
}

/** The setting that says in which mode an automatic trigger opens cases. */
export const MODE_SETTINGS = {
  'entra-event': 'ENTRA_EVENTS_MODE',
  'hr-queue': 'HR_QUEUE_MODE',
  'lifecycle-workflow': 'LIFECYCLE_WORKFLOWS_MODE',
  sweep: 'SWEEP_MODE',
} as const satisfies Readonly<Record<AutomaticTriggerName, keyof Config>>;

/** The setting that a trigger's mode is read from. */
export type ModeSetting<Way extends AutomaticTriggerName> = Pick<Config, (typeof MODE_SETTINGS)[Way]>;

/** The mode of the cases that an automatic trigger opens; a person who asks for a case names its mode. */
export function automaticMode<Way extends AutomaticTriggerName>(settings: ModeSetting<Way>, trigger: Way): CaseMode {
  return settings[MODE_SETTINGS[trigger]];
}

/** Whether an oid is one that this app must never cut off (break-glass accounts, its own identities). */
export function isProtected(settings: Pick<Config, 'PROTECTED_OIDS'>, oid: string): boolean {
  const canonical = parseOid(oid);
  return canonical !== undefined && settings.PROTECTED_OIDS.includes(canonical);
}

/** Whether an address is that of a key, or of a version of one. */
function isKeyOfVault(url: string): boolean {
  return /^https:\/\/[^/]+\/keys\/[0-9A-Za-z-]+(?:\/[0-9A-Za-z]+)?$/.test(url);
}

/** Whether this is the name of an IANA time zone that Node knows. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    // An offset is taken there as well, and knows nothing of the clocks of the day that is meant.
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}
