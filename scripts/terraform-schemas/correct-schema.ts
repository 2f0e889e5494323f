import type { ProviderSchema } from '../../test/infra/support/provider/provider-schema.ts';

/** What the bindings say wrongly: azurerm takes exactly one `features` block and refuses to work without it. */
export function correctSchema(full: ProviderSchema): ProviderSchema {
  const { provider } = full.schema;
  const features = provider.block.block_types.features;
  if (features === undefined) return full;
  const block_types = { ...provider.block.block_types, features: { ...features, min_items: 1, max_items: 1 } };
  return { ...full, schema: { ...full.schema, provider: { ...provider, block: { ...provider.block, block_types } } } };
}
