import { comparable, isDate, isNull, isTimespan, timespan, type Value } from './values.ts';

/** Milliseconds from the first instant that KQL knows, 0001-01-01, to the Unix epoch: bins of time count from there. */
const FIRST_INSTANT = -62_135_596_800_000;

/** `bin(value, size)`: rounded down to a multiple of the size; null where the size is not positive. */
export function bin(value: Value, size: Value): Value {
  if (isNull(value) || isNull(size)) return null;
  const step = Number(comparable(size));
  const number = Number(comparable(value));
  if (!(step > 0) || Number.isNaN(number)) return null;
  if (isDate(value)) return new Date(Math.floor((number - FIRST_INSTANT) / step) * step + FIRST_INSTANT);
  const floor = Math.floor(number / step) * step;
  return isTimespan(value) ? timespan(floor) : floor;
}
