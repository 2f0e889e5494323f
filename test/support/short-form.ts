/** Whether tables of whole cases are run as they stand (`npm run test:tables`); otherwise in the short form of `npm test`. */
const WHOLE = process.env.TEST_TABLES === 'whole';

/** The rows that are run: all, or in the short form those that `inShort` picks. */
export function shortForm<T>(rows: readonly T[], inShort: (row: T, index: number) => boolean): T[] {
  return rows.filter((row, index) => WHOLE || inShort(row, index));
}
