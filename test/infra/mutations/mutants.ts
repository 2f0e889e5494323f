import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Item, itemsIn } from '../support/hcl.ts';

const root = resolve(import.meta.dirname, '../../..');

/** One assignment or block of a module, changed or removed. */
export interface Mutant {
  /** `network/main.tf resource.azurerm_subnet.mcp > address_prefixes`; what survivors are listed by. */
  readonly name: string;
  readonly module: string;
  /** From the repository's root. */
  readonly file: string;
  readonly path: readonly string[];
  readonly how: string;
  readonly text: string;
}

/** What says nothing about what is made: prose for readers, types (Terraform checks those), versions of providers. */
const NOT_MUTATED = /^(description|error_message|type|condition)$/;
const OPPOSITES: Readonly<Record<string, string>> = {
  Allow: 'Deny',
  Deny: 'Allow',
  Inbound: 'Outbound',
  Outbound: 'Inbound',
  Tcp: 'Udp',
  Private: 'Public',
  '*': '10.0.0.0/8',
};

/** Each assignment and each block of the modules, in the order of the files, each broken in one way. */
export function mutantsOf(pattern = '*'): readonly Mutant[] {
  return globSync(`infra/modules/${pattern}/*.tf`, { cwd: root })
    .filter((file) => !file.endsWith('/versions.tf'))
    .sort()
    .flatMap(mutantsOfFile);
}

function mutantsOfFile(file: string): readonly Mutant[] {
  const text = readFileSync(join(root, file), 'utf8');
  const [, , module = '', name = ''] = file.split('/');
  const folder = globSync(`infra/modules/${module}/*.tf`, { cwd: root })
    .map((other) => readFileSync(join(root, other), 'utf8'))
    .join('\n');
  const seen = new Map<string, number>();
  return itemsIn(text).flatMap((item) => {
    const broken = breakIt(text, item, folder);
    if (broken === undefined) return [];
    const title = `${module}/${name} ${item.path.join(' > ')}`;
    const nth = (seen.get(title) ?? 0) + 1;
    seen.set(title, nth);
    return [{ name: nth === 1 ? title : `${title} #${nth}`, module, file, path: item.path, ...broken }];
  });
}

function breakIt(
  text: string,
  item: Item,
  folder: string,
): { readonly how: string; readonly text: string } | undefined {
  const own = item.path.at(-1) ?? '';
  const inVariable = item.path[0]?.startsWith('variable.') ?? false;
  if (inVariable && item.path.length === 2 && NOT_MUTATED.test(own)) return undefined;
  if (inVariable && (item.path.includes('type') || item.path.includes('validation')) && item.kind === 'assignment')
    return undefined;
  if (item.path[0]?.startsWith('output.') && own === 'description') return undefined;
  if (/^(moved|terraform|locals)$/.test(own)) return undefined;
  if (own === 'precondition' || !item.path.includes('precondition')) {
    const to = item.kind === 'block' ? undefined : changed(item, folder);
    if (to !== undefined) {
      const end = item.valueStart + item.value.length;
      return {
        how: `${short(item.value)} → ${short(to)}`,
        text: text.slice(0, item.valueStart) + to + text.slice(end),
      };
    }
    return { how: 'removed', text: text.slice(0, item.start) + text.slice(item.end) };
  }
  return undefined;
}

/** Another value of the same kind; `undefined` where only taking it away is left. */
function changed({ value, path }: Item, folder: string): string | undefined {
  if (value === 'true' || value === 'false') return value === 'true' ? 'false' : 'true';
  if (/^-?\d+$/.test(value)) return String(Number(value) + 1);
  const literal = /^"([^"$]*)"$/.exec(value)?.[1];
  if (literal !== undefined) return `"${OPPOSITES[literal] ?? `${literal}x`}"`;
  if (/^".*"$/.test(value) && !value.includes('\n')) return `${value.slice(0, -1)}x"`;
  const [, type, name, rest] = /^(azu\w+|azapi\w+)\.(\w+)((?:\[0\])?\.\w+)$/.exec(value) ?? [];
  if (type !== undefined) {
    const others = [...folder.matchAll(new RegExp(`^resource "${type}" "(\\w+)"`, 'gm'))].map(([, other]) => other);
    const other = others.find((it) => it !== name);
    if (other !== undefined) return `${type}.${other}${rest}`;
  }
  const variable = /^var\.(\w+)$/.exec(value)?.[1];
  const strings = [...folder.matchAll(/^variable "(\w+)" \{\n {2}type\s+= string\n/gm)].map(([, name]) => name);
  if (variable !== undefined && strings.includes(variable))
    return `var.${strings.find((name) => name !== variable && name !== 'environment')}`;
  const [, condition, yes, no] = /^([^?\n]+) \? ([^?:\n]+) : ([^?:\n]+)$/.exec(value) ?? [];
  if (condition !== undefined) return `${condition} ? ${no} : ${yes}`;
  if (path[0] === 'locals' && path.length === 2) return /^\{/.test(value) ? '{}' : /^\[/.test(value) ? '[]' : 'null';
  return undefined;
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}…` : text).replaceAll(/\s+/g, ' ');
