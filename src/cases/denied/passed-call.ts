import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, instant, text } from '../../shapes/primitives.ts';

/** Kind of the finding that tells of a call which was let pass. */
export const PASSED_CALL = 'call-after-containment';

/**
 * A call that the gateway let pass after it had begun to refuse whoever made it. `revision`: the report that tells of
 * it. `identity`: the workload that made it, where it was not the leaver.
 */
export const PassedCallSchema = z.strictObject({
  /** When it was made, by the gateway's clock. */
  at: instant,
  revision: count,
  server: text,
  tool: text,
  status: count,
  requestId: text,
  identity: z.exactOptional(text),
});
export type PassedCall = Immutable<z.output<typeof PassedCallSchema>>;
