import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Paused } from '../paused.ts';
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

/** The time by which instances agree, in milliseconds since 1970, and waiting. */
export interface Clock {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
  /** Calls after so long, without keeping the process alive for it. */
  readonly later: (ms: number, act: () => void) => void;
}

const CLOCK: Clock = {
  now: () => Date.now(),
  wait: (ms) => delay(ms),
  later: (ms, act) => void setTimeout(act, ms).unref(),
};

/** Nothing waits longer than this inside an activity: the host ends those that do, and loses what they read. */
const MOST_WAIT_MS = 100_000;

/** Points that are taken at once for calls that nobody foresaw: one change of the row for many of them. */
const SLICE = 1 / 36;

/** What nobody spends any more is given back after so long. */
const IDLE_MS = 2_000;

/** What a storage that is away is not asked for again. */
const AWAY_MS = 60_000;

/** Points that were promised to a piece of work. */
export interface Admission {
  readonly ok: true;
  /** Gives back what the work did not need. */
  done(): Promise<void>;
}

/** The points of one installation, shared by every instance of the app. */
export interface SharedPoints {
  /** Waits until a call of so many points may be made; in the order of asking. @throws Paused where that takes too long */
  spend(cost: number): Promise<void>;
  /**
   * Waits until all points of a piece of work are there, so that nothing that has begun is given up in the middle. The
   * work keeps its place in the line under its name.
   */
  admit(work: string, points: number): Promise<Admission | { readonly ok: false; readonly tryAgainAfterMs: number }>;
  /** GitHub asked for a pause, in milliseconds; nobody asks anything until it is over. */
  pause(ms: number): void;
  /** Milliseconds that are left of a pause. */
  pausedFor(): number;
}

type Change<T> = (ledger: Ledger, account: Account) => { ledger: Ledger; answer: T };

interface Waiter {
  readonly cost: number;
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (why: Error) => void;
}

/** Points of an installation, `limit` a minute. */
export function sharedPoints(
  store: LedgerStore,
  installation: string,
  limit: number,
  { now, wait, later }: Clock = CLOCK,
): SharedPoints {
  const process = randomUUID().slice(0, 8);
  const queue: Waiter[] = [];
  const spent: [number, number][] = [];
  let held = 0;
  /** Points of the pieces of work that go on. */
  let promised = 0;
  let toldAt = 0;
  let pausedUntil = 0;
  let asking = false;
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

  const serve = (): void => {
    // Nobody else counts on points that were held so long.
    if (toldAt + HELD_MS * 0.8 < now()) held = 0;
    for (let [first] = queue; first !== undefined && first.cost <= held; [first] = queue) {
      queue.shift();
      held -= first.cost;
      spent.push([now(), first.cost]);
      first.resolve();
    }
  };
  const fetchPoints = async (): Promise<void> => {
    for (serve(); queue.length > 0; serve()) {
      const wanted = queue.reduce((sum, { cost }) => sum + cost, 0);
      const slice = Math.floor(limit * SLICE);
      const [first] = queue;
      const least = Math.max(1, (first?.cost ?? 1) - held);
      const answer = await ask({
        points: Math.min(Math.max(wanted - held, slice, least), Math.ceil(limit / 4)),
        least,
      });
      if (answer.granted) continue;
      const waited = first === undefined ? 0 : now() - first.since;
      if (answer.paused || waited + answer.waitMs > MOST_WAIT_MS) {
        for (const { reject } of queue.splice(0)) reject(new Paused(answer.waitMs));
      } else await wait(answer.waitMs);
    }
  };
  const kick = (): void => {
    if (asking) return;
    asking = true;
    fetchPoints()
      .catch((error: unknown) => {
        for (const { reject } of queue.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
      })
      .finally(() => {
        asking = false;
        if (queue.length > 0) kick();
        else if (held > promised) giveBackWhenIdle();
      });
  };
  const giveBackWhenIdle = (): void =>
    later(IDLE_MS, () => {
      if (!asking && held > promised) giveBack().catch(() => {});
    });

  return {
    spend: (cost) =>
      cost === 0
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            queue.push({ cost, since: now(), resolve, reject });
            serve();
            if (queue.length > 0) kick();
          }),
    admit: async (work, points) => {
      for (const since = now(); ; ) {
        const answer = await ask({ points, work: placeOf(work) });
        if (answer.granted) {
          let ended = false;
          return {
            ok: true,
            done: async () => {
              if (ended) return;
              ended = true;
              promised -= answer.points;
              if (held > promised || spent.length > 0) await giveBack();
            },
          };
        }
        const waited = now() - since;
        if (answer.paused || waited + answer.waitMs > MOST_WAIT_MS)
          return { ok: false, tryAgainAfterMs: answer.waitMs };
        await wait(answer.waitMs);
      }
    },
    pause: (ms) => {
      pausedUntil = Math.max(pausedUntil, now() + ms);
      // The others learn it from the row; this process heeds it now.
      giveBack().catch(() => {});
    },
    pausedFor: () => Math.max(0, pausedUntil - now()),
  };
}

/** Names of work are long, and the row is small. */
function placeOf(work: string): string {
  return createHash('sha256').update(work).digest('hex').slice(0, 16);
}
