import { parseArgs } from 'node:util';
import type { Command, Given, Option, Options } from './command.ts';

/** Options of every command. */
export const EVERYWHERE = {
  json: { kind: 'flag', about: 'print what the API answers, as JSON' },
  url: { kind: 'text', hint: 'address', about: 'where the app is; by default MCP_OFFBOARDING_URL' },
  'device-code': { kind: 'flag', about: 'sign in on another device, with a code' },
  help: { kind: 'flag', about: 'this text' },
} as const satisfies Options;

type Everywhere = Given<typeof EVERYWHERE>['options'];

export type ReadArguments =
  | { readonly given: Given<Options>; readonly everywhere: Everywhere }
  | { readonly faults: readonly string[] };

/** Reads what stands behind the words of a command; every fault at once. */
export function readArguments(command: Command, args: readonly string[]): ReadArguments {
  const known: Options = { ...EVERYWHERE, ...command.options };
  // Not strict: that would throw at the first fault.
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(known).map(([name, option]) => [name, { type: typeOf(option) }])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const faults: string[] = [];
  const said = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    const fault = faultOf(token.rawName, option, token.value, token.inlineValue);
    if (fault === undefined) said.set(token.name, [...(said.get(token.name) ?? []), token.value ?? '']);
    else faults.push(fault);
  }
  for (const [name, option] of Object.entries(known)) {
    const values = said.get(name) ?? [];
    if (values.length > 1 && option.kind !== 'list' && option.kind !== 'flag') faults.push(`--${name} is there twice`);
    if ('required' in option && values.length === 0 && !tokens.some((one) => 'name' in one && one.name === name))
      faults.push(`--${name} is missing (${option.about})`);
  }
  faults.push(...faultsOfOperands(command, operands));
  if (faults.length > 0) return { faults };
  const options = Object.fromEntries(
    Object.entries(known).map(([name, option]) => [name, readAs(option, said.get(name))]),
  );
  // Each was read by the option that its type follows from.
  return { given: { operands, operand: operands[0] ?? '', options }, everywhere: options as unknown as Everywhere };
}

function typeOf(option: Option): 'boolean' | 'string' {
  return option.kind === 'flag' ? 'boolean' : 'string';
}

function faultOf(
  rawName: string,
  option: Option | undefined,
  value: string | undefined,
  inline: boolean | undefined,
): string | undefined {
  if (option === undefined) return `there is no ${rawName}`;
  if (option.kind === 'flag') return inline === true ? `${rawName} takes no value` : undefined;
  // Of `--reason --json` the second is hardly the reason.
  if (value === undefined || value.trim() === '' || (inline !== true && value.startsWith('-')))
    return `${rawName} has no value`;
  if (option.kind === 'choice')
    return option.of.includes(value) ? undefined : `${rawName} is one of ${option.of.join(', ')}`;
  const each = option.kind === 'list' ? partsOf(value) : [value];
  const why = each.map((part) => option.check?.(part)).find((fault) => fault !== undefined);
  return why === undefined ? undefined : `${rawName}: ${why}`;
}

function faultsOfOperands({ operand }: Command, given: readonly string[]): string[] {
  if (operand === undefined) return given.map((each) => `“${each}” is too much`);
  const needed =
    given.length === 0 && operand.optional !== true ? [`${operand.name} is missing (${operand.about})`] : [];
  const surplus = operand.many === true ? [] : given.slice(1).map((each) => `“${each}” is too much`);
  const wrong = given.flatMap((each) => operand.check?.(each) ?? []);
  return [...needed, ...surplus, ...wrong];
}

function readAs(option: Option, said: readonly string[] | undefined): boolean | string | readonly string[] | undefined {
  if (option.kind === 'flag') return said !== undefined;
  return option.kind === 'list' ? (said ?? []).flatMap(partsOf) : said?.[0];
}

function partsOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
