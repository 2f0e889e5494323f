import { aliasNamed } from './aliases.ts';
import { UnsupportedPolicy } from './errors.ts';
import { type Json, property } from './json.ts';
import type { Scope } from './scope.ts';
import { select } from './select.ts';

/** What a field refers to: one value, which may be missing, or a collection of them. */
export type FieldValue =
  | { readonly kind: 'one'; readonly value: Json | undefined }
  | { readonly kind: 'collection'; readonly values: readonly (Json | undefined)[] };

const TOP_LEVEL = ['name', 'type', 'kind', 'id'];
const TAG = /^tags(?:\['([^']+)'\]|\[([^'\]]+)\]|\.([^[\]]+))$/i;

/**
 * The value of a field: a top-level one, a tag, or an alias. Fields that Azure normalises (`location`, `fullName`)
 * are refused, like everything else that is not certain.
 */
export function fieldValue(name: string, scope: Scope): FieldValue {
  const { resource } = scope;
  if (TOP_LEVEL.includes(name.toLowerCase())) return { kind: 'one', value: property(resource, name) };
  if (name.toLowerCase() === 'identity.type') {
    return { kind: 'one', value: property(property(resource, 'identity'), 'type') };
  }
  const tag = TAG.exec(name);
  if (tag !== null) {
    return { kind: 'one', value: property(property(resource, 'tags'), tag[1] ?? tag[2] ?? tag[3] ?? '') };
  }
  return aliasValue(name, scope);
}

function aliasValue(name: string, { resource, pins }: Scope): FieldValue {
  if (!name.includes('/')) throw new UnsupportedPolicy('field is not implemented', name);
  const alias = aliasNamed(name);
  const { type } = resource;
  const known = typeof type === 'string' && type.toLowerCase() === alias.resourceType.toLowerCase();
  const values = known ? select(resource, alias.path, pins).map(({ value }) => value) : [];
  return alias.path.includes('[*]') ? { kind: 'collection', values } : { kind: 'one', value: values[0] };
}
