import { utcToLocal } from '../../local/tenant/kql/values/time-zone.ts';
import type { LogsState } from '../../local/tenant/logs/state.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';

const CALLS_A_DAY = 20;

/**
 * Leaves about twenty calls of each day, spread over it, besides those in `whole`: queries over everybody's calls take
 * most of a test's time. Counted by day, so that every day that had rows keeps some, whatever today is.
 */
export function thinOut({ rows }: LogsState, whole: (caller: unknown) => boolean = () => false): void {
  const days = Map.groupBy(rows, ({ timestamp_t: at }) => dayOf(at as Date));
  const kept = [...days.values()].flatMap((day) => {
    const others = day.filter(({ caller_oid_s: caller }) => !whole(caller));
    const every = Math.ceil(others.length / CALLS_A_DAY);
    return [...day.filter((row) => whole(row.caller_oid_s)), ...others.filter((_, index) => index % every === 0)];
  });
  rows.splice(0, rows.length, ...kept);
}

/** The firm's day, as whole days since 1970. */
function dayOf(at: Date): number {
  return Math.floor(utcToLocal(at, WORLD.timeZone).getTime() / 86_400_000);
}
