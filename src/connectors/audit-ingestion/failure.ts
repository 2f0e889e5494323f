import type { IngestionSettings } from '../../config.ts';
import { NO_TIME_NAMED, retryAfterMs, type VendorFailure } from '../result.ts';

/** The parts of the SDK's `RestError` that count; its package is not a dependency of ours. */
interface RestErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
}

const ROLE = 'Monitoring Metrics Publisher';

/** What a failed upload comes down to, with what an operator can do about it. */
export function failureOf(settings: IngestionSettings, error: unknown): VendorFailure {
  const rest = (typeof error === 'object' && error !== null ? error : {}) as RestErrorLike;
  // A refusal of the identity endpoint carries a status too; it says nothing about the rule.
  const answered = rest.name === 'RestError' && typeof rest.statusCode === 'number';
  const asked = `The Logs Ingestion API was given tool calls for ${settings.stream} of ${settings.ruleId}`;
  if (!answered) {
    const message = `${asked}, and no usable answer came (${nameOf(rest)}).`;
    return { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message };
  }
  const status = Number(rest.statusCode);
  const code = typeof rest.code === 'string' && /^\w{1,60}$/.test(rest.code) ? ` (${rest.code})` : '';
  const message = `${asked} and answered ${status}${code}.`;
  const tryAgainAfterMs = retryAfterMs(rest.response?.headers?.get('retry-after'), Date.now()) ?? NO_TIME_NAMED;
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
        message: `${message} Check AUDIT_STREAM and the columns that the rule declares.`,
      };
    case 413:
      return { kind: 'refused', status, message };
    default:
      return { kind: 'unavailable', status, tryAgainAfterMs, message };
  }
}

function nameOf({ code, name }: RestErrorLike): string {
  return (
    [code, name].find((value): value is string => typeof value === 'string' && /^\w{1,60}$/.test(value)) ?? 'unknown'
  );
}
