import { redactSecrets } from '../credentials/redact-secrets.ts';
import { type ErrorCode, OffboardingError } from '../errors.ts';

/** An unexpected failure as it travels through history: redacted, without a stack. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * Results travel in an envelope because `Task.all` of durable-functions 3 fails fast: one thrown
 * error would lose every sibling's result.
 */
export type Envelope<O> = { readonly ok: true; readonly value: O } | { readonly ok: false; readonly error: Failure };

/** What may be said of an error: redacted, without a stack. */
export function failureOf(error: unknown): Failure {
  const code = error instanceof OffboardingError ? error.code : 'unexpected';
  const message =
    error instanceof Error ? `${error.name}: ${error.message}` : 'a value that is not an Error was thrown';
  return { code, message: redactSecrets(message).slice(0, 1_000) };
}
