import type { operations } from '../../../../cli/api/schema.d.ts';
import type { Schemas } from '../../api.ts';
import type { Status } from './words.ts';

export type History = operations['getPostureHistory']['responses'][200]['content']['application/json'];
export type Weeks = Schemas['PostureWeeks'];

const WEEK_MS = 7 * 86_400_000;

/** The Monday of a week of a history. */
export function mondayOf({ from }: Pick<History, 'from'>, at: number): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + at * WEEK_MS).toISOString().slice(0, 10);
}

/** Of each week the worst status of a point; undefined where it was not judged. */
export function statusesOf(weeks: readonly string[], point: Pick<Weeks, 'weeks'> | undefined): (Status | undefined)[] {
  const known = new Map(point?.weeks.map(({ week, status }) => [week, status]));
  return weeks.map((week) => known.get(week));
}

/** Since which Monday a point has held in every run; `longer` where nothing is known of the week before. */
export function holdsSince(
  history: History,
  check: string,
): { readonly monday: string; readonly longer: boolean } | undefined {
  const of = statusesOf(
    history.weeks,
    history.checks.find((each) => each.check === check),
  );
  // A week that has just begun may have no run yet.
  const last = of.findLastIndex((status) => status !== undefined);
  let first = last + 1;
  while (of[first - 1] === 'pass') first -= 1;
  if (first > last) return undefined;
  return { monday: mondayOf(history, first), longer: of[first - 1] === undefined };
}
