import type { FullOperationResponse, OperationOptions } from '@azure/core-client';
import * as z from 'zod';
import type { Listing } from '../listing.ts';
import { readRows } from '../paging/rows.ts';
import { type Reading, settle } from '../paging/settle.ts';
import type { ArmSettings } from '../settings.ts';
import { type ArmQuestion, armFailure, readArmBody, unavailable } from './arm-answer.ts';
import { armCallOptions } from './client-options.ts';

/** More pages than any list here can have: a vendor that pages in circles. */
const MAX_PAGES = 1_000;

interface Pages {
  byPage(): AsyncIterator<unknown>;
}

/**
 * Reads a list to its end, page by page, each from the answer's text, until it holds still. `list` starts the SDK's
 * iterator with the given options; `shape` is that of one item.
 */
export function readPages<T extends { readonly id: string }>(
  settings: ArmSettings,
  question: ArmQuestion,
  shape: z.ZodType<T>,
  list: (options: OperationOptions) => Pages,
): Promise<Listing<T>> {
  return settleArm(question, () => readOnce(settings, question, shape, list));
}

/** Reads a list of Azure's until it holds still. */
export function settleArm<T extends { readonly id: string }>(
  question: ArmQuestion,
  read: () => Promise<Reading<T>>,
): Promise<Listing<T>> {
  return settle({
    read,
    // Letters have no case in Azure's ids.
    keyOf: ({ id }) => id.toLowerCase(),
    told: (came) => `Azure was asked to ${question.what} and ${came}.`,
  });
}

const Page = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });

async function readOnce<T>(
  settings: ArmSettings,
  question: ArmQuestion,
  shape: z.ZodType<T>,
  list: (options: OperationOptions) => Pages,
): Promise<Reading<T>> {
  const items: T[] = [];
  let unreadable = 0;
  let pages = 0;
  const read = (more: Partial<Reading<T>> = {}): Reading<T> => ({ items, unreadable, pages, totals: [], ...more });
  const seen = new Set<string>();
  let raw: FullOperationResponse | undefined;
  const options: OperationOptions = {
    onResponse: (response) => {
      raw = response;
    },
  };
  try {
    const iterator = list(options).byPage();
    while (pages < MAX_PAGES) {
      raw = undefined;
      // Read by the SDK at every request: each page has a deadline of its own.
      Object.assign(options, armCallOptions(settings));
      const step = await iterator.next();
      if (step.done === true) return read();
      pages += 1;
      const answer = readArmBody(question, raw, Page);
      if (!answer.ok) return read({ failure: answer.failure });
      const { value, nextLink } = answer.value;
      const rows = readRows(shape, value);
      items.push(...rows.items);
      unreadable += rows.unreadable;
      const next = nextLink ?? '';
      // A page that is empty although a link led to it proves no end.
      if (next === '') return read(value.length === 0 && pages > 1 ? { doubt: 'an empty page' } : {});
      // The access token goes along, so a link is followed to Azure's own origin only.
      if (!URL.canParse(next) || new URL(next).origin !== new URL(settings.ARM_ENDPOINT).origin || seen.has(next)) {
        return read({ failure: unavailable(question, `page ${pages} with a link that cannot be followed`) });
      }
      seen.add(next);
    }
    return read({ failure: unavailable(question, `more than ${MAX_PAGES} pages`) });
  } catch (error) {
    return read({ failure: armFailure(question, error) });
  }
}
