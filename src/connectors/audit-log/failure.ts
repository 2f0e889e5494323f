import { plainName } from '../plain-name.ts';
import { readRestError } from '../rest-error.ts';
import type { VendorFailure } from '../result.ts';
import type { AuditLogSettings } from '../settings.ts';

/**
 * What a thrown error of the SDK comes down to. A 204, an empty 200, HTML and a body that breaks off surface as
 * TypeErrors and parse errors without a code of the service: all of them mean that there was no usable answer.
 */
export function failureOf(settings: AuditLogSettings, what: string, error: unknown): VendorFailure {
  const { status, name, details, waitMs: wait } = readRestError(error);
  const codes = serviceCodes(details);
  const asked = `Log Analytics was asked for ${what} in workspace ${settings.AUDIT_WORKSPACE_ID}`;
  if (status === undefined || status < 400) {
    const message = `${asked}, and no usable answer came (${name}).`;
    return { kind: 'unavailable', ...(status === undefined ? {} : { status }), tryAgainAfterMs: wait, message };
  }
  const message = `${asked} and answered ${status}${codes.length === 0 ? '' : ` (${codes.join(': ')})`}.`;
  if (status === 429) return { kind: 'throttled', status, tryAgainAfterMs: wait, message };
  if (status === 401 || status === 403) {
    if (!codes.includes('InsufficientAccessError')) {
      return { kind: 'denied', status, message: `${message} It does not say that a permission is missing.` };
    }
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

/** `BadArgumentError`, `SemanticError`, `SEM0100`: the error's own code and those inside it, as on the wire or as the SDK renames them. */
function serviceCodes(details: unknown): string[] {
  const codes: string[] = [];
  let error = (details as { readonly error?: unknown } | null | undefined)?.error;
  while (typeof error === 'object' && error !== null && codes.length < 4) {
    const inner = error as { readonly code?: unknown; readonly innererror?: unknown; readonly innerError?: unknown };
    const code = plainName(inner.code);
    if (code !== undefined) codes.push(code);
    error = inner.innererror ?? inner.innerError;
  }
  return codes;
}
