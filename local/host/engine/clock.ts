/** The engine's only source of time, in milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** Calls `fire` at or soon after `at`; the returned function cancels. */
  setTimer(at: number, fire: () => void): () => void;
}

/** setTimeout fires at once for anything longer, so long waits are made of several. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(at, fire) {
    let handle: NodeJS.Timeout;
    const arm = (): void => {
      const wait = Math.max(0, at - Date.now());
      handle = wait > LONGEST_TIMEOUT_MS ? setTimeout(arm, LONGEST_TIMEOUT_MS) : setTimeout(fire, wait);
    };
    arm();
    return () => clearTimeout(handle);
  },
};

export interface VirtualClock extends Clock {
  /** Moves time and fires, in order, what falls due. */
  advance(ms: number): void;
  /** Jumps to the next timer and fires it; false where there is none. */
  advanceToNextTimer(): boolean;
  nextTimerAt(): number | undefined;
}

/** Time that stands still until a test moves it: a durable timer of a month costs nothing. */
export function virtualClock(start: number = Date.UTC(2026, 0, 5, 9)): VirtualClock {
  let time = start;
  const timers = new Set<{ readonly at: number; readonly fire: () => void }>();
  const next = () => [...timers].sort((a, b) => a.at - b.at)[0];

  const fireUntil = (end: number): void => {
    for (let timer = next(); timer !== undefined && timer.at <= end; timer = next()) {
      timers.delete(timer);
      time = Math.max(time, timer.at);
      timer.fire();
    }
  };

  return {
    now: () => time,
    setTimer(at, fire) {
      const timer = { at, fire };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = time + ms;
      fireUntil(end);
      time = end;
    },
    advanceToNextTimer() {
      const timer = next();
      if (timer === undefined) return false;
      fireUntil(Math.max(time, timer.at));
      return true;
    },
    nextTimerAt: () => next()?.at,
  };
}
