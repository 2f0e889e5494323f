import type { Column, ColumnType } from '../schema.ts';
import { type KustoNode, kustoLibrary, listOf, PARTS, type PartName } from './kusto-library.ts';

/** A node of the official parser's tree with what the official binder says of it, as plain data that can be kept. */
export interface SyntaxNode {
  /** The library's own name, e.g. `EqualExpression`. */
  readonly kind: string;
  /** As it stands in the query, without what surrounds it; whole where it is a literal, else its beginning. */
  readonly text: string;
  /** The plain name of a declaration, reference or function. */
  readonly name?: string;
  /** What a literal means, as the parser decodes it; strings and dynamic only. */
  readonly literal?: string;
  /** Columns of what it yields, where that is a table. */
  readonly columns?: readonly Column[];
  readonly parts: { readonly [Name in PartName]?: SyntaxNode | readonly SyntaxNode[] };
}

/** More of a node that is no literal is looked at by nobody. */
const BEGINNING = 200;

export function plainSyntax(node: KustoNode): SyntaxNode {
  const kind = kustoLibrary().kindName(node.Kind);
  const text = node.toString().trim();
  const { SimpleName: name, LiteralValue: literal, ResultType: type } = node;
  const parts: { [Name in PartName]?: SyntaxNode | readonly SyntaxNode[] } = {};
  for (const each of PARTS) {
    const value = node[each];
    if (value === null || value === undefined) continue;
    parts[each] =
      'getItem' in value ? listOf(value).map((item) => plainSyntax(item.Element ?? item)) : plainSyntax(value);
  }
  return {
    kind,
    text: /Literal|Dynamic/.test(kind) ? text : text.slice(0, BEGINNING),
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...(typeof literal === 'string' ? { literal } : {}),
    ...(type?.Columns ? { columns: plainColumns(type.Columns) } : {}),
    parts,
  };
}

export function plainColumns(
  columns: Parameters<typeof listOf<{ readonly Name: string; readonly Type: { readonly Name: string } }>>[0],
): Column[] {
  return listOf(columns).map(({ Name, Type }) => ({ name: Name, type: Type.Name as ColumnType }));
}
