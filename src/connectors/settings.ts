import type { Config } from '../config.ts';

/** As whom a connector signs in. */
export type IdentitySettings = Pick<
  Config,
  'READER_CLIENT_ID' | 'REMOVER_CLIENT_ID' | 'INGESTOR_CLIENT_ID' | 'ASSESSOR_CLIENT_ID' | 'CANARY_CLIENT_ID'
>;

/** Every call has a deadline. */
type Deadline = Pick<Config, 'REQUEST_TIMEOUT_SECONDS'>;

export type GraphSettings = IdentitySettings & Deadline & Pick<Config, 'GRAPH_ENDPOINT'>;
export type ArmSettings = IdentitySettings & Deadline & Pick<Config, 'ARM_ENDPOINT'>;
export type GatewaySettings = ArmSettings & Pick<Config, 'GATEWAY_APIM_ID' | 'DENY_LIST_NAMED_VALUES'>;
export type AuditTableSettings = ArmSettings & Pick<Config, 'AUDIT_WORKSPACE_RESOURCE_ID'>;
export type AuditLogSettings = IdentitySettings & Deadline & Pick<Config, 'LOGS_ENDPOINT' | 'AUDIT_WORKSPACE_ID'>;
export type AuditIngestionSettings = IdentitySettings &
  Deadline &
  Pick<
    Config,
    'LOGS_INGESTION_ENDPOINT' | 'LOGS_INGESTION_AUDIENCE' | 'AUDIT_RULE_ID' | 'AUDIT_STREAM' | 'CASES_STREAM'
  >;
export type DevOpsSettings = IdentitySettings & Deadline & Pick<Config, 'DEVOPS_ENDPOINT' | 'DEVOPS_GRAPH_ENDPOINT'>;
export type GitHubSettings = StorageSettings &
  Deadline &
  Pick<
    Config,
    | 'GITHUB_API_ENDPOINT'
    | 'GITHUB_APP_ID'
    | 'GITHUB_APP_KEY_ID'
    | 'GITHUB_POINTS_PER_MINUTE'
    | 'RETRY_DELAY_MS'
    | 'SECURITY_REPOSITORY'
  >;
export type EvidenceKeySettings = IdentitySettings & Deadline & Pick<Config, 'EVIDENCE_KEY_ID'>;
export type CanarySettings = IdentitySettings & Deadline & Pick<Config, 'CANARY_URL' | 'GATEWAY_APP_ID'>;
export type TeamsSettings = Deadline & Pick<Config, 'TEAMS_WEBHOOK_URL'>;
export type WebhookSettings = Deadline & Pick<Config, 'WEBHOOK_URL' | 'WEBHOOK_SECRET'>;
export type StorageSettings = IdentitySettings &
  Pick<Config, 'BLOB_ENDPOINT' | 'TABLE_ENDPOINT' | 'STORAGE_TIMEOUT_SECONDS'>;
