import type { AttributeSchema, BlockSchema } from './provider-schema.ts';
import { type Fields, isFields, isList, UNKNOWN, type Value } from './wire-value.ts';

export interface Unset {
  readonly attribute: AttributeSchema;
  readonly name: string;
  /** Where in the resource, with list indices: `['identity', 0, 'principal_id']`. */
  readonly path: readonly (string | number)[];
  /** The values of the block that holds the attribute. */
  readonly block: Fields;
  /** The values of the whole resource. */
  readonly resource: Fields;
}

/**
 * Gives every computed attribute that has no value yet what `make` says: unknown in a plan, something of
 * the right type after an apply. This is the provider's part in both; all else is the configuration's.
 */
export function fillComputed(schema: BlockSchema, resource: Fields, make: (unset: Unset) => Value): Fields {
  return fillBlock(schema, resource, [], resource, make);
}

function fillBlock(
  schema: BlockSchema,
  block: Fields,
  path: readonly (string | number)[],
  resource: Fields,
  make: (unset: Unset) => Value,
): Fields {
  const filled: Record<string, Value> = { ...block };
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    const value = filled[name] ?? null;
    // A write-only argument reaches the provider in the configuration and may never stand in a plan or state.
    if (attribute.write_only) filled[name] = null;
    else if (attribute.computed && (value === null || value === UNKNOWN))
      filled[name] = make({ attribute, name, path: [...path, name], block, resource });
  }
  for (const [name, nested] of Object.entries(schema.block_types)) {
    const value = filled[name] ?? null;
    const fill = (item: Value, at: readonly (string | number)[]): Value =>
      isFields(item) ? fillBlock(nested.block, item, at, resource, make) : item;
    if (isList(value)) filled[name] = value.map((item, index) => fill(item, [...path, name, index]));
    else if (nested.nesting_mode === 'single') filled[name] = fill(value, [...path, name]);
  }
  return filled;
}
