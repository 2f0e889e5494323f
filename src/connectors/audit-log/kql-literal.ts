/**
 * KQL literals for values that come from outside. The Log Analytics API takes no query parameters
 * (github.com/Azure/azure-sdk-for-net/issues/28092), so a value is encoded such that nothing in it can end the literal:
 * every UTF-16 unit but letters, digits and a few harmless marks is written as `\uXXXX`.
 */
export function kqlString(text: string): string {
  return `"${escaped(text)}"`;
}

/** The same, obfuscated: the service keeps the value out of its own query log. For personal data. */
export function kqlPersonalString(text: string): string {
  return `h"${escaped(text)}"`;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A list of GUIDs as a dynamic array. Throws on anything else: ids are validated where they enter. */
export function kqlGuids(guids: readonly string[]): string {
  return `dynamic([${guids.map(kqlGuid).join(',')}])`;
}

export function kqlGuid(guid: string): string {
  if (!GUID.test(guid)) throw new TypeError('an object id that is not a GUID cannot be queried for');
  return kqlString(guid.toLowerCase());
}

/** An instant, to the millisecond. */
export function kqlDatetime(instant: Date): string {
  return `datetime(${instant.toISOString()})`;
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9 @._/-]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
