import type { ProviderSchema } from '../../test/infra/support/provider/provider-schema.ts';

/**
 * What the bindings say wrongly of a provider's own configuration: they add `alias`, which to Terraform is a
 * meta-argument, and azurerm takes exactly one `features` block and refuses to work without it.
 */
export function correctSchema(full: ProviderSchema): ProviderSchema {
  const { provider } = full.schema;
  const { alias: _alias, ...attributes } = provider.block.attributes;
  const { features } = provider.block.block_types;
  const block_types = {
    ...provider.block.block_types,
    ...(features === undefined ? {} : { features: { ...features, min_items: 1, max_items: 1 } }),
  };
  return { ...full, schema: { ...full.schema, provider: { ...provider, block: { attributes, block_types } } } };
}
