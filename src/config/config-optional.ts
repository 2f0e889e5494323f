import type { Config } from '../config.ts';
import type { CANARY } from './config-faults.ts';

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

/** Whether there is a gateway that can refuse somebody. Without one, containment ends sign-in sessions and no more. */
export function hasGateway({ DENY_LIST_NAMED_VALUES: names }: Pick<Config, 'DENY_LIST_NAMED_VALUES'>): boolean {
  return names.length > 0;
}
