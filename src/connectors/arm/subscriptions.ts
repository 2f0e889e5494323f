import * as z from 'zod';
import type { Listing } from '../listing.ts';
import { readRows } from '../paging/rows.ts';
import type { Reading } from '../paging/settle.ts';
import type { ArmSettings } from '../settings.ts';
import { unavailable } from './arm-answer.ts';
import { settleArm } from './read-pages.ts';
import { readResource } from './read-resource.ts';

const Subscription = z.object({
  id: z.string(),
  subscriptionId: z.string().transform((id) => id.toLowerCase()),
  displayName: z.string().nullish(),
  state: z.string().nullish(),
});
/** A subscription of the tenant. */
export type Subscription = z.output<typeof Subscription>;

const Page = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });
/** More than any tenant has: a vendor that pages in circles. */
const MOST_PAGES = 1_000;

/**
 * Every subscription in which the reader has a role at all; others are not shown to it. Needs no permission.
 * Source: learn.microsoft.com/rest/api/resources/subscriptions/list
 */
export function listSubscriptions(settings: ArmSettings): Promise<Listing<Subscription>> {
  const question = { what: 'list the subscriptions that the reader sees', action: 'any role in a subscription' };
  return settleArm(question, async (): Promise<Reading<Subscription>> => {
    const items: Subscription[] = [];
    let unreadable = 0;
    let link: string | undefined;
    for (let pages = 1; pages <= MOST_PAGES; pages += 1) {
      const read = (more: Partial<Reading<Subscription>> = {}): Reading<Subscription> => ({
        items,
        unreadable,
        pages,
        totals: [],
        ...more,
      });
      const answer = await readResource(settings, {
        ...question,
        identity: 'reader',
        path: '/subscriptions',
        ...(link === undefined ? {} : { link }),
        apiVersion: '2022-12-01',
        shape: Page,
      });
      if (!answer.ok) return read({ failure: answer.failure });
      const { value, nextLink } = answer.value;
      const rows = readRows(Subscription, value);
      items.push(...rows.items);
      unreadable += rows.unreadable;
      const next = nextLink ?? '';
      if (next === '') return read(value.length === 0 && pages > 1 ? { doubt: 'an empty page' } : {});
      link = next;
    }
    const failure = unavailable(question, `more than ${MOST_PAGES} pages`);
    return { items, unreadable, pages: MOST_PAGES, totals: [], failure };
  });
}
