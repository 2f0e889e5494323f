/** Where one goes on. */
export interface Link {
  readonly text: string;
  readonly href: string;
}

/** Something that somebody did on the play page, and what came of it. */
export interface Deed {
  readonly at: string;
  readonly title: string;
  readonly ok: boolean;
  readonly lines: readonly string[];
  readonly links: readonly Link[];
}
export type Done = Omit<Deed, 'at'>;

/** Asks again and again until there is an answer, for as long as somebody waits for a page; undefined after that. */
export async function within<T>(
  ms: number,
  ask: () => Promise<T | undefined>,
  pause: () => Promise<unknown>,
): Promise<T | undefined> {
  const until = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() > until) return answer;
    await pause();
  }
}
