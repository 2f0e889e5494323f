import type { AnyNode, CallExpression, ChainExpression, Literal, LogicalExpression } from 'acorn';

/** A range of the text and what stands there instead. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly becomes: string;
}

const OPERATORS = new Map(
  Object.entries({
    '===': '!==',
    '!==': '===',
    '<': '<=',
    '<=': '<',
    '>': '>=',
    '>=': '>',
    '-': '+',
    '*': '/',
    '/': '*',
    '%': '*',
  }),
);
const METHODS = new Map(
  Object.entries({
    some: 'every',
    every: 'some',
    startsWith: 'endsWith',
    endsWith: 'startsWith',
    min: 'max',
    max: 'min',
  }),
);
/** Methods without which their receiver is left as it is. */
const DROPPED = new Set(['filter', 'toLowerCase', 'trim', 'toReversed']);
const SORTS = new Set(['sort', 'toSorted']);

/** The rules by which a node is broken. Wording is left alone: a sentence is nobody's rule. */
export function changesOf(node: AnyNode, parent: AnyNode | undefined, source: string): readonly Change[] {
  return [...ofItself(node, parent, source), ...ofCondition(node, parent, source)];
}

function ofItself(node: AnyNode, parent: AnyNode | undefined, source: string): readonly Change[] {
  switch (node.type) {
    case 'BinaryExpression':
      return [
        ...(isOfOrder(node, parent) ? [] : ofOperator(node, source)),
        ...[node.left, node.right].flatMap((side) => ofCompared(side, node)),
      ];
    case 'LogicalExpression':
      return [ofLogical(node, source)];
    case 'ChainExpression':
      return ofChain(node, source);
    case 'CallExpression':
      return ofCall(node, source);
    case 'UnaryExpression':
      return node.operator === '!' ? [{ ...rangeOf(node), becomes: textOf(node.argument, source) }] : [];
    case 'Literal':
      return ofLiteral(node, parent);
    case 'BlockStatement':
      return node.body.length > 0 && isRemoved(node, parent) ? [{ ...rangeOf(node), becomes: '{}' }] : [];
    default:
      return [];
  }
}

/** What a fork asks: never true where it only leads out of the function, the opposite elsewhere. */
function ofCondition(node: AnyNode, parent: AnyNode | undefined, source: string): readonly Change[] {
  if (parent?.type === 'IfStatement' && parent.test === node && parent.alternate == null && leaves(parent.consequent))
    return [{ ...rangeOf(node), becomes: 'false' }];
  const forks = (parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === node;
  // A comparison and a negation have their opposite already.
  if (!forks || /^(BinaryExpression|UnaryExpression)$/.test(node.type)) return [];
  return [{ ...rangeOf(node), becomes: `!(${textOf(node, source)})` }];
}

/** `a < b ? -1 : 1`: what is equal may stand in either order. */
function isOfOrder(node: AnyNode, parent: AnyNode | undefined): boolean {
  return (
    parent?.type === 'ConditionalExpression' &&
    parent.test === node &&
    parent.consequent.type === 'UnaryExpression' &&
    parent.consequent.operator === '-'
  );
}

function ofOperator(node: Extract<AnyNode, { type: 'BinaryExpression' }>, source: string): readonly Change[] {
  const becomes = OPERATORS.get(node.operator) ?? (node.operator === '+' && !isText(node) ? '-' : undefined);
  if (becomes === undefined) return [];
  const start = source.indexOf(node.operator, node.left.end);
  return [{ start, end: start + node.operator.length, becomes }];
}

function ofCompared(side: AnyNode, node: Extract<AnyNode, { type: 'BinaryExpression' }>): readonly Change[] {
  const isKind = [node.left, node.right].some((each) => each.type === 'UnaryExpression' && each.operator === 'typeof');
  if (!/^[!=]==$/.test(node.operator) || isKind || !isCode(side)) return [];
  return [{ ...rangeOf(side), becomes: "''" }];
}

function ofLogical(node: LogicalExpression, source: string): Change {
  const [left, right] = [textOf(node.left, source), textOf(node.right, source)];
  if (node.operator === '??') return { ...rangeOf(node), becomes: left };
  return { ...rangeOf(node), becomes: `(${left}) ${node.operator === '&&' ? '||' : '&&'} (${right})` };
}

/** Each `?.` of a chain that becomes one which takes for granted that something is there. */
function ofChain(chain: ChainExpression, source: string): readonly Change[] {
  const changes: Change[] = [];
  let link: AnyNode = chain.expression;
  while (link.type === 'MemberExpression' || link.type === 'CallExpression') {
    const before: AnyNode = link.type === 'MemberExpression' ? link.object : link.callee;
    if (link.optional) {
      const start = source.indexOf('?.', before.end);
      changes.push({ start, end: start + 2, becomes: link.type === 'MemberExpression' && !link.computed ? '.' : '' });
    }
    link = before;
  }
  return changes;
}

function ofCall(node: CallExpression, source: string): readonly Change[] {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.computed) return [];
  const { name } = callee.property;
  const [first] = node.arguments;
  const other = METHODS.get(name);
  if (other !== undefined) return [{ ...rangeOf(callee.property), becomes: other }];
  // Behind the receiver's closing bracket, where it has one.
  const dot = source.lastIndexOf(callee.optional ? '?.' : '.', callee.property.start);
  if (DROPPED.has(name)) return [{ start: dot, end: node.end, becomes: '' }];
  return SORTS.has(name) && first !== undefined ? [{ start: first.start, end: node.end - 1, becomes: '' }] : [];
}

function ofLiteral(node: Literal, parent: AnyNode | undefined): readonly Change[] {
  // What a shape calls the only value is its type.
  const isShape =
    parent?.type === 'CallExpression' &&
    parent.callee.type === 'MemberExpression' &&
    parent.callee.property.type === 'Identifier' &&
    parent.callee.property.name === 'literal';
  if (isShape) return [];
  if (typeof node.value === 'boolean') return [{ ...rangeOf(node), becomes: String(!node.value) }];
  if (node.regex != null) return ofPattern(node, node.regex);
  const isAnswer =
    parent?.type === 'ReturnStatement' ||
    (parent?.type === 'ArrowFunctionExpression' && parent.body === node) ||
    (parent?.type === 'SwitchCase' && parent.test === node) ||
    (parent?.type === 'ConditionalExpression' && parent.test !== node);
  return isAnswer && isCode(node) ? [{ ...rangeOf(node), becomes: "''" }] : [];
}

/** A pattern that may begin or end anywhere, or that minds case. */
function ofPattern(node: Literal, { pattern, flags }: { pattern: string; flags: string }): readonly Change[] {
  const others = [
    pattern.startsWith('^') && pattern.length > 1 && `/${pattern.slice(1)}/${flags}`,
    pattern.endsWith('$') && pattern.length > 1 && !pattern.endsWith('\\$') && `/${pattern.slice(0, -1)}/${flags}`,
    flags.includes('i') && `/${pattern}/${flags.replace('i', '')}`,
  ];
  return others.flatMap((becomes) => (becomes === false ? [] : [{ ...rangeOf(node), becomes }]));
}

function isRemoved(node: AnyNode, parent: AnyNode | undefined): boolean {
  if (parent === undefined) return false;
  if (/Function/.test(parent.type) || /^For|^While/.test(parent.type)) return true;
  return parent.type === 'IfStatement' && !leaves(node);
}

function leaves(node: AnyNode): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last !== undefined && /^(Return|Throw|Continue|Break)Statement$/.test(last.type);
}

/** Whether a text is one that code compares, and no wording. */
const isCode = (node: AnyNode): boolean =>
  node.type === 'Literal' && typeof node.value === 'string' && /^[A-Za-z][\w./:-]{2,}$/.test(node.value);

const isText = (node: AnyNode): boolean =>
  node.type === 'TemplateLiteral' ||
  (node.type === 'Literal' && typeof node.value === 'string') ||
  (node.type === 'BinaryExpression' && [node.left, node.right].some(isText));

const rangeOf = ({ start, end }: AnyNode): { readonly start: number; readonly end: number } => ({ start, end });
const textOf = ({ start, end }: AnyNode, source: string): string => source.slice(start, end);
