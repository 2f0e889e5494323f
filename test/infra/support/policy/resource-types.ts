import { UnsupportedPolicy } from './errors.ts';

/**
 * Whether a type supports tags and location, which decides what a definition of mode Indexed looks at; transcribed
 * from `capabilities` in github.com/Azure/azure-policy-linter, src/PolicyLinter.Core/ResourceTypesAndAliases.
 */
const SUPPORTS_TAGS_AND_LOCATION: Readonly<Record<string, boolean>> = {
  'microsoft.containerinstance/containergroups': true,
  'microsoft.web/sites': true,
  'microsoft.compute/virtualmachines': true,
  'microsoft.resources/subscriptions/resourcegroups': false,
};

/** Whether a definition of this mode looks at resources of this type. */
export function looksAt(mode: string, type: string): boolean {
  if (mode.toLowerCase() === 'all') return true;
  const indexed = SUPPORTS_TAGS_AND_LOCATION[type.toLowerCase()];
  if (mode.toLowerCase() !== 'indexed' || indexed === undefined) {
    throw new UnsupportedPolicy(`mode ${mode} on a type of which nothing is known here`, type);
  }
  return indexed;
}
