import { NotImplemented } from '../syntax/syntax.ts';

const PATTERN = /yyyy|yy|MM|M|dd|d|HH|H|hh|h|mm|m|ss|s|fff|tt|[ /:,._[\]-]|./g;

/** `format_datetime`: the specifiers of the service's documentation; one that is not among them is refused. */
export function formatDatetime(date: Date, format: string): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const hour = date.getUTCHours();
  const values: Readonly<Record<string, string>> = {
    yyyy: String(date.getUTCFullYear()).padStart(4, '0'),
    yy: two(date.getUTCFullYear() % 100),
    MM: two(date.getUTCMonth() + 1),
    M: String(date.getUTCMonth() + 1),
    dd: two(date.getUTCDate()),
    d: String(date.getUTCDate()),
    HH: two(hour),
    H: String(hour),
    hh: two(hour % 12 || 12),
    h: String(hour % 12 || 12),
    mm: two(date.getUTCMinutes()),
    m: String(date.getUTCMinutes()),
    ss: two(date.getUTCSeconds()),
    s: String(date.getUTCSeconds()),
    fff: String(date.getUTCMilliseconds()).padStart(3, '0'),
    tt: hour < 12 ? 'AM' : 'PM',
  };
  return format.replace(PATTERN, (specifier) => {
    if (/^[ /:,._[\]-]$/.test(specifier)) return specifier;
    const value = values[specifier];
    if (value === undefined) throw new NotImplemented(`format_datetime with ${JSON.stringify(specifier)}`);
    return value;
  });
}
