/** The time that a query's `timespan` allows, in milliseconds since the epoch. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** `P90D`, `start/end`, `start/duration` or `duration/end` (ISO 8601); undefined where the text is none of them. */
export function parseTimespan(text: string, now: Date): Interval | undefined {
  const [first = '', second, ...more] = text.split('/');
  if (more.length > 0) return undefined;
  const before = durationMs(first);
  if (second === undefined)
    return before === undefined ? undefined : { from: now.getTime() - before, to: now.getTime() };
  const after = durationMs(second);
  const start = Date.parse(first);
  const end = Date.parse(second);
  if (before !== undefined) return Number.isNaN(end) ? undefined : { from: end - before, to: end };
  if (Number.isNaN(start)) return undefined;
  if (after !== undefined) return { from: start, to: start + after };
  return Number.isNaN(end) ? undefined : { from: start, to: end };
}

function durationMs(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null || text === 'P' || text.endsWith('T')) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}
