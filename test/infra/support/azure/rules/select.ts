import type { BlockSchema, CtyType } from '../../provider/provider-schema.ts';
import { type Fields, isFields, isList, UNKNOWN, type Value } from '../../provider/wire-value.ts';

/** A place in a resource: what stands there, and how Terraform finds its line. */
export interface Site {
  readonly value: Value;
  readonly path: readonly (string | number)[];
}

type Shape = { readonly block: BlockSchema } | { readonly type: CtyType };

/** Every place of `select` that is set, also where the value is not known yet. */
export function selectSet(resource: Fields, schema: BlockSchema, selector: string): readonly Site[] {
  return walk(resource, schema, selector, true);
}

/**
 * Every value at `container.ports.port`: each name is an attribute or a block, and every element of a list or set on
 * the way is taken. What is unknown or unset yields nothing. Throws when the schema has no such name, so that
 * a rule for something that does not exist cannot pass unnoticed.
 */
export function select(resource: Fields, schema: BlockSchema, selector: string): readonly Site[] {
  return walk(resource, schema, selector, false);
}

function walk(resource: Fields, schema: BlockSchema, selector: string, withUnknown: boolean): readonly Site[] {
  let sites: readonly (Site & { readonly exact: boolean })[] = [{ value: resource, path: [], exact: true }];
  let shape: Shape = { block: schema };
  for (const name of selector === '' ? [] : selector.split('.')) {
    const inner: { readonly shape: Shape; readonly ordered: boolean } = member(shape, name, selector);
    shape = inner.shape;
    sites = sites.flatMap((site) => {
      const value = isFields(site.value) ? site.value[name] : undefined;
      if (value === undefined || value === null || (value === UNKNOWN && !withUnknown)) return [];
      const path = site.exact ? [...site.path, name] : site.path;
      if (!isList(value)) return [{ value, path, exact: site.exact }];
      // An element of a set has no index by which Terraform would find it; its set has to do.
      return value.flatMap((item, index) =>
        item === null || (item === UNKNOWN && !withUnknown)
          ? []
          : [
              {
                value: item,
                path: inner.ordered && site.exact ? [...path, index] : path,
                exact: site.exact && inner.ordered,
              },
            ],
      );
    });
  }
  return sites;
}

function member(shape: Shape, name: string, selector: string): { readonly shape: Shape; readonly ordered: boolean } {
  const missing = (): Error => new Error(`a rule names ${selector}, but the schema has no ${name} there`);
  if ('type' in shape) {
    const object = typeof shape.type !== 'string' && shape.type[0] === 'object' ? shape.type[1] : undefined;
    const type = object?.[name];
    if (type === undefined) throw missing();
    return unwrapped(type);
  }
  const attribute = shape.block.attributes[name];
  if (attribute !== undefined) return unwrapped(attribute.type);
  const nested = shape.block.block_types[name];
  if (nested === undefined) throw missing();
  return { shape: { block: nested.block }, ordered: nested.nesting_mode !== 'set' };
}

function unwrapped(type: CtyType): { readonly shape: Shape; readonly ordered: boolean } {
  if (typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set'))
    return { shape: { type: type[1] }, ordered: type[0] === 'list' };
  return { shape: { type }, ordered: true };
}
