import { UnsupportedPolicy } from './errors.ts';

/**
 * Whether a type supports tags and location, which decides what a definition of mode Indexed looks at; transcribed
 * from `capabilities` in github.com/Azure/azure-policy-linter, src/PolicyLinter.Core/ResourceTypesAndAliases.
 */
const SUPPORTS_TAGS_AND_LOCATION: Readonly<Record<string, boolean>> = {
  'microsoft.app/containerapps': true,
  'microsoft.app/jobs': true,
  'microsoft.app/sessionpools': true,
  'microsoft.containerinstance/containergroupprofiles': true,
  'microsoft.containerinstance/containergroups': true,
  'microsoft.containerinstance/ngroups': true,
  'microsoft.containerservice/managedclusters': true,
  'microsoft.compute/virtualmachines': true,
  'microsoft.compute/virtualmachinescalesets': true,
  'microsoft.web/sites': true,
  'microsoft.web/sites/config': false,
  'microsoft.web/sites/sitecontainers': false,
  'microsoft.web/sites/slots': true,
  'microsoft.web/sites/slots/config': false,
  'microsoft.web/sites/slots/sitecontainers': false,
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
