import * as z from 'zod';
import { ReadBackSchema } from '../../../cases/remedies/read-back.ts';
import type { Immutable } from '../../../shapes/immutable.ts';

/** The `facts` of the verification step. */
export const VerificationFactsSchema = z
  .strictObject({
    readBacks: z.array(ReadBackSchema),
    /** Whether the gateway's deny list holds the leaver's oid, read back. `released`: not any more, and they came back. `released-by-hand`: a person took them off meanwhile. `no-gateway`: there is none that could refuse anybody. */
    deniedAtGateway: z.enum(['yes', 'no', 'released', 'released-by-hand', 'no-gateway', 'could-not-check']),
    /** Whether Entra refuses the sign-in sessions of before the case. Absent where it revoked none: a plan, a deleted account. */
    sessionsRevoked: z.exactOptional(z.enum(['yes', 'no', 'could-not-check'])),
  })
  .meta({ id: 'VerificationFacts', description: 'What the tenant said when every target was read again.' });
export type VerificationFacts = Immutable<z.output<typeof VerificationFactsSchema>>;
