/** Calls beyond the expected that make a difference worth a person's time; below it lies everyday variation. */
const NOTABLE_CALLS = 50;
const NOTABLE_HOURS_CALLS = 10;
const NOTABLE_HOURS_SHARE = 0.1;

/** Whether there are more than twice as many calls as expected, and enough more of them. */
export function isManyMore(calls: number, expected: number): boolean {
  return calls > 2 * expected && calls - expected >= NOTABLE_CALLS;
}

/** Whether calls moved outside of business hours: enough of them, and a larger share (0 to 1) than before. */
export function isOtherHours(late: number, share: number, shareBefore: number): boolean {
  return late >= NOTABLE_HOURS_CALLS && share > shareBefore + NOTABLE_HOURS_SHARE;
}

/** Calls outside of 07:00 to 20:00 on the business's clock. */
export function outsideHours(rows: readonly { readonly hour: number; readonly calls: number }[]): number {
  return rows.filter(({ hour }) => hour < 7 || hour >= 20).reduce((sum, { calls }) => sum + calls, 0);
}

/** A share from 0 to 1 in words: `30 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
