import { UnsupportedPolicy } from '../errors.ts';

/** A template expression: what stands between the brackets of `[concat('a', field('name'))]`. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string };

interface Cursor {
  readonly text: string;
  position: number;
}

/**
 * Parses a string of a policy rule. Answers undefined for plain text; `[[` escapes a bracket, which is plain text too.
 * Grammar: learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions
 */
export function parseTemplate(text: string): Expression | undefined {
  if (!text.startsWith('[') || text.startsWith('[[')) return undefined;
  if (!text.endsWith(']')) throw new UnsupportedPolicy('template expression is not closed', text);
  const cursor: Cursor = { text: text.slice(1, -1), position: 0 };
  const expression = parseExpression(cursor);
  if (take(cursor, /\s*/y) === undefined || cursor.position !== cursor.text.length) throw unexpected(cursor);
  return expression;
}

/** Plain text as Azure reads it: a doubled opening bracket stands for one. */
export function unescapeText(text: string): string {
  return text.startsWith('[[') ? text.slice(1) : text;
}

function parseExpression(cursor: Cursor): Expression {
  let expression = parsePrimary(cursor);
  while (take(cursor, /\s*\./y) !== undefined) {
    const name = take(cursor, /[A-Za-z_]\w*/y);
    if (name === undefined) throw unexpected(cursor);
    expression = { kind: 'member', of: expression, name };
  }
  return expression;
}

function parsePrimary(cursor: Cursor): Expression {
  take(cursor, /\s*/y);
  const text = take(cursor, /'(?:[^']|'')*'/y);
  if (text !== undefined) return { kind: 'literal', value: text.slice(1, -1).replaceAll("''", "'") };
  const number = take(cursor, /-?\d+/y);
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  const name = take(cursor, /[A-Za-z_]\w*/y);
  if (name === undefined || take(cursor, /\s*\(/y) === undefined) throw unexpected(cursor);
  return { kind: 'call', name, arguments: parseArguments(cursor) };
}

function parseArguments(cursor: Cursor): readonly Expression[] {
  if (take(cursor, /\s*\)/y) !== undefined) return [];
  const list: Expression[] = [];
  do list.push(parseExpression(cursor));
  while (take(cursor, /\s*,/y) !== undefined);
  if (take(cursor, /\s*\)/y) === undefined) throw unexpected(cursor);
  return list;
}

function take(cursor: Cursor, token: RegExp): string | undefined {
  token.lastIndex = cursor.position;
  const found = token.exec(cursor.text)?.[0];
  cursor.position += found?.length ?? 0;
  return found;
}

function unexpected({ text, position }: Cursor): UnsupportedPolicy {
  return new UnsupportedPolicy(`template expression is not understood at character ${position + 1}`, `[${text}]`);
}
