/**
 * Work that is done for many at once: one run at a time, and whoever comes while it is under way waits for the next one,
 * which is for all who wait. What breaks, breaks for that group only.
 */
export function inGroups<T, R>(run: (items: readonly T[]) => Promise<R>): (item: T) => Promise<R> {
  let gathering: { readonly items: T[]; readonly done: Promise<R> } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const begin = (): { readonly items: T[]; readonly done: Promise<R> } => {
    const items: T[] = [];
    const done = last.then(() => {
      gathering = undefined;
      return run(items);
    });
    last = done.catch(() => undefined);
    return { items, done };
  };
  return (item) => {
    gathering ??= begin();
    gathering.items.push(item);
    return gathering.done;
  };
}

/** Whoever asks while an answer is under way gets that one. */
export function joined<R>(ask: () => Promise<R>): () => Promise<R> {
  let underWay: Promise<R> | undefined;
  return () => {
    underWay ??= ask().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
