import type { Config } from '../../config.ts';
import { NO_TIME_NAMED, retryAfterMs, type VendorFailure } from '../result.ts';

/** The parts of the SDK's `RestError` that count; its package is not a dependency of ours. */
interface RestErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly details?: unknown;
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
}

/**
 * What a thrown error of the SDK comes down to. A 204, an empty 200, HTML and a body that breaks off surface as
 * TypeErrors and parse errors without a code of the service: all of them mean that there was no usable answer.
 */
export function failureOf(config: Config, what: string, error: unknown): VendorFailure {
  const rest = (typeof error === 'object' && error !== null ? error : {}) as RestErrorLike;
  // A refusal of the identity endpoint carries a status too; it says nothing about the workspace.
  const answered = rest.name === 'RestError' && typeof rest.statusCode === 'number';
  const status = answered ? Number(rest.statusCode) : undefined;
  const codes = serviceCodes(rest.details);
  const asked = `Log Analytics was asked for ${what} in workspace ${config.AUDIT_WORKSPACE_ID}`;
  const wait = retryAfterMs(rest.response?.headers?.get('retry-after'), Date.now()) ?? NO_TIME_NAMED;
  if (status === undefined || status < 400) {
    const message = `${asked}, and no usable answer came (${nameOf(rest)}).`;
    return { kind: 'unavailable', ...(status === undefined ? {} : { status }), tryAgainAfterMs: wait, message };
  }
  const message = `${asked} and answered ${status}${codes.length === 0 ? '' : ` (${codes.join(': ')})`}.`;
  if (status === 429) return { kind: 'throttled', status, tryAgainAfterMs: wait, message };
  if (status === 401 || status === 403) {
    const missingPermission = 'Log Analytics Data Reader';
    const needs = `It needs the role ${missingPermission} on the workspace.`;
    return { kind: 'denied', status, missingPermission, message: `${message} ${needs}` };
  }
  // Only the service's own words can say that something is gone or wrong; a proxy's page cannot.
  if (codes.length === 0 || status >= 500 || status === 408) {
    return { kind: 'unavailable', status, tryAgainAfterMs: wait, message };
  }
  if (status === 404) return { kind: 'not-found', status, message };
  const hint = codes.includes('SemanticError') ? ' The audit table, or one of its columns, is missing.' : '';
  return { kind: 'refused', status, message: `${message}${hint}` };
}

function nameOf({ code, name }: RestErrorLike): string {
  return (
    [code, name].find((value): value is string => typeof value === 'string' && /^\w{1,60}$/.test(value)) ?? 'unknown'
  );
}

/** `BadArgumentError`, `SemanticError`, `SEM0100`: the error's own code and those inside it, as on the wire or as the SDK renames them. */
function serviceCodes(details: unknown): string[] {
  const codes: string[] = [];
  let error = (details as { readonly error?: unknown } | null | undefined)?.error;
  while (typeof error === 'object' && error !== null && codes.length < 4) {
    const inner = error as { readonly code?: unknown; readonly innererror?: unknown; readonly innerError?: unknown };
    if (typeof inner.code === 'string' && /^\w{1,60}$/.test(inner.code)) codes.push(inner.code);
    error = inner.innererror ?? inner.innerError;
  }
  return codes;
}
