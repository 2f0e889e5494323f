const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

/** C# that does not end, or not as the app knows it. */
export class CSharpFault extends Error {}

/** The place behind the bracket that closes the one at `open`, by C#’s rules: what is in literals and comments closes nothing. */
export function endOfBrackets(source: string, open: number): number {
  const expected: string[] = [];
  let at = open;
  while (at < source.length) {
    const literal = endOfLiteral(source, at);
    if (literal > at) {
      at = literal;
      continue;
    }
    const character = source.charAt(at);
    const closing = CLOSING[character];
    if (closing !== undefined) expected.push(closing);
    else if (character === ')' || character === '}' || character === ']') {
      if (expected.pop() !== character) throw new CSharpFault(`an unexpected ${character} in an expression`);
      if (expected.length === 0) return at + 1;
    }
    at += 1;
  }
  throw new CSharpFault('an expression that is not closed');
}

/** The code without comments and white space, its literals as they are: what says the same is the same text. */
export function compact(code: string): string {
  let text = '';
  let at = 0;
  while (at < code.length) {
    const end = endOfLiteral(code, at);
    if (end > at) {
      const literal = code.slice(at, end);
      if (!/^\/[/*]/.test(literal)) text += literal;
      at = end;
      continue;
    }
    const character = code.charAt(at);
    // Between two words white space is a word’s end: `out oid`.
    if (!/\s/.test(character)) text += character;
    else if (/\w$/.test(text) && /^\s+\w/.test(code.slice(at, at + 200))) text += ' ';
    at += 1;
  }
  return text;
}

/** The end of the string, character or comment that begins at `at`; `at` itself where none does. */
function endOfLiteral(source: string, at: number): number {
  const two = source.slice(at, at + 2);
  if (two === '//') return endOr(source.indexOf('\n', at), source.length);
  if (two === '/*') {
    const end = source.indexOf('*/', at + 2);
    if (end === -1) throw new CSharpFault('a comment that is not closed');
    return end + 2;
  }
  if (two === '@"') return endOfVerbatim(source, at);
  if (two === '$"') return endOfInterpolated(source, at);
  if (source.startsWith('$@"', at) || source.startsWith('@$"', at)) {
    throw new CSharpFault('a verbatim string with holes');
  }
  return source[at] === '"' || source[at] === "'" ? endOfString(source, at) : at;
}

function endOfString(source: string, open: number): number {
  const quote = source[open];
  for (let at = open + 1; at < source.length && source[at] !== '\n'; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === quote) return at + 1;
  }
  throw new CSharpFault('a text that is not closed');
}

/** In a verbatim string only a doubled quote does not end it. */
function endOfVerbatim(source: string, open: number): number {
  let at = source.indexOf('"', open + 2);
  while (at !== -1 && source[at + 1] === '"') at = source.indexOf('"', at + 2);
  if (at === -1) throw new CSharpFault('a text that is not closed');
  return at + 1;
}

/** What stands in a hole is code, with quotes of its own. */
function endOfInterpolated(source: string, open: number): number {
  let at = open + 2;
  while (at < source.length && source[at] !== '\n') {
    const two = source.slice(at, at + 2);
    if (two === '{{' || source[at] === '\\') at += 2;
    else if (source[at] === '{') at = endOfBrackets(source, at);
    else if (source[at] === '"') return at + 1;
    else at += 1;
  }
  throw new CSharpFault('a text that is not closed');
}

function endOr(index: number, otherwise: number): number {
  return index === -1 ? otherwise : index;
}
