/** Rows of one kind, in insertion order, found by key. */
export interface Collection<T extends object> {
  add(row: T): T;
  get(key: string): T | undefined;
  delete(key: string): boolean;
  clear(): void;
  all(): T[];
  where(test: (row: T) => boolean): T[];
  /** Replaces fields of a row; undefined where there is no such row. */
  patch(key: string, change: Partial<T>): T | undefined;
  readonly size: number;
}

/** A collection whose keys compare without regard to case, as object ids and GitHub names do. */
export function collection<T extends object>(keyOf: (row: T) => string, seed: Iterable<T> = []): Collection<T> {
  const rows = new Map<string, T>();
  const add = (row: T): T => {
    rows.set(keyOf(row).toLowerCase(), row);
    return row;
  };
  for (const row of seed) add(row);
  return {
    add,
    get: (key) => rows.get(key.toLowerCase()),
    delete: (key) => rows.delete(key.toLowerCase()),
    clear: () => rows.clear(),
    all: () => [...rows.values()],
    where: (test) => [...rows.values()].filter(test),
    patch: (key, change) => {
      const row = rows.get(key.toLowerCase());
      return row === undefined ? undefined : Object.assign(row, change);
    },
    get size() {
      return rows.size;
    },
  };
}
