import type { BlockSchema } from '../../provider/provider-schema.ts';
import { isFields, isList } from '../../provider/wire-value.ts';
import { allowed, each, isSet, matching, type Rule } from './rule.ts';
import { select } from './select.ts';

/**
 * What azurerm checks of every resource that has these arguments.
 * Source: hashicorp/go-azure-helpers resourcemanager/commonschema.
 */
export function commonRules(schema: BlockSchema): readonly Rule[] {
  const has = (name: string): boolean =>
    schema.attributes[name] !== undefined || schema.block_types[name] !== undefined;
  return [
    ...(has('resource_group_name') ? [RESOURCE_GROUP_NAME] : []),
    ...(isStringMap(schema, 'tags') ? [tagsAreShort] : []),
    ...(has('identity') && schema.block_types.identity !== undefined ? [IDENTITY_TYPE, identityIdsFitType] : []),
  ];
}

const RESOURCE_GROUP_NAME = matching(
  'resource_group_name',
  /^(?!.*\.$)[-\w._()]{1,90}$/,
  'expected 1 to 90 letters, digits, - _ . ( ), not ending in a period',
);

const IDENTITY_TYPE = allowed('identity.type', ['SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned']);

const identityIdsFitType: Rule = (resource, schema) =>
  select(resource, schema, 'identity').flatMap(({ value, path }) => {
    if (!isFields(value) || typeof value.type !== 'string') return [];
    const wantsIds = value.type.includes('UserAssigned');
    const ids = value.identity_ids ?? null;
    if (wantsIds && (isSet(ids) || (ids !== null && !isList(ids)))) return [];
    if (!wantsIds && !isSet(ids)) return [];
    const detail = wantsIds ? 'UserAssigned needs identity_ids.' : `identity_ids do not go with ${value.type}.`;
    return [{ severity: 'error', summary: 'Invalid identity block', detail, path: [...path, 'type'] }];
  });

const tagsAreShort = each('tags', (tags) => {
  if (!isFields(tags)) return undefined;
  const entries = Object.entries(tags);
  if (entries.length > 50) return `at most 50 tags, got ${entries.length}`;
  const long = entries.find(([name, value]) => name.length > 512 || (typeof value === 'string' && value.length > 256));
  return long === undefined ? undefined : `tag ${long[0]}: names have at most 512 characters, values 256`;
});

function isStringMap(schema: BlockSchema, name: string): boolean {
  const type = schema.attributes[name]?.type;
  return type !== undefined && typeof type !== 'string' && type[0] === 'map';
}
