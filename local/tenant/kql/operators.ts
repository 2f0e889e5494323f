import { comparable, isDate, isNull, isTimespan, timespan, type Value } from './values/values.ts';

type Binary = (left: Value, right: Value) => Value;

/**
 * Operators of two operands by the parser's kind, without `Expression`. Comparisons with null are null, but
 * equality knows that null differs from any value (learn.microsoft.com/kusto/query/scalar-data-types/null-values).
 */
export const BINARY: Readonly<Record<string, Binary>> = {
  Equal: (a, b) => equality(a, b, (same) => same),
  NotEqual: (a, b) => equality(a, b, (same) => !same),
  LessThan: (a, b) => ordered(a, b, (order) => order < 0),
  LessThanOrEqual: (a, b) => ordered(a, b, (order) => order <= 0),
  GreaterThan: (a, b) => ordered(a, b, (order) => order > 0),
  GreaterThanOrEqual: (a, b) => ordered(a, b, (order) => order >= 0),
  EqualTilde: (a, b) => lower(a) === lower(b),
  BangTilde: (a, b) => lower(a) !== lower(b),
  StartsWith: (a, b) => lower(a).startsWith(lower(b)),
  NotStartsWith: (a, b) => !lower(a).startsWith(lower(b)),
  StartsWithCs: (a, b) => string(a).startsWith(string(b)),
  EndsWith: (a, b) => lower(a).endsWith(lower(b)),
  NotEndsWith: (a, b) => !lower(a).endsWith(lower(b)),
  EndsWithCs: (a, b) => string(a).endsWith(string(b)),
  Contains: (a, b) => lower(a).includes(lower(b)),
  NotContains: (a, b) => !lower(a).includes(lower(b)),
  ContainsCs: (a, b) => string(a).includes(string(b)),
  Has: (a, b) => hasTerm(lower(a), lower(b)),
  NotHas: (a, b) => !hasTerm(lower(a), lower(b)),
  HasCs: (a, b) => hasTerm(string(a), string(b)),
  Add: (a, b) => add(a, b),
  Subtract: (a, b) => arithmetic(a, b, (x, y) => x - y),
  Multiply: (a, b) => arithmetic(a, b, (x, y) => x * y),
};

export function add(left: Value, right: Value): Value {
  return arithmetic(left, right, (x, y) => x + y);
}

/** Three-valued: a null operand decides nothing. */
export function and(left: Value, right: Value): Value {
  if (left === false || right === false) return false;
  return isNull(left) || isNull(right) ? null : true;
}

export function or(left: Value, right: Value): Value {
  if (left === true || right === true) return true;
  return isNull(left) || isNull(right) ? null : false;
}

/** -1, 0 or 1; null where one of them is null. Strings compare by code unit. */
export function order(left: Value, right: Value): number | null {
  if (isNull(left) || isNull(right)) return null;
  const a = comparable(left);
  const b = comparable(right);
  if (a === null || b === null) return null;
  return a === b ? 0 : a < b ? -1 : 1;
}

function equality(left: Value, right: Value, decide: (same: boolean) => boolean): Value {
  if (isNull(left) && isNull(right)) return null;
  return decide(!isNull(left) && !isNull(right) && order(left, right) === 0);
}

function ordered(left: Value, right: Value, decide: (order: number) => boolean): Value {
  const found = order(left, right);
  return found === null ? null : decide(found);
}

function arithmetic(left: Value, right: Value, calculate: (a: number, b: number) => number): Value {
  if (isNull(left) || isNull(right)) return null;
  const result = calculate(Number(comparable(left)), Number(comparable(right)));
  const dates = [left, right].filter((value) => isDate(value)).length;
  if (dates === 1) return new Date(result);
  return dates === 2 || isTimespan(left) || isTimespan(right) ? timespan(result) : result;
}

function string(value: Value): string {
  return typeof value === 'string' ? value : '';
}

function lower(value: Value): string {
  return string(value).toLowerCase();
}

/** A term is a run of letters and digits; it matches whole. */
function hasTerm(text: string, term: string): boolean {
  const quoted = term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${quoted}(?![\\p{L}\\p{N}])`, 'u').test(text);
}
