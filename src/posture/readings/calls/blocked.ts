import * as z from 'zod';
import { instant, text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';
import { BlockedSchema } from '../../runs/blocked-ledger.ts';

/** What Azure refused. */
export const blocked = defineReading({
  id: 'azure/blocked',
  holds:
    'the container groups that Azure Policy refused to make in thirty days, by the activity logs of the subscriptions',
  permissions: ['assessor/azure/subscriptions/Microsoft.Insights/eventtypes/values/read'],
  shape: z.strictObject({
    /** Since when nothing is missing, of each subscription that was read. */
    subscriptions: z.array(z.strictObject({ id: text, since: instant })),
    blocked: z.array(BlockedSchema),
  }),
  nothing: { subscriptions: [], blocked: [] },
});
