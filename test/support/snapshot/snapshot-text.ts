import { Document, isPair, isScalar, visit } from 'yaml';

const SHORT = 160;

/**
 * A value as the snapshot keeps it: YAML, whose lines make a diff that can be read; the same bytes for the same value.
 * What is short and has nothing inside stands on one line.
 */
export function snapshotText(value: unknown): string {
  const document = new Document(JSON.parse(JSON.stringify(value)), { aliasDuplicateObjects: false });
  visit(document, {
    Collection: (_, node) => {
      const values = node.items.map((item: unknown) => (isPair(item) ? item.value : item));
      node.flow =
        JSON.stringify(node).length <= SHORT &&
        values.every((each) => isScalar(each) && !String(each.value).includes('\n'));
    },
  });
  return document.toString({ lineWidth: 0, blockQuote: 'literal', flowCollectionPadding: false });
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
