/** Direction marks, overrides and isolates: they can make one name read as another. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Characters that are invisible: two different names can look the same. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;

/**
 * Text from elsewhere on one line, with what would deceive the eye spelled out (`[U+202E]`) instead of obeyed:
 * the reader of a name must see the attempt.
 */
export function plainLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(DIRECTION, spelledOut)
    .replace(INVISIBLE, spelledOut)
    .trim();
}

/**
 * The same with its first characters only, where it is longer than this. They are counted once everything is spelled out,
 * which makes a line longer; and none is cut in half, because half a character is no text that GitHub or Teams take.
 */
export function shortLine(text: string, longest: number): string {
  const line = plainLine(text);
  return line.length > longest ? `${firstOf(line, longest)}…` : line;
}

/** As many whole characters as these UTF-16 units hold. */
export function firstOf(text: string, units: number): string {
  const first = text.slice(0, units);
  return first.isWellFormed() ? first : first.slice(0, -1);
}

function spelledOut(mark: string): string {
  return `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`;
}
