import * as z from 'zod';
import { count, instant } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

/** How often principals call: it can show that nobody is held to a limit, and never that somebody is. */
export const callRates = defineReading({
  id: 'logs/call-rates',
  holds: 'the busiest minute of thirty days, and how many calls the gateway refused for their number',
  permissions: ['assessor/logs/Log Analytics Data Reader'],
  shape: z.strictObject({
    /** Absent where there is no call, or nobody could ask. */
    busiest: z.exactOptional(z.strictObject({ minute: instant, calls: count })),
    /** Absent where the gateway's own log did not answer: nothing is judged by it. */
    refused: z.exactOptional(count),
  }),
  nothing: {},
});
