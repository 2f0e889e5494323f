import * as z from 'zod';
import { redactSecrets } from '../credentials/redact-secrets.ts';

/** The body of a decision of which nothing but the reason has to be said. A credential in it does not get further. */
export const Decision = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .transform((said) => redactSecrets(said)),
});
