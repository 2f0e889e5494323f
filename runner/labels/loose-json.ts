export type Json = Readonly<Record<string, unknown>>;

/** JSON as editors write it: with a byte order mark, comments and commas too many. Undefined where it is none, or cut. */
export function looseJson(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  return parsed(plain) ?? parsed(withoutComments(plain));
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is an object, or an empty one. */
export function member(value: unknown, name: string): Json {
  const inner = isJson(value) ? value[name] : undefined;
  return isJson(inner) ? inner : {};
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Each character is looked at once, whatever is left open. */
function withoutComments(text: string): string {
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const two = text.slice(at, at + 2);
    const end =
      two === '//' ? text.indexOf('\n', at) : two === '/*' ? text.indexOf('*/', at + 2) + 2 : endOfToken(text, at);
    if (end < at + 1) break;
    if (two !== '//' && two !== '/*') plain += text.slice(at, end);
    at = end;
  }
  return plain.replace(/,(\s*[}\]])/g, '$1');
}

function endOfToken(text: string, from: number): number {
  if (text.charAt(from) !== '"') return from + 1;
  let at = from + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}
