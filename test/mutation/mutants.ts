import { stripTypeScriptTypes } from 'node:module';
import { type AnyNode, parse } from 'acorn';
import { type Change, changesOf } from './operators.ts';
import { childrenOf, isSpine } from './tree.ts';

/** One change of one rule: what was there, what is there instead, and where. */
export interface Mutant {
  /** From zero. */
  readonly id: number;
  readonly line: number;
  readonly was: string;
  readonly becomes: string;
}

/** A file with all its mutants in it; `__mutant(id)` says which of them is on. */
export interface Mutated {
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

/** Puts every mutant into a source, so that it is read once for all of them. Types are blanked, which keeps the lines. */
export function mutate(typescript: string): Mutated {
  const source = stripTypeScriptTypes(typescript);
  const mutants: Mutant[] = [];

  const choice = (node: AnyNode, text: string, { start, end, becomes }: Change): string => {
    const id = mutants.length;
    const line = source.slice(0, start).split('\n').length;
    const other = source.slice(node.start, start) + becomes + source.slice(end, node.end);
    // An operator alone says little: what it stands in is shown.
    const [was, is] =
      end - start < 12 ? [source.slice(node.start, node.end), other] : [source.slice(start, end), becomes];
    mutants.push({ id, line, was: short(was), becomes: short(is) });
    if (node.type === 'BlockStatement') return `{ if (!__mutant(${id})) ${text} }`;
    return `(__mutant(${id}) ? (${other}) : (${text}))`;
  };

  /** `chain` gathers what changes a link of it: in brackets of its own a link would end the chain. */
  const written = (node: AnyNode, parent: AnyNode | undefined, chain: Change[] | undefined): string => {
    const changes = [...changesOf(node, parent, source)];
    const links = node.type === 'ChainExpression' ? changes : chain;
    let text = '';
    let at = node.start;
    for (const child of childrenOf(node)) {
      text += source.slice(at, child.start) + written(child, node, isSpine(node, child) ? links : undefined);
      at = child.end;
    }
    text += source.slice(at, node.end);
    if (chain === undefined) return changes.reduce((inner, change) => choice(node, inner, change), text);
    chain.push(...changes);
    return text;
  };

  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module' });
  return { source: written(program, undefined, undefined), mutants };
}

const short = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 90 ? `${line.slice(0, 87)}…` : line;
};
