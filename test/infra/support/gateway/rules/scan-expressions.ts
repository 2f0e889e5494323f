import { PolicyError } from './policy-fault.ts';

/** A policy expression: `@(…)` holds one C# expression, `@{…}` statements. */
export interface Expression {
  readonly form: 'single' | 'block';
  readonly code: string;
  /** Of the character after the opening bracket. */
  readonly line: number;
}

export interface ScannedPolicy {
  /** The text with a placeholder for each expression and as many line breaks as before: what is left is XML. */
  readonly xml: string;
  readonly expressions: readonly Expression[];
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

export const PLACEHOLDER = /__expression_(\d+)__/;

/**
 * Takes the C# out of a policy. API Management reads expressions raw (format `rawxml`), with quotes and angle brackets
 * that no XML parser accepts, so that they must be found first: by C#'s rules, not XML's.
 */
export function scanExpressions(file: string, source: string): ScannedPolicy {
  const expressions: Expression[] = [];
  let xml = '';
  let at = 0;
  while (at < source.length) {
    if (source.startsWith('<!--', at)) {
      const end = source.indexOf('-->', at);
      const stop = end === -1 ? source.length : end + 3;
      xml += source.slice(at, stop);
      at = stop;
      continue;
    }
    if (!beginsExpression(source, at)) {
      xml += source[at];
      at += 1;
      continue;
    }
    const end = endOfBrackets(file, source, at + 1);
    const code = source.slice(at + 2, end - 1);
    xml += `__expression_${expressions.length}__${'\n'.repeat(code.split('\n').length - 1)}`;
    expressions.push({ form: source[at + 1] === '(' ? 'single' : 'block', code, line: lineAt(source, at + 2) });
    at = end;
  }
  return { xml, expressions };
}

/** The code with every string, character and comment blanked, at the same places: what is left is C#'s own words. */
export function withoutLiterals(code: string): string {
  let bare = '';
  let at = 0;
  while (at < code.length) {
    const end = endOfLiteral('', code, at);
    if (end === at) {
      bare += code[at];
      at += 1;
    } else {
      bare += code.slice(at, end).replaceAll(/[^\n]/g, ' ');
      at = end;
    }
  }
  return bare;
}

/** An expression is a whole attribute value or a whole text: a quote, an angle bracket or white space stands before. */
function beginsExpression(source: string, at: number): boolean {
  if (source[at] !== '@' || (source[at + 1] !== '(' && source[at + 1] !== '{')) return false;
  return at === 0 || /["'>\s]/.test(source[at - 1] ?? '');
}

/** The place behind the bracket that closes the one at `open`. */
function endOfBrackets(file: string, source: string, open: number): number {
  const expected: string[] = [];
  let at = open;
  while (at < source.length) {
    const literal = endOfLiteral(file, source, at);
    if (literal > at) {
      at = literal;
      continue;
    }
    const character = source[at] ?? '';
    const closing = CLOSING[character];
    if (closing !== undefined) expected.push(closing);
    else if (character === ')' || character === '}' || character === ']') {
      if (expected.pop() !== character) throw fault(file, source, at, `unexpected ${character} in an expression`);
      if (expected.length === 0) return at + 1;
    }
    at += 1;
  }
  throw fault(file, source, open, `the expression that begins here is not closed: ${expected.at(-1)} is missing`);
}

/** The end of the string, character or comment that begins at `at`; `at` itself where none does. */
function endOfLiteral(file: string, source: string, at: number): number {
  const two = source.slice(at, at + 2);
  if (two === '//') return endOr(source.indexOf('\n', at), source.length);
  if (two === '/*') {
    const end = source.indexOf('*/', at + 2);
    if (end === -1) throw fault(file, source, at, 'a comment is not closed');
    return end + 2;
  }
  if (two === '@"') return endOfVerbatim(file, source, at);
  if (two === '$"' || source.startsWith('$@"', at)) {
    throw fault(file, source, at, 'interpolated strings are not understood here: join strings with +');
  }
  return source[at] === '"' || source[at] === "'" ? endOfString(file, source, at) : at;
}

function endOfString(file: string, source: string, open: number): number {
  const quote = source[open];
  for (let at = open + 1; at < source.length && source[at] !== '\n'; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === quote) return at + 1;
  }
  throw fault(file, source, open, 'a string or character is not closed');
}

/** In a verbatim string only a doubled quote does not end it. */
function endOfVerbatim(file: string, source: string, open: number): number {
  let at = source.indexOf('"', open + 2);
  while (at !== -1 && source[at + 1] === '"') at = source.indexOf('"', at + 2);
  if (at === -1) throw fault(file, source, open, 'a verbatim string is not closed');
  return at + 1;
}

function endOr(index: number, otherwise: number): number {
  return index === -1 ? otherwise : index;
}

function lineAt(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}

function fault(file: string, source: string, at: number, message: string): PolicyError {
  return new PolicyError([{ file, line: lineAt(source, at), message }]);
}
