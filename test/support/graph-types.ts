import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** One property as Graph's published types declare it. */
interface Declared {
  readonly type: string;
  readonly nullable: boolean;
}

const file = createRequire(import.meta.url).resolve('@microsoft/microsoft-graph-types/package.json');
const text = readFileSync(file.replace('package.json', 'microsoft-graph.d.ts'), 'utf8').replaceAll('\r', '');

/** The properties of a published interface, inherited ones included. */
function declared(name: string): ReadonlyMap<string, Declared> {
  const match = new RegExp(`^export interface ${name}(?: extends (\\w+))? \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(text);
  if (match === null) throw new Error(`Graph's types have no interface ${name}`);
  const properties = new Map(match[1] === undefined ? [] : declared(match[1]));
  for (const [, property, type] of (match[2] ?? '').matchAll(/^ {4}(\w+)\??: ([^;]+);/gm)) {
    if (property === undefined || type === undefined) continue;
    const bare = /^NullableOption<([\s\S]+)>$/.exec(type)?.[1];
    properties.set(property, { type: (bare ?? type).replace(/\s/g, ''), nullable: bare !== undefined });
  }
  return properties;
}

/**
 * How an answer differs from the published interface: `path: what is wrong`, nothing where it does not. Annotations
 * of OData are not part of the types.
 */
export function deviations(name: string, value: unknown, path = name): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: not an object`];
  const actual = (value as { readonly '@odata.type'?: unknown })['@odata.type'];
  const derived = typeof actual === 'string' ? /^#microsoft\.graph\.(.)(.*)$/.exec(actual) : null;
  const properties = declared(derived === null ? name : `${derived[1]?.toUpperCase()}${derived[2]}`);
  return Object.entries(value).flatMap(([key, field]) => {
    if (key.startsWith('@odata.')) return [];
    const property = properties.get(key);
    return property === undefined ? [`${path}.${key}: unknown`] : fieldDeviations(property, field, `${path}.${key}`);
  });
}

function fieldDeviations({ type, nullable }: Declared, value: unknown, path: string): string[] {
  if (value === null) return nullable ? [] : [`${path}: null`];
  const item = /^(.+)\[\]$/.exec(type)?.[1];
  if (item !== undefined) {
    if (!Array.isArray(value)) return [`${path}: not a list`];
    return value.flatMap((each, index) => fieldDeviations({ type: item, nullable: false }, each, `${path}[${index}]`));
  }
  if (['string', 'number', 'boolean'].includes(type)) return typeof value === type ? [] : [`${path}: not a ${type}`];
  return new RegExp(`^export interface ${type} `, 'm').test(text) || text.includes(`export interface ${type} {`)
    ? deviations(type, value, path)
    : [];
}
