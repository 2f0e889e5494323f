import type { FullOperationResponse, OperationOptions } from '@azure/core-client';
import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { ArmSettings } from '../settings.ts';
import { type ArmQuestion, armFailure, readArmBody, unavailable } from './arm-answer.ts';
import { armCallOptions } from './client-options.ts';

/** More pages than any list here can have: a vendor that pages in circles. */
const MAX_PAGES = 1_000;

interface Pages {
  byPage(): AsyncIterator<unknown>;
}

/**
 * Reads a list to its end, page by page, each from the answer's text. `list` starts the SDK's iterator with the
 * given options; `shape` is that of one item.
 */
export async function readPages<T>(
  settings: ArmSettings,
  question: ArmQuestion,
  shape: z.ZodType<T>,
  list: (options: OperationOptions) => Pages,
): Promise<Listing<T>> {
  const page = z.object({ value: z.array(shape), nextLink: z.string().nullish() });
  const items: T[] = [];
  const seen = new Set<string>();
  let raw: FullOperationResponse | undefined;
  const options: OperationOptions = {
    onResponse: (response) => {
      raw = response;
    },
  };
  try {
    const pages = list(options).byPage();
    for (let count = 1; count <= MAX_PAGES; count += 1) {
      raw = undefined;
      // Read by the SDK at every request: each page has a deadline of its own.
      Object.assign(options, armCallOptions(settings));
      const step = await pages.next();
      if (step.done === true) return { items };
      const answer = readArmBody(question, raw, page);
      if (!answer.ok) return { items, failure: answer.failure };
      items.push(...answer.value.value);
      const next = answer.value.nextLink ?? '';
      if (next === '') return { items };
      // The access token goes along, so a link is followed to Azure's own origin only.
      if (!URL.canParse(next) || new URL(next).origin !== new URL(settings.ARM_ENDPOINT).origin || seen.has(next)) {
        return { items, failure: unavailable(question, `page ${count} with a link that cannot be followed`) };
      }
      seen.add(next);
    }
    return { items, failure: unavailable(question, `more than ${MAX_PAGES} pages`) };
  } catch (error) {
    return { items, failure: armFailure(question, error) };
  }
}
