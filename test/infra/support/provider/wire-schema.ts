import type { AttributeSchema, BlockSchema, ProviderSchema, ResourceSchema } from './provider-schema.ts';

/** The answer to GetProviderSchema. */
export function toWireSchema({ schema }: ProviderSchema): object {
  return {
    provider: resource(schema.provider),
    resource_schemas: mapValues(schema.resource_schemas, resource),
    data_source_schemas: mapValues(schema.data_source_schemas, resource),
    server_capabilities: { get_provider_schema_optional: true },
  };
}

function resource({ version, block }: ResourceSchema): object {
  return { version, block: toBlock(block) };
}

function toBlock({ attributes, block_types }: BlockSchema): object {
  return {
    attributes: Object.entries(attributes).map(([name, attribute]) => toAttribute(name, attribute)),
    block_types: Object.entries(block_types).map(([type_name, { block, nesting_mode, min_items, max_items }]) => ({
      type_name,
      block: toBlock(block),
      nesting: nesting_mode.toUpperCase(),
      min_items: min_items ?? 0,
      max_items: max_items ?? 0,
    })),
  };
}

function toAttribute(name: string, { type, ...flags }: AttributeSchema): object {
  return { name, type: Buffer.from(JSON.stringify(type)), ...flags };
}

function mapValues<In, Out>(record: Readonly<Record<string, In>>, map: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
