import type { Schemas } from '../../api.ts';

export type Metric = Schemas['PostureMetric'];
export type Measured = NonNullable<Metric['latest']>;

const NUMBERS = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** A share in percent, never rounded up: 99.999 is not all. */
function percent(share: number): string {
  // What is computed with 2⁻ⁿ falls short of 99.9 by nothing that anybody means.
  return `${Math.floor(share * 10_000 + 1e-9) / 100} %`;
}

/** A value with its unit. A time is rounded up, and down where it is the least that it can be. */
export function amountOf(value: number, unit: string, isLeast = false): string {
  if (unit === 'share') return percent(value);
  if (unit === 'minutes') return lasting(value, isLeast ? Math.floor : Math.ceil);
  return `${NUMBERS.format(value)} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
}

/** The same on an axis, where the unit is said already. */
export function tickOf(value: number, unit: string): string {
  return unit === 'share' ? percent(value) : NUMBERS.format(value);
}

function lasting(minutes: number, round: (value: number) => number): string {
  const inTenths = (value: number) => NUMBERS.format(round(value * 10) / 10);
  if (minutes < 120) return `${inTenths(minutes)} ${minutes === 1 ? 'minute' : 'minutes'}`;
  const hours = minutes / 60;
  return hours < 48 ? `${inTenths(hours)} hours` : `${inTenths(hours / 24)} days`;
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
  return name.includes('share') ? percent(value) : NUMBERS.format(value);
}
