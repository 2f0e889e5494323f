/** The first of these that is a plain name, as codes of errors are; a vendor's other texts may hold anything and are not repeated. */
export function plainName(...candidates: readonly unknown[]): string | undefined {
  return candidates.find((value): value is string => typeof value === 'string' && /^\w{1,60}$/.test(value));
}
