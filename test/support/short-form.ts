/** Whether tables of whole cases are run as they stand (`npm run test:tables`); otherwise in the short form of `npm test`. */
const WHOLE = process.env.TEST_TABLES === 'whole';

/** The rows that are run: all, or in the short form those that `inShort` picks, by default every third. */
export function shortForm<T>(rows: readonly T[], inShort: (row: T, index: number) => boolean = everyThird): T[] {
  return rows.filter((row, index) => WHOLE || inShort(row, index));
}

/** One of two tables, where the short form is not a part of the whole one. */
export function eitherForm<T>(whole: readonly T[], short: readonly T[]): readonly T[] {
  return WHOLE ? whole : short;
}

/**
 * The rows that are run: all, or in the short form as few as have every kind that is in the table, in the table's order.
 * What is run anyway (`covered`) needs no row for its kinds.
 */
export function coveringForm<T>(
  rows: readonly T[],
  kindsOf: (row: T) => Iterable<string>,
  covered: Iterable<string> = [],
): T[] {
  const picked = covering(rows, kindsOf, covered);
  return shortForm(rows, (row) => picked.has(row));
}

/** Takes the row that brings most of what lacks, the first of several, until nothing lacks. */
export function covering<T>(
  rows: readonly T[],
  kindsOf: (row: T) => Iterable<string>,
  covered: Iterable<string> = [],
): ReadonlySet<T> {
  const had = new Set(covered);
  const picked = new Set<T>();
  const kinds = new Map(rows.map((row) => [row, new Set(kindsOf(row))]));
  for (;;) {
    let best: T | undefined;
    let most = 0;
    for (const [row, own] of kinds) {
      const brings = own.difference(had).size;
      if (brings > most) [best, most] = [row, brings];
    }
    if (best === undefined) return picked;
    picked.add(best);
    for (const kind of kinds.get(best) ?? []) had.add(kind);
  }
}

function everyThird(_row: unknown, index: number): boolean {
  return index % 3 === 0;
}
