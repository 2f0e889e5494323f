import { compile } from './expressions.ts';
import type { Column, Schema } from './schema.ts';
import type { Scope } from './scope.ts';
import { bind, type Diagnostic } from './syntax/bind.ts';
import type { SyntaxNode } from './syntax/plain-syntax.ts';
import { isTabular, items, kindOf, nameOf, need, notImplemented } from './syntax/syntax.ts';
import { runTabular } from './tabular.ts';
import type { Row } from './values/values.ts';

export type Evaluated =
  | { readonly ok: true; readonly columns: readonly Column[]; readonly rows: readonly Row[] }
  | { readonly ok: false; readonly errors: readonly Diagnostic[] };

/**
 * Runs a KQL query over rows: parsed and bound by Microsoft's own library, carried out here. What it cannot carry
 * out it refuses with `NotImplemented`; it never guesses.
 */
export function evaluate(
  query: string,
  schema: Schema,
  tables: Readonly<Record<string, readonly Row[]>>,
  now: Date,
): Evaluated {
  const bound = bind(query, schema);
  if (!bound.ok) return bound;
  const scope: Scope = { now, tables, scalars: new Map(), views: new Map(), frame: { rows: [], index: -1 } };
  let rows: readonly Row[] = [];
  for (const statement of items(bound.syntax, 'Statements')) {
    if (kindOf(statement) === 'LetStatement') define(statement, scope);
    else if (kindOf(statement) === 'ExpressionStatement') rows = runTabular(need(statement, 'Expression'), scope);
    else throw notImplemented(statement);
  }
  return { ok: true, columns: bound.columns, rows };
}

function define(statement: SyntaxNode, scope: Scope): void {
  const name = nameOf(need(statement, 'Name'));
  const expression = need(statement, 'Expression');
  if (isTabular(expression)) scope.views.set(name, runTabular(expression, scope));
  else scope.scalars.set(name, compile(expression, scope)({}));
}
