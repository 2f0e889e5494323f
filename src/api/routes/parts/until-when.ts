import * as z from 'zod';
import type { Config } from '../../../config.ts';
import type { Fault } from '../../problems/faults.ts';

/** The members of a body that say when a containment ends by itself: one of the two. */
export const UNTIL = {
  until: z.iso
    .datetime({ offset: true, error: 'an instant is written 2027-01-29T16:00:00Z' })
    .optional()
    .meta({ description: 'an instant; or say days' }),
  days: z.int().min(1).max(90).optional(),
};

const DAY_MS = 24 * 60 * 60_000;

/** The end as an ISO instant in UTC, at most CONTAIN_DAYS_AT_MOST from now: what is to last is a case, or asked for again. */
export function untilWhen(
  { until, days }: z.output<z.ZodObject<typeof UNTIL>>,
  { CONTAIN_DAYS_AT_MOST: most }: Pick<Config, 'CONTAIN_DAYS_AT_MOST'>,
  now: Date,
): { readonly until: string } | { readonly errors: readonly Fault[] } {
  const pointer = until === undefined ? '/days' : '/until';
  if ((until === undefined) === (days === undefined))
    return { errors: [{ pointer: '/until', detail: 'say when it ends: until or days, and not both' }] };
  const end = until === undefined ? now.getTime() + (days ?? 0) * DAY_MS : Date.parse(until);
  if (end <= now.getTime()) return { errors: [{ pointer, detail: 'has passed' }] };
  if (end > now.getTime() + most * DAY_MS)
    return { errors: [{ pointer, detail: `at most ${most} days from now (CONTAIN_DAYS_AT_MOST)` }] };
  return { until: new Date(end).toISOString() };
}
