import { lasting } from '../../cases/words/wording.ts';
import type { Measured } from '../../posture/metric.ts';

/** A value in its unit. A share is never rounded up, and a time never down, but for the least that it can be. */
export function figureOf(unit: string, value: number, isLeast = false): string {
  if (unit === 'share') return `${Math.floor(Number((value * 100_000).toPrecision(12))) / 1_000} %`;
  if (unit === 'minutes') return lasting(isLeast ? Math.floor(value) : Math.ceil(value));
  return String(value);
}

/** A term of a number. Minutes are rounded as the number is, so that one time is told in one way. */
export function termOf(name: string, value: number): string {
  return `${name.replaceAll('_', ' ')}: ${name.includes('minutes') ? Math.ceil(value) : Math.round(value * 100) / 100}`;
}

/** A number as it was measured: unknown is a word, and never 0. */
export function saidOf({ state, value, unit }: Pick<Measured, 'state' | 'unit'> & { readonly value?: number }): string {
  if (state === 'not-applicable') return 'does not apply';
  if (value === undefined || state === 'unknown') return 'unknown';
  return state === 'at-least' ? `at least ${figureOf(unit, value, true)}` : figureOf(unit, value);
}
