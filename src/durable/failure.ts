import * as z from 'zod';
import { redactedStart } from '../credentials/redact-secrets.ts';
import { ERRORS, type ErrorCode, OffboardingError } from '../errors.ts';
import type { Immutable } from '../shapes/immutable.ts';

/** An unexpected failure as it travels through history: redacted, without a stack. */
export const FailureSchema = z.strictObject({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && code in ERRORS),
  message: z.string(),
});
export type Failure = Immutable<z.output<typeof FailureSchema>>;

/**
 * Results travel in an envelope because `Task.all` of durable-functions 3 fails fast: one thrown
 * error would lose every sibling's result.
 */
export type Envelope<O> = { readonly ok: true; readonly value: O } | { readonly ok: false; readonly error: Failure };

/** The shape of an envelope around a result. */
export function envelopeOf(output: z.ZodType): z.ZodType {
  return z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: output }),
    z.strictObject({ ok: z.literal(false), error: FailureSchema }),
  ]);
}

/** What may be said of an error: redacted, without a stack. */
export function failureOf(error: unknown): Failure {
  const code = error instanceof OffboardingError ? error.code : 'unexpected';
  const message =
    error instanceof Error ? `${error.name}: ${error.message}` : 'a value that is not an Error was thrown';
  return { code, message: redactedStart(message, 1_000) };
}
