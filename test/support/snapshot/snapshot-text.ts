import { stringify } from 'yaml';

/** A value as the snapshot keeps it: YAML, whose lines make a diff that can be read; the same bytes for the same value. */
export function snapshotText(value: unknown): string {
  return stringify(JSON.parse(JSON.stringify(value)), {
    aliasDuplicateObjects: false,
    lineWidth: 0,
    blockQuote: 'literal',
  });
}

/** The same value with the keys of every object sorted. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  );
}
