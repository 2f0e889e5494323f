import { types } from 'node:util';

/** A length of time, in milliseconds. */
export interface Timespan {
  readonly timespan: number;
}

/** A value of KQL. Strings are never null; the ticks below a millisecond are not kept. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Date
  | Timespan
  | readonly Value[]
  | { readonly [key: string]: Value };

export type Row = Readonly<Record<string, Value>>;

/**
 * The hidden column that `ingestion_time()` reads. Like the service, a row of a table may have none (null), and rows
 * that were aggregated have lost it.
 */
export const INGESTION_TIME = '$IngestionTime';

export function timespan(ms: number): Timespan {
  return { timespan: ms };
}

export function isTimespan(value: Value): value is Timespan {
  return typeof value === 'object' && value !== null && 'timespan' in value && typeof value.timespan === 'number';
}

/**
 * `instanceof` asks the constructor, which is slow where a test has put another in its place (test/calendar); and of a
 * log there are a million values to ask.
 */
export function isDate(value: Value | undefined): value is Date {
  return typeof value === 'object' && types.isDate(value);
}

/** The number by which two values of one type compare; strings compare by themselves. */
export function comparable(value: Value): number | string | null {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null) return null;
  if (isDate(value)) return value.getTime();
  return isTimespan(value) ? value.timespan : JSON.stringify(value);
}

/** Equal for values that group together. */
export function groupKey(value: Value): string {
  return `${typeof value}:${comparable(value)}`;
}

export function isNull(value: Value): value is null {
  return value === null || Number.isNaN(isDate(value) ? value.getTime() : value);
}

/** The value as a string: `tostring()`. Null is the empty string. */
export function textOf(value: Value): string {
  if (isNull(value)) return '';
  if (isDate(value)) return ticksOf(value);
  if (isTimespan(value)) return timespanText(value);
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

/** A value as the API writes it into JSON, by the column's type. */
export function wireValue(value: Value, type: string): unknown {
  if (type === 'string') return textOf(value);
  if (isNull(value)) return null;
  if (isDate(value)) return value.toISOString();
  if (isTimespan(value)) return timespanText(value);
  if (type === 'dynamic') return JSON.stringify(value);
  return value;
}

function ticksOf(date: Date): string {
  return date.toISOString().replace('Z', '0000Z');
}

/** `1.02:03:04.5000000`: days only where there are some, fractions only where there are some. */
function timespanText({ timespan: ms }: Timespan): string {
  const rest = Math.abs(ms);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const days = Math.floor(rest / 86_400_000);
  const clock = `${two((rest / 3_600_000) % 24)}:${two((rest / 60_000) % 60)}:${two((rest / 1_000) % 60)}`;
  const fraction = rest % 1_000 === 0 ? '' : `.${String(rest % 1_000).padStart(3, '0')}0000`;
  return `${ms < 0 ? '-' : ''}${days === 0 ? '' : `${days}.`}${clock}${fraction}`;
}

/** A scalar expression, compiled once and run for each row. */
export type Expression = (row: Row) => Value;
