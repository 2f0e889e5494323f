import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProviderSchema, ResourceSchema } from '../../test/infra/support/provider/provider-schema.ts';
import { readBinding } from './read-binding.ts';

/**
 * Rebuilds a provider's schema from its published CDK bindings (an unpacked npm package): nobody publishes
 * `terraform providers schema -json`, and the registry's provider cannot be run everywhere.
 * Lost in the bindings: deprecated, sensitive, defaults, ConflictsWith, allowed values, and whether a plain
 * attribute is computed when it is not set.
 */
export function extractBindings(directory: string, source: string, origin: string): ProviderSchema {
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { version } = ((manifest.cdktn ?? manifest.cdktf) as { provider: { version: string } }).provider;
  let provider: ResourceSchema = { version: 0, block: { attributes: {}, block_types: {} } };
  const resources: Record<string, ResourceSchema> = {};
  const dataSources: Record<string, ResourceSchema> = {};
  for (const folder of readdirSync(join(directory, 'lib'))) {
    const file = join(directory, 'lib', folder, 'index.js');
    const binding = existsSync(file) ? readBinding(readFileSync(file, 'utf8')) : undefined;
    if (binding === undefined) continue;
    const schema: ResourceSchema = { version: 0, block: binding.block };
    if (binding.kind === 'Provider') provider = schema;
    else if (binding.kind === 'Resource') resources[binding.type] = schema;
    else dataSources[binding.type] = schema;
  }
  return {
    source,
    version,
    origin,
    schema: { provider, resource_schemas: resources, data_source_schemas: dataSources },
  };
}
