import { type Ledger, waitFor } from './ledger.ts';

/**
 * Milliseconds until so many points more are spent, at best: after what is spent, held and waited for by others now, and
 * after a pause that GitHub asked for. `mine` tells the pieces of work in the line that the points are for.
 */
export function foresee(
  ledger: Ledger,
  { now, points, limit, mine }: { now: number; points: number; limit: number; mine: (work: string) => boolean },
): number {
  const others = ledger.line.filter(({ id }) => !mine(id)).reduce((sum, each) => sum + each.points, 0);
  const from = Math.max(now, ledger.pausedUntil);
  return from - now + waitFor(ledger, from, points + others, limit);
}
