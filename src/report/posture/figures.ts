import { lasting } from '../../cases/words/wording.ts';
import type { Measured } from '../../posture/metric.ts';

/** A value in its unit. A share is never rounded up, a time never down. */
export function figureOf(unit: string, value: number): string {
  if (unit === 'share') return `${Math.floor(Number((value * 100_000).toPrecision(12))) / 1_000} %`;
  if (unit === 'minutes') return lasting(Math.ceil(value));
  return String(value);
}

/** A number as it was measured: unknown is a word, and never 0. */
export function saidOf({ state, value, unit }: Pick<Measured, 'state' | 'unit'> & { readonly value?: number }): string {
  if (state === 'not-applicable') return 'does not apply';
  if (value === undefined || state === 'unknown') return 'unknown';
  return state === 'at-least' ? `at least ${figureOf(unit, value)}` : figureOf(unit, value);
}
