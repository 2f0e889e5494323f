import { type ParsedPolicy, type PolicyElement, parsePolicy } from './parsing/parse-policy.ts';

/** A policy as it was asked for; without a text there is none at that place. `unread`: its reading failed. */
export interface WrittenPolicy {
  readonly id: string;
  /** What it is of: `API mcp-files`. */
  readonly of: string;
  readonly text?: string;
  readonly unread?: true;
}

/** What policies are put together of: fragments by their id in lower case, and named values that are no secret. */
export interface PolicyParts {
  readonly fragments: ReadonlyMap<string, WrittenPolicy>;
  /** There may be more fragments than are known. */
  readonly partly?: true;
  readonly namedValues: ReadonlyMap<string, string>;
}

/** A section of a policy in which something can be done to a request before the answer is there. */
export type Section = 'inbound' | 'backend' | 'on-error';

/** What holds no policy of its own but other policies. */
const MOST_NESTED = 4;

/**
 * What API Management runs in a section, with `<base/>` and fragments put in. `policies` begins with the innermost, the
 * operation’s; each one’s base is the next. A place without a policy takes over the next one’s; one whose policy lacks
 * the section, or its base, does not. No call of Azure’s that merges them is known.
 * Source: learn.microsoft.com/azure/api-management/set-edit-policies#use-base-element-to-set-policy-evaluation-order
 */
export function sectionOf(
  section: Section,
  [first, ...rest]: readonly WrittenPolicy[],
  parts: PolicyParts,
): readonly PolicyElement[] {
  if (first === undefined) return [];
  if (first.unread === true) return [unread(first.of)];
  if (first.text === undefined) return sectionOf(section, rest, parts);
  const parsed = readWritten(first.text, parts);
  if ('unreadable' in parsed) return [unread(first.of, parsed.unreadable)];
  if (parsed.root.name !== 'policies') return [unread(first.of, 'no <policies>')];
  const sections = parsed.root.children.filter(({ name }) => name === section);
  if (sections.length > 1) return [unread(first.of, `more than one <${section}>`)];
  const base = sectionOf(section, rest, parts);
  return sections.flatMap((each) => inlined(each, first.of, base, parts, 0));
}

/** What stands within an element, with what it refers to. */
function inlined(
  within: PolicyElement,
  of: string,
  base: readonly PolicyElement[],
  parts: PolicyParts,
  depth: number,
): readonly PolicyElement[] {
  // A named value may hold what only the gateway knows: `<inbound>{{checks}}</inbound>`.
  const text = within.text;
  const odd = text !== undefined && HOLDS_POLICIES.has(within.name) ? [unread(of, 'text among policies')] : [];
  return [
    ...odd,
    ...within.children.flatMap((each): readonly PolicyElement[] => {
      if (each.name === 'base') return base;
      if (each.name === 'include-fragment') return fragmentOf(each, of, base, parts, depth);
      return [{ ...each, children: inlined(each, of, base, parts, depth) }];
    }),
  ];
}

function fragmentOf(
  include: PolicyElement,
  of: string,
  base: readonly PolicyElement[],
  parts: PolicyParts,
  depth: number,
): readonly PolicyElement[] {
  const name = include.attributes['fragment-id']?.text ?? '';
  const fragment = parts.fragments.get(name.toLowerCase());
  if (fragment?.unread === true || (fragment === undefined && parts.partly === true)) return [unread(of)];
  if (fragment?.text === undefined) return [unread(of, `the fragment ${name}, which is not there`)];
  if (depth >= MOST_NESTED) return [unread(of, 'fragments within fragments')];
  const parsed = readWritten(fragment.text, parts);
  if ('unreadable' in parsed) return [unread(fragment.of, parsed.unreadable)];
  return inlined(parsed.root, fragment.of, base, parts, depth + 1);
}

const HOLDS_POLICIES = new Set([
  ...['inbound', 'backend', 'outbound', 'on-error', 'fragment'],
  ...['choose', 'when', 'otherwise', 'retry', 'wait', 'limit-concurrency'],
]);

/** What cannot be read: without a reason because its reading failed, which is said elsewhere. */
function unread(of: string, why?: string): PolicyElement {
  const said = why === undefined ? '' : `The policy of ${of} holds ${why}, which the app cannot read.`;
  return { name: '#unread', attributes: {}, children: [], text: { kind: 'literal', text: said } };
}

function readWritten(text: string, { namedValues }: PolicyParts): ParsedPolicy {
  const filled = text.replaceAll(/\{\{([^{}]+)\}\}/g, (whole, name: string) => {
    const value = namedValues.get(name.trim());
    // What could end a text or begin an expression is left alone: how API Management puts it in is not known.
    return value === undefined || /[<>&"'@{}\\]/.test(value) ? whole : value;
  });
  return parsePolicy(filled);
}
