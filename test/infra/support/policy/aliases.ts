import { UnsupportedPolicy } from './errors.ts';

interface Alias {
  readonly resourceType: string;
  /** Where the value stands in the resource: not simply `properties.` plus the alias's end. */
  readonly path: string;
}

const CONTAINER_GROUPS = 'Microsoft.ContainerInstance/containerGroups';

/**
 * The aliases that rules here use, as Azure publishes them (`Get-AzPolicyAlias`); transcribed from
 * github.com/Azure/azure-policy-linter,
 * src/PolicyLinter.Core/ResourceTypesAndAliases/Microsoft.ContainerInstance.aliases.json (`defaultPath`).
 * A managed identity has no alias: `identity.type` is a field of its own.
 */
const ALIASES: Readonly<Record<string, Alias>> = {
  [`${CONTAINER_GROUPS}/subnetIds[*]`]: { resourceType: CONTAINER_GROUPS, path: 'properties.subnetIds[*]' },
  [`${CONTAINER_GROUPS}/subnetIds[*].id`]: { resourceType: CONTAINER_GROUPS, path: 'properties.subnetIds[*].id' },
  [`${CONTAINER_GROUPS}/containers[*]`]: { resourceType: CONTAINER_GROUPS, path: 'properties.containers[*]' },
  [`${CONTAINER_GROUPS}/containers[*].image`]: {
    resourceType: CONTAINER_GROUPS,
    path: 'properties.containers[*].properties.image',
  },
  [`${CONTAINER_GROUPS}/containers[*].environmentVariables[*]`]: {
    resourceType: CONTAINER_GROUPS,
    path: 'properties.containers[*].properties.environmentVariables[*]',
  },
  [`${CONTAINER_GROUPS}/containers[*].environmentVariables[*].name`]: {
    resourceType: CONTAINER_GROUPS,
    path: 'properties.containers[*].properties.environmentVariables[*].name',
  },
  [`${CONTAINER_GROUPS}/ipAddress.type`]: { resourceType: CONTAINER_GROUPS, path: 'properties.ipAddress.type' },
};

const byLowerCase = new Map(Object.entries(ALIASES).map(([name, alias]) => [name.toLowerCase(), alias]));

/** An alias by name, in any case. Throws on one that is not in the table: Azure refuses a misspelt alias too. */
export function aliasNamed(name: string): Alias {
  const alias = byLowerCase.get(name.toLowerCase());
  if (alias === undefined) throw new UnsupportedPolicy('no such field or alias in the table', name);
  return alias;
}
