import { createRequire } from 'node:module';

/** The parts of nodes that the evaluator looks at. */
export const PARTS = [
  'Aggregates',
  'ArgumentList',
  'ByClause',
  'ByExpression',
  'Condition',
  'ConditionClause',
  'Expression',
  'Expressions',
  'First',
  'From',
  'Left',
  'Name',
  'Operator',
  'Ordering',
  'Parameters',
  'Right',
  'RowLimitClause',
  'Second',
  'Selector',
  'Statements',
  'Step',
  'To',
  'ToTypeOf',
] as const;
export type PartName = (typeof PARTS)[number];

/** A node of the official parser's tree; which of its parts there are depends on its kind. `plain-syntax.ts` reads them. */
export type KustoNode = {
  readonly Kind: number;
  readonly SimpleName?: unknown;
  readonly LiteralValue?: unknown;
  readonly ResultType?: KustoType | null;
  /** Of an item in a comma-separated list. */
  readonly Element?: KustoNode;
  toString(): string;
} & { readonly [Name in PartName]?: KustoNode | KustoList<KustoNode> | null };

interface KustoType {
  readonly Columns?: KustoList<{ readonly Name: string; readonly Type: { readonly Name: string } }>;
}

/** The lists of the transpiled library. */
interface KustoList<T> {
  readonly Count: number;
  getItem(index: number): T;
}

interface KustoCode {
  readonly Syntax: KustoNode;
  readonly ResultType: KustoType | null;
  GetDiagnostics(): KustoList<{
    readonly Severity: string;
    readonly Code: string;
    readonly Message: string;
    readonly Start: number;
    readonly Length: number;
  }>;
}

/** The few parts of `@kusto/language-service-next` that are used; the package's own typing is a global namespace. */
interface KustoLibrary {
  readonly GlobalState: { readonly Default: Globals };
  readonly KustoCode: { ParseAndAnalyze(query: string, globals: Globals): KustoCode };
  readonly Symbols: {
    readonly DatabaseSymbol: { readonly ctor: new (name: string, members: readonly unknown[]) => object };
    readonly TableSymbol: { readonly $ctor7: new (name: string, schema: string, description: null) => object };
  };
  readonly Syntax: { readonly SyntaxKind: object };
}

export interface Globals {
  WithDatabase(database: object): Globals;
}

interface Loaded {
  readonly kusto: KustoLibrary;
  /** `Equal` → `EqualExpression`: the library's own name of a node's kind. */
  kindName(kind: number): string;
}

let loaded: Loaded | undefined;

/** Loads the parser at its first use: it costs 200 ms and 50 MB, which a tenant without queries need not pay. */
export function kustoLibrary(): Loaded {
  if (loaded !== undefined) return loaded;
  const require = createRequire(import.meta.url);
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const globals = globalThis as unknown as {
    readonly Kusto: { readonly Language: KustoLibrary };
    readonly System: { readonly Enum: { toString(type: object, value: number): string } };
  };
  const kusto = globals.Kusto.Language;
  // The library looks through all names at every question.
  const names = new Map<number, string>();
  const kindName = (kind: number): string => {
    const known = names.get(kind) ?? globals.System.Enum.toString(kusto.Syntax.SyntaxKind, kind);
    names.set(kind, known);
    return known;
  };
  loaded = { kusto, kindName };
  return loaded;
}

export function listOf<T>(list: KustoList<T> | readonly T[] | null | undefined): T[] {
  if (list === null || list === undefined) return [];
  if ('getItem' in list) return Array.from({ length: list.Count }, (_, index) => list.getItem(index));
  return [...list];
}
