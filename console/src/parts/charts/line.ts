/** A value of a day; without one where it is not known, which is no 0. */
export interface Point {
  readonly day: string;
  readonly value?: number;
  readonly state: 'exact' | 'at-least' | 'unknown' | 'not-applicable';
}
export interface Dot extends Point {
  readonly value: number;
}

const DAY_MS = 86_400_000;

/** Days between two days. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The lines to draw: a day that was not measured, or of which nothing is known, ends one. The oldest point comes first. */
export function linesOf(points: readonly Point[]): Dot[][] {
  const lines: Dot[][] = [];
  let last: string | undefined;
  for (const point of points) {
    const { value, day } = point;
    if (value === undefined) {
      last = undefined;
      continue;
    }
    const dot = { ...point, value };
    if (last !== undefined && daysBetween(last, day) === 1) lines.at(-1)?.push(dot);
    else lines.push([dot]);
    last = day;
  }
  return lines;
}

/** The first day of each month of a time, and every how manieth of them fits. */
export function monthsOf(from: string, to: string, most: number): string[] {
  const [year = 0, month = 1] = from.split('-').map(Number);
  const firsts: string[] = [];
  for (let n = 0; ; n += 1) {
    const first = new Date(Date.UTC(year, month - 1 + n, 1)).toISOString().slice(0, 10);
    if (first > to) break;
    if (first >= from) firsts.push(first);
  }
  const step = Math.max(1, Math.ceil(firsts.length / Math.max(1, most)));
  return firsts.filter((_, at) => at % step === 0);
}

/** A line in a sentence, for whoever does not see it. */
export function lineInWords(points: readonly Point[], show: (value: number) => string): string {
  const known = points.filter((point): point is Dot => point.value !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return 'No day of it has a number.';
  const values = known.map(({ value }) => value);
  const days = known.length === 1 ? '1 day has' : `${known.length} days have`;
  const unknown = points.length - known.length;
  const rest = unknown === 0 ? '' : ` Of ${unknown} it is not known.`;
  return `${days} a number, from ${first.day}, ${show(first.value)}, to ${last.day}, ${show(last.value)}. The lowest is ${show(Math.min(...values))}, the highest ${show(Math.max(...values))}.${rest}`;
}
