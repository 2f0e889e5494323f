import { readFileSync } from 'node:fs';
import { parseSync } from '@swc/core';

/** A string, a piece of a template, or an identifier of a file. Comments may name what they like. */
export interface Word {
  readonly line: number;
  readonly text: string;
  readonly kind: 'text' | 'identifier';
}

/** Everything in a file that can name something; packages that it imports are no part of the house. */
export function wordsOf(file: string): Word[] {
  const source = readFileSync(file);
  const { body, span } = parseSync(source.toString(), { syntax: 'typescript', target: 'es2024' });
  const words: Word[] = [];
  walk(body, ({ type = '', value, cooked, span: at }) => {
    const text = type === 'TemplateElement' ? cooked : value;
    const kind = type === 'Identifier' ? 'identifier' : 'text';
    if (!['StringLiteral', 'TemplateElement', 'Identifier'].includes(type) || typeof text !== 'string') return;
    // Spans count bytes, over everything that this process has parsed.
    const line = source
      .subarray(0, at.start - span.start)
      .toString()
      .split('\n').length;
    if (!text.startsWith('@')) words.push({ line, text, kind });
  });
  return words;
}

/**
 * Whether the word holds the name as a whole: `azure-devops` is in `azure-devops/tokens`, `Azure DevOps` and
 * `azureDevOpsToken`, not in `on-azure-devops-day`.
 */
export function holds({ text, kind }: Word, name: string): boolean {
  const parts = name.split(/[-/]/);
  if (kind === 'text') return new RegExp(`(?<![\\w-])${parts.join('[-/ ]')}(?![\\w-])`, 'i').test(text);
  const words = text
    .replace(/[gG]itHub/g, 'Github')
    .replace(/[dD]evOps/g, 'Devops')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return `_${words}_`.includes(`_${parts.join('_')}_`);
}

interface Node {
  readonly type?: string;
  readonly span: { readonly start: number };
  readonly value?: unknown;
  readonly cooked?: unknown;
}

function walk(tree: unknown, visit: (node: Node) => void): void {
  if (typeof tree !== 'object' || tree === null) return;
  if ('type' in tree && 'span' in tree) visit(tree as Node);
  for (const child of Object.values(tree)) walk(child, visit);
}
