import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseSync } from '@swc/core';
import { snapshotText } from './snapshot-text.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const LEVELS = ['info', 'warn', 'error'];

/**
 * What queries read, and what the app writes that could be read: tables, names and texts of each query, level, text
 * and fields of each line of the log. Where the line is written from is not in it.
 */
export function logSnapshot(): string {
  const queries = globSync('kql/**/*.kql', { cwd: ROOT })
    .sort()
    .map((file) => [basename(file), namesIn(read(file))]);
  const lines = globSync('{src,activities,orchestrations}/**/*.ts', { cwd: ROOT }).flatMap((file) =>
    linesIn(parseSync(read(file), { syntax: 'typescript' })),
  );
  return snapshotText({ queries: Object.fromEntries(queries), lines: [...new Set(lines)].sort() });
}

/** Names of tables and columns, and every text that something is compared with or made of. */
function namesIn(query: string): { readonly reads: readonly string[]; readonly texts: readonly string[] } {
  const texts: string[] = [];
  const code = query.replace(/^\s*\/\/.*$/gm, '').replace(/@?"([^"]*)"/g, (_, text: string) => {
    texts.push(text);
    return '""';
  });
  // Columns of the audit table end in their type; those of Application Insights begin with a capital.
  const reads = [...code.matchAll(/\b(?:[A-Z]\w+|\w+_[a-z])\b/g)].map(([name]) => name);
  return { reads: [...new Set(reads)].sort(), texts: [...new Set(texts)].sort() };
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** `log.info('text', { fields })` and `log.info(logLine('text', { fields }))`, as `info: text {fields}`. */
function linesIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(linesIn);
  if (typeof tree !== 'object' || tree === null) return [];
  const inside = Object.values(tree).flatMap(linesIn);
  if (!isNode(tree, 'CallExpression') || !isNode(tree.callee, 'MemberExpression')) return inside;
  const level = isNode(tree.callee.property, 'Identifier') ? String(tree.callee.property.value) : '';
  if (!LEVELS.includes(level)) return inside;
  const [first, second] = argumentsOf(tree);
  const [text, fields] = isNode(first, 'CallExpression') ? argumentsOf(first) : [first, second];
  // Whoever passes a line on writes none of its own.
  if (!isNode(text, 'StringLiteral') && !isNode(text, 'TemplateLiteral')) return inside;
  return [...inside, `${level}: ${inWords(text)} {${fieldsOf(fields).join(', ')}}`];
}

function argumentsOf({ arguments: given }: Node): unknown[] {
  return (given as readonly { readonly expression: unknown }[]).map(({ expression }) => expression);
}

function fieldsOf(fields: unknown): string[] {
  if (fields === undefined) return [];
  if (!isNode(fields, 'ObjectExpression')) return [`...${inWords(fields)}`];
  return (fields.properties as readonly unknown[]).map((property) =>
    isNode(property, 'SpreadElement')
      ? `...${inWords(property.arguments)}`
      : inWords(isNode(property, 'KeyValueProperty') ? property.key : property),
  );
}

function inWords(node: unknown): string {
  if (isNode(node, 'StringLiteral') || isNode(node, 'Identifier')) return String(node.value);
  if (isNode(node, 'MemberExpression')) return `${inWords(node.object)}.${inWords(node.property)}`;
  if (isNode(node, 'CallExpression')) return `${inWords(node.callee)}()`;
  if (!isNode(node, 'TemplateLiteral')) return '…';
  const values = node.expressions as readonly unknown[];
  return (node.quasis as readonly { readonly cooked: string }[])
    .flatMap(({ cooked }, index) => [cooked, ...(index < values.length ? [`\${${inWords(values[index])}}`] : [])])
    .join('');
}

function isNode(value: unknown, type: string): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === type;
}
