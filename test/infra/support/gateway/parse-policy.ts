import { SaxesParser } from 'saxes';
import { PolicyError } from './rules/policy-fault.ts';
import { type Expression, PLACEHOLDER, scanExpressions } from './rules/scan-expressions.ts';

/** What an attribute or a text says: itself, or C# that says it. */
export type PolicyValue =
  | { readonly kind: 'literal'; readonly text: string }
  | ({ readonly kind: 'expression' } & Expression);

export interface PolicyElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: ReadonlyMap<string, PolicyValue>;
  readonly children: readonly PolicyElement[];
  /** Undefined where there is white space at most. */
  readonly text: PolicyValue | undefined;
}

export interface PolicyDocument {
  readonly file: string;
  readonly root: PolicyElement;
}

interface OpenElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: Map<string, PolicyValue>;
  readonly children: PolicyElement[];
  text: string;
}

/** Parses a policy strictly: the C# by C#'s rules, what is left by XML's. Throws a PolicyError with the line. */
export function parsePolicy(file: string, source: string): PolicyDocument {
  const { xml, expressions } = scanExpressions(file, source);
  const open: OpenElement[] = [];
  let root: PolicyElement | undefined;
  const parser = new SaxesParser({ fileName: file });
  const refuse = (message: string): never => {
    throw new PolicyError([{ file, line: parser.line, message }]);
  };
  const readValue = (text: string): PolicyValue => {
    const match = PLACEHOLDER.exec(text);
    if (match === null) return { kind: 'literal', text };
    const expression = expressions[Number(match[1])];
    if (expression === undefined || text.trim() !== match[0]) {
      return refuse('an expression must be the whole of an attribute or text');
    }
    return { kind: 'expression', ...expression };
  };

  parser.on('error', (error) => refuse(error.message.replace(/^.*?:\d+:\d+: /, '')));
  parser.on('opentagstart', ({ name }) => {
    open.push({ name, line: parser.line, attributes: new Map(), children: [], text: '' });
  });
  parser.on('opentag', ({ attributes }) => {
    for (const [name, value] of Object.entries(attributes)) open.at(-1)?.attributes.set(name, readValue(value));
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const { text, ...element } = closed;
    const done = { ...element, text: text.trim() === '' ? undefined : readValue(text) };
    const parent = open.at(-1);
    if (parent === undefined) root = done;
    else parent.children.push(done);
  });
  parser.write(xml).close();
  return { file, root: root ?? refuse('the policy is empty') };
}
