/** A number as it was measured. */
export interface Said {
  readonly state: string;
  readonly value?: number | undefined;
}

/** A number in its unit; what is unknown is a word, and never 0. A share is never rounded up, and a time never down, but for the least that it can be. */
export function saidOf(unit: string, measured: Said | undefined): string {
  if (measured === undefined) return 'not measured';
  const { state, value } = measured;
  if (state === 'not-applicable') return 'does not apply';
  if (value === undefined || state === 'unknown') return 'unknown';
  return state === 'at-least' ? `at least ${figureOf(unit, value, true)}` : figureOf(unit, value);
}

function figureOf(unit: string, value: number, isLeast = false): string {
  if (unit === 'share') return `${Math.floor(Number((value * 100_000).toPrecision(12))) / 1_000} %`;
  return unit === 'minutes' ? `${isLeast ? Math.floor(value) : Math.ceil(value)} min` : String(value);
}
