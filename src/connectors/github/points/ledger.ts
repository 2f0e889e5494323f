import * as z from 'zod';

/**
 * What GitHub counts is counted over every instance of the app: 900 points a minute for an installation
 * (docs.github.com/rest, "Rate limits for the REST API"). The ledger is one row that all of them change under its ETag:
 * what was spent, what each process holds and has not spent yet, who waits in which order, and until when GitHub wants
 * to be left alone. The functions here are its rules; times are milliseconds since 1970.
 */
const LedgerShape = z.object({
  /** Points by the second in which they were spent. */
  spent: z.array(z.tuple([z.number(), z.number()])),
  holders: z.record(z.string(), z.object({ points: z.number(), seen: z.number() })),
  line: z.array(z.object({ id: z.string(), points: z.number(), since: z.number(), due: z.number() })),
  pausedUntil: z.number(),
});
export type Ledger = z.output<typeof LedgerShape>;

export const NEW_LEDGER: Ledger = { spent: [], holders: {}, line: [], pausedUntil: 0 };

/** A ledger as it was stored; what is none begins anew, because GitHub's own refusals are heeded all the same. */
export function parseLedger(text: string): Ledger {
  try {
    return LedgerShape.parse(JSON.parse(text));
  } catch {
    return NEW_LEDGER;
  }
}

/** A minute and two seconds: seconds are rounded up, and the vendor counts when calls arrive. */
const WINDOW_MS = 62_000;

/** What a process holds ends when it was not heard of for so long; it spends nothing that is older itself. */
export const HELD_MS = 120_000;

/** Whoever is called again and does not come within this loses the place in the line. */
const LATE_MS = 30_000;

/**
 * A column of a row holds 32,768 characters, of which a place in the line takes some eighty; whoever has none asks all the
 * same.
 */
const MOST_IN_LINE = 300;

/** Share of a minute that is not promised to whole pieces of work: for calls that nobody foresaw. */
const UNFORESEEN = 1 / 9;

/** What a process tells about itself with every change. */
export interface Account {
  readonly process: string;
  readonly now: number;
  /** Of its points those that are spent since it told last, by the second. */
  readonly spent: readonly (readonly [number, number])[];
  /** What it holds besides. */
  readonly held: number;
  /** Set where GitHub asked it for a pause. */
  readonly pausedUntil?: number;
}

/** Enters what a process tells, and forgets what counts no more. */
export function enter(ledger: Ledger, { process, now, spent, held, pausedUntil = 0 }: Account): Ledger {
  const bySecond = new Map(ledger.spent.filter(([at]) => at + WINDOW_MS > now));
  for (const [at, points] of spent) {
    const second = Math.ceil(at / 1000) * 1000;
    bySecond.set(second, (bySecond.get(second) ?? 0) + points);
  }
  const others = Object.entries(ledger.holders).filter(([name, { seen }]) => name !== process && seen + HELD_MS > now);
  const holders = held > 0 ? [...others, [process, { points: held, seen: now }] as const] : others;
  return {
    spent: [...bySecond],
    holders: Object.fromEntries(holders),
    line: ledger.line.filter(({ due }) => due + LATE_MS > now),
    pausedUntil: Math.max(ledger.pausedUntil, pausedUntil),
  };
}

export interface Wish {
  readonly points: number;
  /**
   * The name of a piece of work that is not begun before all of its points are there, and that keeps its place in the
   * line while it is away. Without it: calls of work that has begun, which go before.
   */
  readonly work?: string;
  /** Set for calls of which each can be made as soon as its own points are there: so many at the least. */
  readonly least?: number;
  /** Points of a minute, for everybody together. */
  readonly limit: number;
}

export type Answer =
  | { readonly granted: true; readonly points: number }
  | { readonly granted: false; readonly waitMs: number; readonly paused: boolean };

/** Whether the points are there for the taking; where not, in how many milliseconds they may be. */
export function take(told: Ledger, account: Account, wish: Wish): { readonly ledger: Ledger; readonly answer: Answer } {
  const ledger = enter(told, account);
  const { now, process, held } = account;
  if (ledger.pausedUntil > now) {
    return { ledger, answer: { granted: false, waitMs: ledger.pausedUntil - now, paused: true } };
  }
  const { work, limit } = wish;
  const most = work === undefined ? limit : Math.max(1, Math.floor(limit * (1 - UNFORESEEN)));
  const points = Math.min(wish.points, most);
  const mine = ledger.line.find(({ id }) => id === work);
  const since = mine?.since ?? now;
  const rest = ledger.line.filter(({ id }) => id !== work);
  const ahead = work === undefined ? [] : rest.filter((each) => each.since < since && each.due <= now);
  const needed = Math.min(wish.least ?? points, points) + ahead.reduce((sum, each) => sum + each.points, 0);
  const waitMs = waitFor(ledger, now, needed, most);
  if (waitMs === 0 && ahead.length === 0) {
    const granted = Math.min(points, freeOf(ledger, most));
    const holder = { points: held + granted, seen: now };
    return {
      ledger: { ...ledger, line: rest, holders: { ...ledger.holders, [process]: holder } },
      answer: { granted: true, points: granted },
    };
  }
  const after = Math.max(waitMs, 1000);
  const inLine = work !== undefined && rest.length < MOST_IN_LINE;
  const line = inLine ? [...rest, { id: work, points, since, due: now + after }] : rest;
  return { ledger: { ...ledger, line }, answer: { granted: false, waitMs: after, paused: false } };
}

/**
 * Milliseconds until so many points may be spent, if those that are held are spent now: 0 where they may be now. More
 * than a minute has takes as many minutes.
 */
export function waitFor(ledger: Ledger, now: number, points: number, limit: number): number {
  const known = [...ledger.spent, [now, heldIn(ledger)] as const].toSorted(([a], [b]) => a - b);
  let free = freeOf(ledger, limit);
  const wholeMinutes = Math.max(0, Math.ceil(points / limit) - 1);
  const needed = points - wholeMinutes * limit;
  const more = wholeMinutes * WINDOW_MS;
  if (free >= needed) return more;
  for (const [at, each] of known) {
    free += each;
    if (free >= needed) return Math.max(at + WINDOW_MS - now, 1) + more;
  }
  return WINDOW_MS + more;
}

function freeOf(ledger: Ledger, limit: number): number {
  return limit - heldIn(ledger) - ledger.spent.reduce((sum, [, points]) => sum + points, 0);
}

function heldIn({ holders }: Ledger): number {
  return Object.values(holders).reduce((sum, { points }) => sum + points, 0);
}
