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
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(DIRECTION, spelledOut)
    .replace(INVISIBLE, spelledOut)
    .trim();
}

function spelledOut(mark: string): string {
  return `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`;
}
