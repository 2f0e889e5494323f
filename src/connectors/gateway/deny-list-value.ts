import { parseGuid } from '../../people/oid.ts';

/**
 * The text of a deny list in a named value: `,none,<oid>,<oid>,`. Delimited on both sides and in lower case, nothing
 * between an element and its commas: the gateway's policy tests for the whole element `,<oid>,`
 * (infra/policies/gateway/mcp-server.xml), so that an id with a blank before it refuses nobody. Never empty, because a
 * named value may not be.
 */
export const MAX_LENGTH = 4_096;
/** A placeholder that is no object id: the list may not be empty. */
const SENTINEL = 'none';
/** So many object ids have room in one named value, each with its comma. */
export const ROOM_OF_VALUE = Math.floor((MAX_LENGTH - `,${SENTINEL},`.length) / 37);
/** What people put between ids, or around them, when they write the list by hand. */
const BETWEEN = /[^\p{L}\p{N}._@-]+/u;
/** Hyphens of documents and chats: `‑`, `–` and their like. */
const HYPHENS = /[\u2010-\u2015\u2212]/g;
/**
 * API Management puts the text of a named value between the quotes of the policy's C#; with one of these the expression
 * is another one, or none: learn.microsoft.com/azure/api-management/api-management-howto-properties
 */
const ENDS_THE_STRING = /["\\&<\r\n\u0085\u2028\u2029]|\{\{|\}\}/;

/** Whom the list is meant to name, however somebody wrote it: each once, object ids as Entra writes them. */
export function elementsOf(value: string): string[] {
  const written = value.replace(HYPHENS, '-').toLowerCase().split(BETWEEN);
  return [...new Set(written.filter((element) => element !== '').map((element) => parseGuid(element) ?? element))];
}

/** Whom the gateway refuses by these named values: its policy's own test, of the values as they stand. */
export function refusedBy(values: readonly string[]): ReadonlySet<string> {
  if (values.some((value) => ENDS_THE_STRING.test(value))) return new Set();
  return new Set(values.flatMap((value) => value.toLowerCase().split(',')));
}

/** The list as the policy reads it, with everybody whom it is meant to name; and whom it then has no room for. */
export function inForm(value: string): { readonly value: string; readonly left: readonly string[] } {
  const elements = elementsOf(value);
  const text = textOf(elements);
  if (text.length <= MAX_LENGTH) return { value: text, left: [] };
  const refused = refusedBy([value]);
  const kept: string[] = [];
  const left: string[] = [];
  for (const element of elements.toSorted((a, b) => Number(refused.has(b)) - Number(refused.has(a))))
    (textOf([...kept, element]).length > MAX_LENGTH ? left : kept).push(element);
  return { value: textOf(kept), left };
}

/** The list with the oid in it, or undefined where it is full: API Management allows 4,096 characters. */
export function withOid(value: string, oid: string): string | undefined {
  const elements = elementsOf(value);
  const all = elements.includes(SENTINEL) ? elements : [SENTINEL, ...elements];
  const next = textOf([...new Set([...all, oid.toLowerCase()])]);
  return next.length > MAX_LENGTH ? undefined : next;
}

/** The list without these oids. */
export function withoutOids(value: string, oids: readonly string[]): string {
  return textOf(elementsOf(value).filter((element) => !oids.includes(element)));
}

function textOf(elements: readonly string[]): string {
  return `,${elements.length === 0 ? SENTINEL : elements.join(',')},`;
}
