import { createHash } from 'node:crypto';
import { order } from '../operators.ts';
import { NotImplemented } from '../syntax/syntax.ts';
import { bin } from './bin.ts';
import { formatDatetime } from './format-datetime.ts';
import { utcToLocal } from './time-zone.ts';
import { isDate, isNull, numberOf, textOf, timespan, type Value } from './values.ts';

type Scalar = (...args: readonly Value[]) => Value;

const DAY = 86_400_000;

/** Scalar functions over values. `ago` and `now` need the query's clock and are in `expressions.ts`. */
export const FUNCTIONS: Readonly<Record<string, Scalar>> = {
  array_length: (value) => (Array.isArray(value) ? value.length : null),
  bin: (value = null, size = null) => bin(value, size),
  case: (...args) => {
    for (let index = 0; index + 1 < args.length; index += 2) if (args[index] === true) return args[index + 1] ?? null;
    return args.at(-1) ?? null;
  },
  coalesce: (...args) => args.find((value) => !isNull(value) && value !== '') ?? args.at(-1) ?? null,
  datetime_part: (unit, date) => ofDate(date, (d) => datetimePart(textOf(unit ?? null), d)),
  datetime_utc_to_local: (date, zone) => ofDate(date, (d) => utcToLocal(d, textOf(zone ?? null))),
  dayofweek: (date) => ofDate(date, (d) => timespan(d.getUTCDay() * DAY)),
  extract: (pattern, group, source) =>
    regex(textOf(pattern ?? null)).exec(textOf(source ?? null))?.[numberOf(group ?? null) ?? 0] ?? '',
  format_datetime: (date, format) => (isDate(date) ? formatDatetime(date, textOf(format ?? null)) : ''),
  hash_sha256: (value) =>
    createHash('sha256')
      .update(textOf(value ?? null))
      .digest('hex'),
  hourofday: (date) => ofDate(date, (d) => d.getUTCHours()),
  iff: (condition, yes = null, no = null) => (condition === true ? yes : no),
  iif: (condition, yes = null, no = null) => (condition === true ? yes : no),
  isempty: (value = null) => isNull(value) || value === '',
  isnotempty: (value = null) => !isNull(value) && value !== '',
  isnotnull: (value = null) => !isNull(value),
  isnull: (value = null) => isNull(value),
  max_of: (...args) => extreme(args, 1),
  min_of: (...args) => extreme(args, -1),
  not: (value = null) => (typeof value === 'boolean' ? !value : null),
  replace_regex: (source, pattern, rewrite) => {
    // Groups are written `\1` there, which no query of ours does.
    const by = textOf(rewrite ?? null);
    return textOf(source ?? null).replaceAll(regex(textOf(pattern ?? null), 'g'), () => by);
  },
  replace_string: (source, lookup, rewrite) =>
    textOf(source ?? null).replaceAll(textOf(lookup ?? null), () => textOf(rewrite ?? null)),
  split: (source, delimiter) => textOf(source ?? null).split(textOf(delimiter ?? null)),
  startofday: (date) => ofDate(date, (d) => bin(d, timespan(DAY))),
  strcat: (...args) => args.map(textOf).join(''),
  strlen: (value) => [...textOf(value ?? null)].length,
  todatetime: (value) => dateOf(value ?? null),
  todouble: (value = null) => numberOf(value),
  toint: (value = null) => whole(value),
  tolong: (value = null) => whole(value),
  tolower: (value) => textOf(value ?? null).toLowerCase(),
  toreal: (value = null) => numberOf(value),
  tostring: (value) => textOf(value ?? null),
  toupper: (value) => textOf(value ?? null).toUpperCase(),
  trim: (pattern, source) => trimmed(source, `^(?:${textOf(pattern ?? null)})|(?:${textOf(pattern ?? null)})$`, 'g'),
  trim_end: (pattern, source) => trimmed(source, `(?:${textOf(pattern ?? null)})$`),
  trim_start: (pattern, source) => trimmed(source, `^(?:${textOf(pattern ?? null)})`),
};

function ofDate(value: Value | undefined, read: (date: Date) => Value): Value {
  return isDate(value) && !isNull(value) ? read(value) : null;
}

function dateOf(value: Value): Value {
  if (isDate(value) || isNull(value)) return value;
  const date = new Date(textOf(value));
  return Number.isNaN(date.getTime()) ? null : date;
}

function whole(value: Value): Value {
  const number = numberOf(value);
  return number === null ? null : Math.trunc(number);
}

function extreme(args: readonly Value[], sign: 1 | -1): Value {
  return args
    .filter((value) => !isNull(value))
    .reduce<Value>((best, value) => (isNull(best) || (order(value, best) ?? 0) * sign > 0 ? value : best), null);
}

function trimmed(source: Value | undefined, pattern: string, flags = ''): string {
  return textOf(source ?? null).replace(regex(pattern, flags), '');
}

/** The service's regular expressions are RE2's, which have neither look-around nor back references. */
function regex(pattern: string, flags = ''): RegExp {
  if (/\(\?<?[=!]|\\[1-9]/.test(pattern)) throw new NotImplemented(`the regular expression ${pattern}`);
  return new RegExp(pattern, flags);
}

function datetimePart(unit: string, date: Date): Value {
  switch (unit.toLowerCase()) {
    case 'year':
      return date.getUTCFullYear();
    case 'month':
      return date.getUTCMonth() + 1;
    case 'day':
      return date.getUTCDate();
    case 'hour':
      return date.getUTCHours();
    case 'minute':
      return date.getUTCMinutes();
    case 'second':
      return date.getUTCSeconds();
    default:
      throw new NotImplemented(`datetime_part of ${unit}`);
  }
}
