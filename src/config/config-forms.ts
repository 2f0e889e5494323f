import * as z from 'zod';
import { CASE_MODES } from '../cases/case.ts';
import { ALL_MOMENTS, type AnyMoment } from '../cases/words/message.ts';

/** A GUID, in lower case. */
export const guid = z
  .guid('not a GUID such as 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35')
  .transform((text) => text.toLowerCase());

/** An address, without a slash at its end. */
export const https = z
  .url({ protocol: /^https$/, error: 'not an address that begins with https://' })
  .transform((url) => url.replace(/\/+$/, ''));

/** A list with commas between. */
export const list = <Item extends string>(item: z.ZodType<Item, string>, fallback = '') =>
  z
    .string()
    .default(fallback)
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item));

/** A whole number within limits. */
export const count = (fallback: number, min: number, max: number) => {
  const error = `not a whole number from ${min} to ${max}`;
  return z.coerce.number(error).int(error).min(min, error).max(max, error).default(fallback);
};

/** Endpoints of a tenant, as a JSON object of addresses. */
export const metadata = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.url('not an address')));

/** A name of letters, digits, dots and dashes. */
export const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

/** No automatic trigger cuts anybody off before somebody has read a plan and turned that trigger on. */
export const automatic = z.enum(CASE_MODES).default('plan');

/** Which moments a channel is told; `none` for no moment at all. */
export const moments = (...fallback: readonly AnyMoment[]) =>
  list(z.enum([...ALL_MOMENTS, 'none']), fallback.join(',')).transform((all) => all.filter((each) => each !== 'none'));

/** Whether an address is that of a key, or of a version of one. */
export function isKeyOfVault(url: string): boolean {
  return /^https:\/\/[^/]+\/keys\/[0-9A-Za-z-]+(?:\/[0-9A-Za-z]+)?$/.test(url);
}

/** Whether this is the name of an IANA time zone that Node knows. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    // An offset is taken there as well, and knows nothing of the clocks of the day that is meant.
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}

/** A stream of a data collection rule. */
export const stream = z.string().regex(/^Custom-[A-Za-z]\w*$/);

/** What Graph needs to know of a partner topic (learn.microsoft.com/azure/event-grid/subscribe-to-graph-api-events). */
const PARTNER_TOPIC = ['azuresubscriptionid', 'resourcegroup', 'partnertopic', 'location'] as const;

/** A partner topic of Event Grid, to which Graph sends events. */
export const partnerTopic = z
  .string()
  .regex(/^EventGrid:\?/, 'not an Event Grid partner topic (EventGrid:?azuresubscriptionid=…)')
  .refine((url) => PARTNER_TOPIC.every((key) => new URLSearchParams(url.slice('EventGrid:?'.length)).get(key)), {
    message: `does not name all of ${PARTNER_TOPIC.join(', ')}`,
  });
