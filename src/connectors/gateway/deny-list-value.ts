/**
 * The text of a deny list in a named value: `,none,<oid>,<oid>,`. Delimited on both sides and in lower case, so that
 * the gateway's policy tests for the whole element `,<oid>,`; never empty, because a named value may not be.
 */
export const MAX_LENGTH = 4_096;
/** A placeholder that is no object id: the list may not be empty. */
const SENTINEL = 'none';

export function elementsOf(value: string): string[] {
  return value
    .toLowerCase()
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

export function isListed(value: string, oid: string): boolean {
  return elementsOf(value).includes(oid.toLowerCase());
}

/** The list with the oid in it, or undefined where it is full: API Management allows 4,096 characters. */
export function withOid(value: string, oid: string): string | undefined {
  const elements = elementsOf(value);
  const all = elements.includes(SENTINEL) ? elements : [SENTINEL, ...elements];
  const next = `,${[...new Set([...all, oid.toLowerCase()])].join(',')},`;
  return next.length > MAX_LENGTH ? undefined : next;
}

/** The list without these oids; as it is where it names none of them. */
export function withoutOids(value: string, oids: readonly string[]): string {
  const elements = elementsOf(value);
  const left = elements.filter((element) => !oids.includes(element));
  return left.length === elements.length ? value : `,${left.length === 0 ? SENTINEL : left.join(',')},`;
}
