import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CompleteExample } from '../../infra/support/complete-example.ts';
import type { Resource } from '../../infra/support/plan-of.ts';
import { snapshotText, sortedKeys } from './snapshot-text.ts';

const INFRA = join(resolve(import.meta.dirname, '../../..'), 'infra');
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Where the id of a thing stands on the thing itself, best first: elsewhere it is a reference. */
const OWN_IDS = [
  /^app_role_ids\./,
  /^oauth2_permission_scope_ids\./,
  /^object_id$/,
  /^(identity\.0\.)?principal_id$/,
  /^client_id$/,
  /^role_definition_id$/,
  /^workspace_id$/,
];

/** What is made, by address. */
export type Seen = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Everything that Terraform makes of the complete example, by address. Ids that Azure would assign are written as the
 * address of what they belong to; what is not set, and each resource's own id, are left out.
 */
export const platformSnapshot = (example: CompleteExample): string => snapshotText(sortedKeys(whatIsSeen(example)));

/** The same before it is written down. */
export function whatIsSeen({ resources, variables }: Pick<CompleteExample, 'resources' | 'variables'>): Seen {
  const nameOf = namesOfMadeUpIds(resources, variables);
  const plain = (text: string): string =>
    text
      .replace(GUID, nameOf)
      .replace(/\bdcr-[0-9a-f]{32}\b/g, 'dcr-<made up>')
      .replace(INSTANT, '<instant>');
  const managed = resources
    .filter(({ mode }) => mode === 'managed')
    .map(({ address, values: { id, ...values } }) => [address, mapStrings(withoutUnset(values), plain)]);
  return Object.fromEntries(managed) as Seen;
}

function namesOfMadeUpIds(
  resources: readonly Resource[],
  variables: CompleteExample['variables'],
): (guid: string) => string {
  // What is written down somewhere was not made up.
  const written = globSync('{.,examples/complete,modules/*}/*.{tf,json}', { cwd: INFRA })
    .map((file) => readFileSync(join(INFRA, file), 'utf8'))
    .join('\n');
  const names = new Map<string, { readonly name: string; readonly rank: number }>();
  for (const [name, value] of Object.entries(variables)) names.set(value, { name: `var.${name}`, rank: -1 });
  for (const { address, values, type } of resources.toSorted((a, b) => (a.address < b.address ? -1 : 1))) {
    if (type.endsWith('_assignment')) continue;
    for (const { path, text } of stringsIn(values)) {
      const rank = OWN_IDS.findIndex((own) => own.test(path));
      const known = names.get(text);
      if (rank >= 0 && (known === undefined || rank < known.rank))
        names.set(text, { name: `${address}.${path}`, rank });
    }
  }
  return (guid) => {
    if (written.includes(guid)) return guid;
    const owner = names.get(guid);
    return owner === undefined ? '<made up>' : `<${owner.name}>`;
  };
}

function stringsIn(value: unknown, path: readonly string[] = []): { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path: path.join('.'), text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => stringsIn(inner, [...path, key]));
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  // JSON within a text: its lines are what a diff shows.
  if (typeof value === 'string') return /^\{"/.test(value) ? mapStrings(JSON.parse(value), change) : change(value);
  if (Array.isArray(value)) return value.map((inner) => mapStrings(inner, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapStrings(inner, change)]));
}

function withoutUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnset);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isUnset(inner))
      .map(([key, inner]) => [key, withoutUnset(inner)]),
  );
}

/** Null, empty, or a text that the simulated provider made up because nobody says what Azure would answer. */
function isUnset(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('made-up-');
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
