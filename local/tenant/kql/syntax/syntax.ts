import type { PartName } from './kusto-library.ts';
import type { SyntaxNode } from './plain-syntax.ts';

/** Something in a query that this evaluator does not carry out. It never guesses. */
export class NotImplemented extends Error {
  constructor(what: string) {
    super(`the simulated workspace does not implement ${what}`);
    this.name = 'NotImplemented';
  }
}

export function kindOf({ kind }: SyntaxNode): string {
  return kind;
}

export function notImplemented({ kind, text }: SyntaxNode): NotImplemented {
  return new NotImplemented(`${kind}: ${text.slice(0, 80)}`);
}

/** A part of a node by its name; undefined where the query leaves it out. */
export function part({ parts }: SyntaxNode, name: PartName): SyntaxNode | undefined {
  const found = parts[name];
  return found === undefined || isList(found) ? undefined : found;
}

/** A part that the grammar guarantees. */
export function need(node: SyntaxNode, name: PartName): SyntaxNode {
  const found = part(node, name);
  if (found === undefined) throw new NotImplemented(`${kindOf(node)} without ${name}`);
  return found;
}

/** The items of a comma-separated part. */
export function items({ parts }: SyntaxNode, name: PartName): readonly SyntaxNode[] {
  const found = parts[name];
  return found !== undefined && isList(found) ? found : [];
}

function isList(found: SyntaxNode | readonly SyntaxNode[]): found is readonly SyntaxNode[] {
  return Array.isArray(found);
}

/** The plain name of a declaration, reference or function. */
export function nameOf(node: SyntaxNode): string {
  if (node.name === undefined) throw notImplemented(node);
  return node.name;
}

/** What a literal means, as the official parser decodes it; strings and dynamic only. */
export function literalText(node: SyntaxNode): string {
  if (node.literal === undefined) throw notImplemented(node);
  return node.literal;
}

/** Names and order of the columns that a tabular node yields, by the official binder. */
export function columnNames({ columns = [] }: SyntaxNode): string[] {
  return columns.map(({ name }) => name);
}

export function columnTypes({ columns = [] }: SyntaxNode): string[] {
  return columns.map(({ type }) => type);
}

export function isTabular({ columns }: SyntaxNode): boolean {
  return columns !== undefined;
}
