import { type CountedSoFar, pointsLeft, progressOf, type SourceProgress } from '../../../cases/progress.ts';
import type { Vendors } from '../../../connectors/vendors.ts';

/**
 * How far the sources of a run are, and when each ends: by what it still needs of GitHub's points, what others wait for
 * and what a minute allows, and by its pace so far. A run that reads again counts from `since` on. A courtesy: where
 * storage does not tell, there are none.
 */
export async function readSources(
  vendors: Pick<Vendors, 'storage' | 'github'>,
  run: string,
  now: Date,
  isOver: (each: CountedSoFar) => boolean = () => false,
  since?: Date,
): Promise<SourceProgress[]> {
  try {
    const counted = await vendors.storage.readProgress(run, since);
    const times = new Map<CountedSoFar, number | undefined>();
    for (const each of counted) {
      const points = pointsLeft(each);
      if (each.budget === undefined || points === 0 || isOver(each)) continue;
      times.set(each, await vendors.github.timeForPoints(each.budget.name, { points, work: run, now }));
    }
    return progressOf(counted, now, (each) => times.get(each), isOver);
  } catch {
    return [];
  }
}
