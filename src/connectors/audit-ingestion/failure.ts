import type { IngestionSettings } from '../../config/config-optional.ts';
import { readRestError } from '../rest-error.ts';
import { NO_TIME_NAMED, type VendorFailure } from '../result.ts';

const ROLE = 'Monitoring Metrics Publisher';

/** What a failed upload comes down to, with what an operator can do about it. */
export function failureOf(settings: IngestionSettings, error: unknown): VendorFailure {
  const { status, code, name, waitMs: tryAgainAfterMs } = readRestError(error);
  const asked = `The Logs Ingestion API was given rows for ${settings.stream} of ${settings.ruleId}`;
  if (status === undefined) {
    const message = `${asked}, and no usable answer came (${name}).`;
    return { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message };
  }
  const message = `${asked} and answered ${status}${code === undefined ? '' : ` (${code})`}.`;
  switch (status) {
    case 429:
      return { kind: 'throttled', status, tryAgainAfterMs, message };
    case 401:
    case 403: {
      const help = `The ingestor identity ${settings.clientId} needs the role ${ROLE} on the rule; a new assignment takes up to 30 minutes.`;
      return { kind: 'denied', status, missingPermission: ROLE, message: `${message} ${help}` };
    }
    case 404:
      return { kind: 'not-found', status, message: `${message} Check AUDIT_RULE_ID and LOGS_INGESTION_ENDPOINT.` };
    case 400:
      return {
        kind: 'refused',
        status,
        message: `${message} Check the name of the stream (AUDIT_STREAM, CASES_STREAM, POSTURE_STREAM) and the columns that the rule declares.`,
      };
    case 413:
      return { kind: 'refused', status, message };
    default:
      return { kind: 'unavailable', status, tryAgainAfterMs, message };
  }
}
