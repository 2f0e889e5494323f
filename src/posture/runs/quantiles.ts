/** The value below which a share of all values lies (nearest rank); undefined of none. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** What is told of times, in minutes; undefined of none. */
export function spreadOf(
  values: readonly number[],
): { readonly median: number; readonly p90: number; readonly worst: number } | undefined {
  const [median, p90, worst] = [0.5, 0.9, 1].map((share) => quantile(values, share));
  return median === undefined || p90 === undefined || worst === undefined ? undefined : { median, p90, worst };
}
