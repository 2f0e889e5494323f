import { SaxesParser } from 'saxes';
import { CSharpFault } from './csharp.ts';
import { PLACEHOLDER, takeOutExpressions } from './expressions.ts';

/** What an attribute or a text says: itself, or C# that says it. */
export interface PolicyValue {
  readonly kind: 'literal' | 'expression';
  readonly text: string;
}

/** One element of a policy. `#unread` stands where something is that the app cannot read; its text says why. */
export interface PolicyElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, PolicyValue>>;
  readonly children: readonly PolicyElement[];
  /** Absent where there is white space at most. */
  readonly text?: PolicyValue;
}

/** A policy as it was read, or why it was not. */
export type ParsedPolicy = { readonly root: PolicyElement } | { readonly unreadable: string };

interface OpenElement {
  readonly name: string;
  readonly attributes: Record<string, PolicyValue>;
  readonly children: PolicyElement[];
  text: string;
}

/**
 * Reads a policy in the format `rawxml`: its C# by C#’s rules, and what is left strictly by XML’s, as API Management
 * does. What is neither is said to be unreadable, because whatever is guessed of it may be wrong.
 */
export function parsePolicy(source: string): ParsedPolicy {
  try {
    return { root: parse(source) };
  } catch (error) {
    if (error instanceof CSharpFault) return { unreadable: error.message };
    throw error;
  }
}

function parse(source: string): PolicyElement {
  const { xml, expressions } = takeOutExpressions(source);
  const open: OpenElement[] = [];
  let root: PolicyElement | undefined;
  const parser = new SaxesParser();
  const valueIn = (text: string): PolicyValue => {
    const match = PLACEHOLDER.exec(text);
    if (match === null && /^\s*@[({]/.test(text)) throw new CSharpFault('an expression behind a comment');
    if (match === null) return { kind: 'literal', text: text.trim() };
    if (text.trim() !== match[0]) throw new CSharpFault('an expression beside other text');
    return { kind: 'expression', text: expressions[Number(match[1])] ?? '' };
  };
  const add = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('error', ({ message }) => {
    throw new CSharpFault(`no XML (${message.replace(/\d+:\d+: /, '')})`);
  });
  // Either could bring text from elsewhere, which no policy needs.
  for (const event of ['doctype', 'processinginstruction'] as const) {
    parser.on(event, () => {
      throw new CSharpFault(`a ${event}`);
    });
  }
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, value]) => [key, valueIn(value)] as const);
    open.push({ name, attributes: Object.fromEntries(values), children: [], text: '' });
  });
  parser.on('text', add);
  parser.on('cdata', (text) => {
    // Whether API Management runs what stands in one is not known.
    if (/^\s*@[({]/.test(text)) throw new CSharpFault('an expression in a CDATA section');
    add(text);
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const { text, ...element } = closed;
    const done = { ...element, ...(text.trim() === '' ? {} : { text: valueIn(text) }) };
    const parent = open.at(-1);
    if (parent === undefined) root = done;
    else parent.children.push(done);
  });
  parser.write(xml).close();
  if (root === undefined) throw new CSharpFault('nothing');
  return root;
}
