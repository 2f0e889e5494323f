import type { Schemas } from '../../api.ts';

export type Metric = Schemas['PostureMetric'];
export type Measured = NonNullable<Metric['latest']>;

const NUMBERS = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** A share in percent, never rounded up: 99.999 is not all. */
function percent(share: number): string {
  // What is computed with 2⁻ⁿ falls short of 99.9 by nothing that anybody means.
  return `${Math.floor(share * 10_000 + 1e-9) / 100} %`;
}

/** A value with its unit. A time is whole minutes, as in the arithmetic beside it: rounded up, and down where it is the least. */
export function amountOf(value: number, unit: string, isLeast = false): string {
  if (unit === 'share') return percent(value);
  if (unit === 'minutes') return lasting(isLeast ? Math.floor(value) : Math.ceil(value));
  return `${NUMBERS.format(value)} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
}

/** The same on an axis, where the unit is said already. */
export function tickOf(value: number, unit: string): string {
  return unit === 'share' ? percent(value) : NUMBERS.format(value);
}

function lasting(minutes: number): string {
  const inMinutes = (many: number) => `${many} ${many === 1 ? 'minute' : 'minutes'}`;
  if (minutes < 120) return inMinutes(minutes);
  const rest = minutes % 60;
  const hours = `${(minutes - rest) / 60} hours`;
  return rest === 0 ? hours : `${hours} and ${inMinutes(rest)}`;
}

/** What is known of a number, in words before it. */
export function inWords({ state, value, unit }: Pick<Measured, 'state' | 'value' | 'unit'>): string {
  if (state === 'not-applicable') return 'Does not apply';
  if (state === 'unknown' || value === undefined) return 'Unknown';
  return state === 'at-least' ? `At least ${amountOf(value, unit, true)}` : amountOf(value, unit);
}

/** A term under its own name: `reaction_minutes_median` is “reaction minutes median”. */
export function termOf(name: string): string {
  return name.replaceAll('_', ' ');
}

export function termValue(name: string, value: number): string {
  if (name.includes('share')) return percent(value);
  return NUMBERS.format(name.includes('minutes') ? Math.ceil(value) : value);
}
