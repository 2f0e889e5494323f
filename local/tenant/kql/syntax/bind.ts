import type { Column, Schema } from '../schema.ts';
import { liftLiterals } from '../values/lifted-literals.ts';
import { type Globals, kustoLibrary, listOf } from './kusto-library.ts';
import { plainColumns, plainSyntax, type SyntaxNode } from './plain-syntax.ts';
import { rememberedQuery } from './remembered-queries.ts';

/** A fault that the official parser or binder finds in a query. */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  /** The text it is about. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export type Bound =
  | { readonly ok: true; readonly syntax: SyntaxNode; readonly columns: readonly Column[] }
  | { readonly ok: false; readonly errors: readonly Diagnostic[] };

const globalsBySchema = new WeakMap<Schema, Globals>();
const boundBySchema = new WeakMap<Schema, Map<string, string>>();
const MOST_REMEMBERED = 50;

/**
 * Parses a query and binds its names and types to a schema, as the service does before it runs one. The last few are
 * remembered, whomever and whichever days they ask about: binding takes fifty milliseconds, and tests and alert rules
 * ask the same again.
 */
export function bind(query: string, schema: Schema): Bound {
  const lifted = liftLiterals(query);
  const bound = JSON.parse(lifted.restore(rememberedText(lifted.query, schema))) as Bound;
  // What is wrong is told at its place in the query as it was asked.
  return bound.ok ? bound : rememberedQuery(query, schema, () => bindAnew(query, schema));
}

function rememberedText(query: string, schema: Schema): string {
  const remembered = boundBySchema.get(schema) ?? new Map<string, string>();
  boundBySchema.set(schema, remembered);
  const known = remembered.get(query);
  if (known !== undefined) return known;
  const bound = JSON.stringify(rememberedQuery(query, schema, () => bindAnew(query, schema)));
  remembered.set(query, bound);
  const [oldest] = remembered.keys();
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  return bound;
}

function bindAnew(query: string, schema: Schema): Bound {
  const code = kustoLibrary().kusto.KustoCode.ParseAndAnalyze(query, globalsOf(schema));
  const errors = listOf(code.GetDiagnostics()).filter(({ Severity }) => Severity === 'Error');
  if (errors.length > 0) {
    return {
      ok: false,
      errors: errors.map(({ Code, Message, Start, Length }) => {
        const before = query.slice(0, Start).split('\n');
        return {
          code: Code,
          message: Message,
          text: query.slice(Start, Start + Length),
          line: before.length,
          column: (before.at(-1)?.length ?? 0) + 1,
        };
      }),
    };
  }
  return { ok: true, syntax: plainSyntax(code.Syntax), columns: plainColumns(code.ResultType?.Columns) };
}

function globalsOf(schema: Schema): Globals {
  const known = globalsBySchema.get(schema);
  if (known !== undefined) return known;
  const { kusto } = kustoLibrary();
  const tables = Object.entries(schema).map(([table, columns]) => {
    const text = columns.map(({ name, type }) => `${name}: ${type}`).join(', ');
    return new kusto.Symbols.TableSymbol.$ctor7(table, `(${text})`, null);
  });
  const globals = kusto.GlobalState.Default.WithDatabase(new kusto.Symbols.DatabaseSymbol.ctor('workspace', tables));
  globalsBySchema.set(schema, globals);
  return globals;
}
