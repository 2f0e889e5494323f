import { pointerTo } from './json-pointer.ts';

/** What a text of a request must not hold. */
export const NOT_TEXT = 'holds U+0000, or one half of a surrogate pair without the other: that is no text';

/** Faults that one answer names. */
const MOST_NAMED = 10;

interface Place {
  readonly value: unknown;
  readonly name?: string;
  readonly parent?: Place;
}

/**
 * Pointers to the texts of a JSON value that are none, though JSON may write them (RFC 8259, 8.2): they cannot be
 * percent-encoded, so no vendor can be asked for them, and not every store keeps them. Without recursion, and without a
 * path for each place: a body may be as deep as it is long.
 */
export function notText(value: unknown): readonly string[] {
  const found: string[] = [];
  const left: Place[] = [{ value }];
  for (let place = left.pop(); place !== undefined && found.length < MOST_NAMED; place = left.pop()) {
    const { value } = place;
    if (typeof value === 'string') {
      if (value.includes('\0') || !value.isWellFormed()) found.push(pointerOf(place));
    } else if (typeof value === 'object' && value !== null) {
      const inside = Object.entries(value).map(([name, each]) => ({ value: each, name, parent: place }));
      // Taken from the end, so that faults come in the order of the body.
      for (const each of inside.reverse()) left.push(each);
    }
  }
  return found;
}

function pointerOf(place: Place): string {
  const path: string[] = [];
  for (let at: Place | undefined = place; at?.name !== undefined; at = at.parent) path.push(at.name);
  return pointerTo(path.reverse());
}
