import { kustoLibrary, listOf, type SyntaxNode } from './kusto-library.ts';

/** Something in a query that this evaluator does not carry out. It never guesses. */
export class NotImplemented extends Error {
  constructor(what: string) {
    super(`the simulated workspace does not implement ${what}`);
    this.name = 'NotImplemented';
  }
}

export function kindOf(node: SyntaxNode): string {
  return kustoLibrary().kindName(node.Kind);
}

export function notImplemented(node: SyntaxNode): NotImplemented {
  return new NotImplemented(`${kindOf(node)}: ${node.toString().trim().slice(0, 80)}`);
}

/** A part of a node by its name; undefined where the query leaves it out. */
export function part(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const value = (node as unknown as Readonly<Record<string, unknown>>)[name];
  return value === null || value === undefined ? undefined : (value as SyntaxNode);
}

/** A part that the grammar guarantees. */
export function need(node: SyntaxNode, name: string): SyntaxNode {
  const found = part(node, name);
  if (found === undefined) throw new NotImplemented(`${kindOf(node)} without ${name}`);
  return found;
}

/** The items of a comma-separated part. */
export function items(node: SyntaxNode, name: string): SyntaxNode[] {
  const list = part(node, name) as unknown as Parameters<typeof listOf<SyntaxNode>>[0];
  return listOf(list).map((item) => part(item, 'Element') ?? item);
}

/** The plain name of a declaration, reference or function. */
export function nameOf(node: SyntaxNode): string {
  const name = (node as unknown as { readonly SimpleName?: unknown }).SimpleName;
  if (typeof name !== 'string' || name === '') throw notImplemented(node);
  return name;
}

/** What a literal means, as the official parser decodes it; strings and dynamic only. */
export function literalText(node: SyntaxNode): string {
  const value = (node as unknown as { readonly LiteralValue?: unknown }).LiteralValue;
  if (typeof value !== 'string') throw notImplemented(node);
  return value;
}

/** Names and order of the columns that a tabular node yields, by the official binder. */
export function columnNames(node: SyntaxNode): string[] {
  const type = part(node, 'ResultType') as unknown as
    | { readonly Columns?: Parameters<typeof listOf<{ readonly Name: string }>>[0] }
    | undefined;
  return listOf(type?.Columns).map(({ Name }) => Name);
}

export function columnTypes(node: SyntaxNode): string[] {
  const type = part(node, 'ResultType') as unknown as
    | { readonly Columns?: Parameters<typeof listOf<{ readonly Type: { readonly Name: string } }>>[0] }
    | undefined;
  return listOf(type?.Columns).map(({ Type }) => Type.Name);
}

export function isTabular(node: SyntaxNode): boolean {
  return part(part(node, 'ResultType') ?? node, 'Columns') !== undefined;
}
