import { readFileSync } from 'node:fs';
import type { ProviderSchema } from './provider-schema.ts';

/** The committed subset of each provider's schema. */
export function readSchemas(): readonly ProviderSchema[] {
  return ['azurerm', 'azuread', 'azapi'].map(
    (name) =>
      JSON.parse(readFileSync(new URL(`../../schemas/${name}.json`, import.meta.url), 'utf8')) as ProviderSchema,
  );
}
