/** How lists misbehave. All of it was seen at vendors; without any of it a list is what it should be. */
export interface Paging {
  /** Called before a page is cut from its list, for which rows may come and go; `path` has the query with it. */
  moves?: (path: string) => void;
  /** Changes how many rows a page announces. */
  announces?: (total: number) => number;
  /** Pages after the first come empty, although Link leads to them. */
  empty?: boolean;
  /** The whole list comes as its first page, whatever was asked for. */
  atOnce?: boolean;
  /** Every page but the first begins with the last row of the page before. */
  repeats?: boolean;
  /** No page says that there is another. */
  linkless?: boolean;
  /** Changes a row, which is then no more what GitHub documents. */
  oddRow?: (row: unknown, index: number) => unknown;
}

/** The rows of a page: `start` and `end` count from the beginning of the list. */
export function cut<T>(rows: readonly T[], start: number, end: number, paging: Paging): readonly unknown[] {
  const odd = paging.oddRow === undefined ? rows : rows.map(paging.oddRow);
  if (paging.atOnce) return odd;
  if (start === 0) return odd.slice(start, end);
  if (paging.empty) return [];
  return odd.slice(paging.repeats ? start - 1 : start, end);
}
