import * as z from 'zod';

const status = z.number();
const message = z.string();
const tryAgainAfterMs = z.number();

/** A `VendorFailure` that is kept with what was read. */
export const VendorFailureSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('denied'),
    status,
    missingPermission: z.exactOptional(z.string()),
    message,
  }),
  z.strictObject({ kind: z.literal('not-found'), status, message }),
  z.strictObject({ kind: z.literal('throttled'), status, tryAgainAfterMs, message }),
  z.strictObject({ kind: z.literal('conflict'), status, retryable: z.boolean(), message }),
  z.strictObject({ kind: z.literal('refused'), status, message }),
  z.strictObject({ kind: z.literal('incomplete'), status, message }),
  z.strictObject({ kind: z.literal('unavailable'), status: z.exactOptional(z.number()), tryAgainAfterMs, message }),
]);
