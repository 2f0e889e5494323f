import { randomUUID } from 'node:crypto';
import {
  type Account,
  type Answer,
  enter,
  HELD_MS,
  type Ledger,
  NEW_LEDGER,
  parseLedger,
  take,
  type Wish,
} from './ledger.ts';

/** Where the ledger of an installation stands. */
export interface LedgerStore {
  change<T>(
    installation: string,
    change: (ledger: string | undefined) => { readonly ledger: string; readonly answer: T },
  ): Promise<T>;
}

/** What a storage that is away is not asked for again. */
const AWAY_MS = 60_000;

/** The points that one process holds of an installation's, by what the ledger says of all of them. */
export interface HeldPoints {
  /** Asks for more, in the line of all processes. */
  ask(wish: Omit<Wish, 'limit'>): Promise<Answer>;
  /** How many are held. */
  held(): number;
  /** Spends points that are held; false where there are too few. */
  spend(cost: number): boolean;
  /** Whether more are held than are promised to pieces of work. */
  hasSpare(): boolean;
  /** Nobody else counts on points that were held long: they are held no more. */
  letGoOfOld(): void;
  /** Gives back what nobody was promised. */
  giveBack(): Promise<void>;
  /** A piece of work ended that was promised so many. */
  endWork(points: number): Promise<void>;
  /** GitHub asked for a pause, in milliseconds. */
  pause(ms: number): void;
  /** Milliseconds that are left of a pause. */
  pausedFor(): number;
}

type Change<T> = (ledger: Ledger, account: Account) => { ledger: Ledger; answer: T };

/** Points of an installation, `limit` a minute, as this process holds and spends them. */
export function heldPoints(store: LedgerStore, installation: string, limit: number, now: () => number): HeldPoints {
  const process = randomUUID().slice(0, 8);
  const spent: [number, number][] = [];
  let held = 0;
  /** Points of the pieces of work that go on. */
  let promised = 0;
  let toldAt = 0;
  let pausedUntil = 0;
  let awayUntil = 0;
  let alone: Ledger = NEW_LEDGER;

  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other: what one changes the next has to know. */
  const tell = <T>(change: Change<T>, granted: (answer: T) => void = () => {}): Promise<T> => {
    const told = turn.then(async () => {
      const answer = await write(change);
      granted(answer);
      return answer;
    });
    turn = told.catch(() => {});
    return told;
  };
  /** Changes the ledger by what this process knows. Without a storage it keeps to the limit alone. */
  const write = async <T>(change: Change<T>): Promise<T> => {
    // What is told is what is known at that very moment: what is spent meanwhile is told with the next change.
    let told = 0;
    const account = (): Account => {
      told = spent.length;
      return { process, now: now(), spent: spent.slice(0, told), held, pausedUntil };
    };
    let next: Ledger = alone;
    const changed = (before: Ledger): { ledger: string; answer: T } => {
      const { ledger, answer } = change(before, account());
      next = ledger;
      return { ledger: JSON.stringify(ledger), answer };
    };
    const { answer } = await stored(changed).catch(() => {
      awayUntil = now() + AWAY_MS;
      return changed(alone);
    });
    spent.splice(0, told);
    toldAt = now();
    // What others hold and wait for is not known without the row; what was spent is.
    alone = { ...next, line: [], holders: {} };
    pausedUntil = Math.max(pausedUntil, next.pausedUntil);
    return answer;
  };
  const stored = async <T>(
    changed: (before: Ledger) => { ledger: string; answer: T },
  ): Promise<{ readonly answer: T }> => {
    if (now() < awayUntil) return changed(alone);
    const answer = await store.change(installation, (text) =>
      changed(text === undefined ? NEW_LEDGER : parseLedger(text)),
    );
    return { answer };
  };
  const ask = (wish: Omit<Wish, 'limit'>): Promise<Answer> =>
    tell(
      (ledger, account) => take(ledger, account, { ...wish, limit }),
      (answer) => {
        if (!answer.granted) return;
        held += answer.points;
        if (wish.work !== undefined) promised += answer.points;
      },
    );
  const giveBack = (): Promise<void> =>
    tell((ledger, account) => {
      held = Math.min(held, promised);
      return { ledger: enter(ledger, { ...account, held }), answer: undefined };
    });

  return {
    ask,
    giveBack,
    held: () => held,
    hasSpare: () => held > promised,
    letGoOfOld: () => {
      if (toldAt + HELD_MS * 0.8 < now()) held = 0;
    },
    spend: (cost) => {
      if (cost > held) return false;
      held -= cost;
      spent.push([now(), cost]);
      return true;
    },
    endWork: async (points) => {
      promised -= points;
      if (held > promised || spent.length > 0) await giveBack();
    },
    pause: (ms) => {
      pausedUntil = Math.max(pausedUntil, now() + ms);
      // The others learn it from the row; this process heeds it now.
      giveBack().catch(() => {});
    },
    pausedFor: () => Math.max(0, pausedUntil - now()),
  };
}
