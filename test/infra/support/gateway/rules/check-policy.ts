import type { PolicyDocument, PolicyElement, PolicyValue } from '../parse-policy.ts';
import { ELEMENTS, type ElementRule, SECTIONS, type Section, type ValueType } from './element-rules.ts';
import { expressionFaults, NAMED_VALUE } from './expression-rules.ts';
import type { PolicyFault } from './policy-fault.ts';

export interface PolicyContext {
  /** Fragments that a policy may include, by id. */
  readonly fragments: ReadonlyMap<string, PolicyDocument>;
  readonly namedValues: ReadonlySet<string>;
  readonly loggers: ReadonlySet<string>;
  readonly backends: ReadonlySet<string>;
}

/** Every fault of a policy and of the fragments that it includes: elements by section, attributes, C# by its words. */
export function policyFaults(document: PolicyDocument, context: PolicyContext): PolicyFault[] {
  const { file, root } = document;
  if (root.name !== 'policies')
    return [{ file, line: root.line, message: `<policies> is expected, not <${root.name}>` }];
  const names = root.children.map(({ name }) => name);
  if (names.join() !== SECTIONS.join()) {
    const message = `the sections must be ${SECTIONS.join(', ')}, in this order; they are ${names.join(', ')}`;
    return [{ file, line: root.line, message }];
  }
  return SECTIONS.flatMap((section, index) => {
    const element = root.children[index];
    return element === undefined ? [] : statements(file, element, section, context);
  });
}

function statements(file: string, parent: PolicyElement, section: Section, context: PolicyContext): PolicyFault[] {
  const faults = parent.children.flatMap((child) => {
    const rule = ELEMENTS[child.name];
    if (rule?.sections === undefined) {
      return [{ file, line: child.line, message: `<${child.name}> is not a policy that is known here` }];
    }
    if (!rule.sections.includes(section)) {
      return [{ file, line: child.line, message: `<${child.name}> is not allowed in the section ${section}` }];
    }
    return element(file, child, rule, section, context);
  });
  if (parent.text !== undefined)
    faults.push({ file, line: parent.line, message: `<${parent.name}> takes no text of its own` });
  return faults;
}

function element(
  file: string,
  found: PolicyElement,
  rule: ElementRule,
  section: Section,
  context: PolicyContext,
): PolicyFault[] {
  const { name, line } = found;
  const faults: PolicyFault[] = [];
  const fault = (message: string, at = line): number => faults.push({ file, line: at, message });

  for (const [attribute, { required, type, values }] of Object.entries(rule.attributes)) {
    const value = found.attributes.get(attribute);
    if (value === undefined) {
      if (required) fault(`<${name}> lacks the attribute ${attribute}`);
      continue;
    }
    if (values !== undefined && value.kind === 'literal' && !values.includes(value.text)) {
      fault(`${attribute} of <${name}> must be one of ${values.join(', ')}, not ${value.text}`);
    }
    faults.push(...valueFaults(file, found, value, type, attribute, context));
  }
  for (const attribute of found.attributes.keys()) {
    if (rule.attributes[attribute] === undefined) fault(`<${name}> has no attribute ${attribute}`);
  }

  if (rule.children === 'statements') return [...faults, ...statements(file, found, section, context)];
  faults.push(...parts(file, found, rule, section, context));
  if (found.text !== undefined && rule.text === undefined) fault(`<${name}> takes no text`);
  if (found.text !== undefined && rule.text !== undefined) {
    faults.push(...valueFaults(file, found, found.text, rule.text, 'text', context));
  }
  if (found.text === undefined && rule.text !== undefined) fault(`<${name}> lacks its text`);
  return [...faults, ...references(file, found, section, context)];
}

function parts(
  file: string,
  found: PolicyElement,
  rule: ElementRule,
  section: Section,
  context: PolicyContext,
): PolicyFault[] {
  const allowed = rule.children === undefined || rule.children === 'statements' ? [] : rule.children;
  const faults: PolicyFault[] = [];
  let reached = 0;
  for (const child of found.children) {
    const place = allowed.findIndex(({ name }) => name === child.name);
    const part = ELEMENTS[child.name];
    if (place === -1 || part === undefined) {
      faults.push({ file, line: child.line, message: `<${child.name}> is not allowed in <${found.name}>` });
      continue;
    }
    if (place < reached) {
      faults.push({ file, line: child.line, message: `<${child.name}> stands too late in <${found.name}>` });
    }
    reached = Math.max(reached, place);
    faults.push(...element(file, child, part, section, context));
  }
  for (const { name, least, most } of allowed) {
    const count = found.children.filter((child) => child.name === name).length;
    if (count < least) faults.push({ file, line: found.line, message: `<${found.name}> lacks <${name}>` });
    if (count > most) faults.push({ file, line: found.line, message: `<${found.name}> has more than one <${name}>` });
  }
  return faults;
}

function valueFaults(
  file: string,
  { name, line }: PolicyElement,
  value: PolicyValue,
  type: ValueType,
  where: string,
  context: PolicyContext,
): PolicyFault[] {
  if (value.kind === 'expression') {
    if (type === 'literal') return [{ file, line, message: `${where} of <${name}> takes no expression` }];
    return expressionFaults(file, value);
  }
  if (type === 'bool') return [{ file, line, message: `${where} of <${name}> must be an expression` }];
  return [...value.text.matchAll(NAMED_VALUE)].flatMap(({ index, 1: named = '' }) => {
    if (!context.namedValues.has(named)) return [{ file, line, message: `there is no named value ${named}` }];
    // A named value that begins with an expression's sign is run where nothing stands before it.
    const first = value.text.slice(0, index).trim() === '';
    return first ? [{ file, line, message: `${where} of <${name}> begins with a named value, which may be code` }] : [];
  });
}

/** What is named must be there: API Management refuses a policy that names what it does not know. */
function references(file: string, found: PolicyElement, section: Section, context: PolicyContext): PolicyFault[] {
  const literal = (attribute: string): string => {
    const value = found.attributes.get(attribute);
    return value?.kind === 'literal' ? value.text : '';
  };
  const unknown = (what: string, id: string): PolicyFault[] => [
    { file, line: found.line, message: `there is no ${what} ${id}` },
  ];
  if (found.name === 'log-to-eventhub' && !context.loggers.has(literal('logger-id')))
    return unknown('logger', literal('logger-id'));
  if (found.name === 'set-backend-service' && !context.backends.has(literal('backend-id'))) {
    return unknown('backend', literal('backend-id'));
  }
  if (found.name !== 'include-fragment') return [];
  const fragment = context.fragments.get(literal('fragment-id'));
  if (fragment === undefined) return unknown('fragment', literal('fragment-id'));
  return statements(fragment.file, fragment.root, section, context);
}
