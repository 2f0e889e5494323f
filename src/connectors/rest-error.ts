import { plainName } from './plain-name.ts';
import { NO_TIME_NAMED, retryAfterMs } from './result.ts';

/** What counts of an error that an Azure SDK threw. */
export interface RestErrorFacts {
  /** Of the service's answer; undefined where none came. */
  readonly status?: number;
  /** The error's code, or else its class. */
  readonly name: string;
  readonly code?: string;
  readonly details: unknown;
  /** The service's `Retry-After`, in milliseconds; 0 where it names no time. */
  readonly waitMs: number;
}

/** Reads an error of an SDK by its shape: each SDK may bring a copy of the class `RestError` of its own. */
export function readRestError(error: unknown): RestErrorFacts {
  const { name, code, statusCode, details, response } = Object(error) as {
    readonly name?: unknown;
    readonly code?: unknown;
    readonly statusCode?: unknown;
    readonly details?: unknown;
    readonly response?: { readonly headers?: { get(name: string): string | undefined } };
  };
  const knownCode = plainName(code);
  return {
    // A refusal of the identity endpoint carries a status too; it says nothing about the service.
    ...(name === 'RestError' && typeof statusCode === 'number' ? { status: statusCode } : {}),
    name: plainName(code, name) ?? 'unknown',
    ...(knownCode === undefined ? {} : { code: knownCode }),
    details,
    waitMs: retryAfterMs(response?.headers?.get('retry-after'), Date.now()) ?? NO_TIME_NAMED,
  };
}
