import * as z from 'zod';
import type { Listing } from '../listing.ts';
import { readRows } from '../paging/rows.ts';
import type { Reading } from '../paging/settle.ts';
import type { ArmSettings } from '../settings.ts';
import { unavailable } from './arm-answer.ts';
import { settleArm } from './read-pages.ts';
import { type ArmRead, readResource } from './read-resource.ts';

const Page = z.object({
  value: z.array(z.unknown()),
  nextLink: z.string().nullish(),
  // A number with API Management, which pages by offset; something else, or nothing, elsewhere.
  count: z.unknown().optional(),
});
/** More than any list here has: a vendor that pages in circles. */
const MOST_PAGES = 1_000;

/** A list of Azure Resource Manager without a client library, read until it holds still; `shape` is that of one row. */
export function readList<T extends { readonly id: string }>(
  settings: ArmSettings,
  { shape, ...asked }: Omit<ArmRead<T>, 'link'>,
): Promise<Listing<T>> {
  return settleArm(asked, async (): Promise<Reading<T>> => {
    const items: T[] = [];
    const totals: number[] = [];
    let unreadable = 0;
    let link: string | undefined;
    for (let pages = 1; pages <= MOST_PAGES; pages += 1) {
      const read = (more: Partial<Reading<T>> = {}): Reading<T> => ({ items, unreadable, pages, totals, ...more });
      const answer = await readResource(settings, { ...asked, ...(link === undefined ? {} : { link }), shape: Page });
      if (!answer.ok) return read({ failure: answer.failure });
      const { value, nextLink, count } = answer.value;
      const rows = readRows(shape, value);
      items.push(...rows.items);
      unreadable += rows.unreadable;
      if (typeof count === 'number') totals.push(count);
      const next = nextLink ?? '';
      if (next === '') return read(value.length === 0 && pages > 1 ? { doubt: 'an empty page' } : {});
      link = next;
    }
    const failure = unavailable(asked, `more than ${MOST_PAGES} pages`);
    return { items, unreadable, pages: MOST_PAGES, totals, failure };
  });
}
