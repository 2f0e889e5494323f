import { type Reading, settle } from '../../../src/connectors/paging/settle.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';

export const BY = {
  keyOf: (id: number): string => String(id),
  told: (came: string): string => came,
};
export const reading = (items: readonly number[], more: Partial<Reading<number>> = {}): Reading<number> => ({
  items,
  unreadable: 0,
  pages: 1,
  totals: [],
  ...more,
});

/** Settles on readings that are given one after the other; the last one is given again and again. */
export async function settled(...readings: readonly Reading<number>[]) {
  const asked: boolean[] = [];
  const listing = await settle<number>({
    ...BY,
    read: ({ confirming }) => {
      asked.push(confirming);
      return Promise.resolve(readings[Math.min(asked.length, readings.length) - 1] ?? reading([]));
    },
  });
  return { ...listing, asked };
}
export const refused: VendorFailure = { kind: 'refused', status: 400, message: 'no' };
