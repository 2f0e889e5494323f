/** At most five round numbers from 0 to at least the largest. */
export function ticksOf(most: number): number[] {
  const raw = most / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, raw)));
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => each >= raw) ?? power);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, at) => at * step);
}
