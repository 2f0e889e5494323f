import type { AnyNode } from 'acorn';

const LEAVES = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'Literal', 'TemplateElement', 'MetaProperty']);

/** The parts of a node that may hold something to change, in the order of the text; names and keys do not. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  if (LEAVES.has(node.type)) return [];
  if (node.type === 'ExportNamedDeclaration') return node.declaration ? [node.declaration] : [];
  if (node.type === 'Property' && node.shorthand) return node.value.type === 'Identifier' ? [] : [node.value];
  const children: AnyNode[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (isName(node, key)) continue;
    for (const each of [value].flat()) if (isNode(each)) children.push(each);
  }
  return children.sort((one, other) => one.start - other.start);
}

/** Whether a child is what a chain (`a?.b.c()`) goes on from: in brackets of its own it would end the chain. */
export function isSpine(node: AnyNode, child: AnyNode): boolean {
  if (node.type === 'ChainExpression') return child === node.expression;
  if (node.type === 'MemberExpression') return child === node.object;
  return node.type === 'CallExpression' && child === node.callee;
}

function isName(node: AnyNode, key: string): boolean {
  if (key === 'label') return true;
  if (key === 'property') return node.type === 'MemberExpression' && !node.computed;
  return key === 'key' && 'computed' in node && !node.computed;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
