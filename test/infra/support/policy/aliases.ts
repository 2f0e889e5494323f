import { UnsupportedPolicy } from './errors.ts';

interface Alias {
  readonly resourceType: string;
  /** Where the value stands in the resource: not simply `properties.` plus the alias's end. */
  readonly path: string;
}

/**
 * The aliases that rules here use, as Azure publishes them (`Get-AzPolicyAlias`), by resource type; transcribed from
 * github.com/maciejporebski/azure-policy-aliases, aliases/<namespace>/<type>.md, of 2026-08-22. A managed identity has
 * no alias: `identity.type` is a field of its own.
 */
const ALIASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Microsoft.App/containerApps': {
    'template.containers[*]': 'properties.template.containers[*]',
    'template.containers[*].env[*]': 'properties.template.containers[*].env[*]',
    'template.containers[*].env[*].name': 'properties.template.containers[*].env[*].name',
    'template.containers[*].env[*].value': 'properties.template.containers[*].env[*].value',
    'template.containers[*].image': 'properties.template.containers[*].image',
    'template.initContainers[*]': 'properties.template.initContainers[*]',
    'template.initContainers[*].env[*]': 'properties.template.initContainers[*].env[*]',
    'template.initContainers[*].env[*].name': 'properties.template.initContainers[*].env[*].name',
    'template.initContainers[*].env[*].value': 'properties.template.initContainers[*].env[*].value',
    'template.initContainers[*].image': 'properties.template.initContainers[*].image',
  },
  'Microsoft.App/jobs': {
    'template.containers[*]': 'properties.template.containers[*]',
    'template.containers[*].env[*]': 'properties.template.containers[*].env[*]',
    'template.containers[*].env[*].name': 'properties.template.containers[*].env[*].name',
    'template.containers[*].env[*].value': 'properties.template.containers[*].env[*].value',
    'template.containers[*].image': 'properties.template.containers[*].image',
    'template.initContainers[*]': 'properties.template.initContainers[*]',
    'template.initContainers[*].env[*]': 'properties.template.initContainers[*].env[*]',
    'template.initContainers[*].env[*].name': 'properties.template.initContainers[*].env[*].name',
    'template.initContainers[*].env[*].value': 'properties.template.initContainers[*].env[*].value',
    'template.initContainers[*].image': 'properties.template.initContainers[*].image',
  },
  'Microsoft.App/sessionPools': {
    'customContainerTemplate.containers[*]': 'properties.customContainerTemplate.containers[*]',
    'customContainerTemplate.containers[*].env[*]': 'properties.customContainerTemplate.containers[*].env[*]',
    'customContainerTemplate.containers[*].env[*].name': 'properties.customContainerTemplate.containers[*].env[*].name',
    'customContainerTemplate.containers[*].env[*].value':
      'properties.customContainerTemplate.containers[*].env[*].value',
    'customContainerTemplate.containers[*].image': 'properties.customContainerTemplate.containers[*].image',
  },
  'Microsoft.Compute/virtualMachineScaleSets': {
    'virtualMachineProfile.storageProfile.imageReference.communityGalleryImageId':
      'properties.virtualMachineProfile.storageProfile.imageReference.communityGalleryImageId',
    'virtualMachineProfile.storageProfile.imageReference.id':
      'properties.virtualMachineProfile.storageProfile.imageReference.id',
    'virtualMachineProfile.storageProfile.imageReference.offer':
      'properties.virtualMachineProfile.storageProfile.imageReference.offer',
    'virtualMachineProfile.storageProfile.imageReference.sharedGalleryImageId':
      'properties.virtualMachineProfile.storageProfile.imageReference.sharedGalleryImageId',
  },
  'Microsoft.Compute/virtualMachines': {
    'storageProfile.imageReference.communityGalleryImageId':
      'properties.storageProfile.imageReference.communityGalleryImageId',
    'storageProfile.imageReference.id': 'properties.storageProfile.imageReference.id',
    'storageProfile.imageReference.offer': 'properties.storageProfile.imageReference.offer',
    'storageProfile.imageReference.sharedGalleryImageId':
      'properties.storageProfile.imageReference.sharedGalleryImageId',
  },
  'Microsoft.ContainerInstance/containerGroupProfiles': {
    'containers[*]': 'properties.containers[*]',
    'containers[*].environmentVariables[*]': 'properties.containers[*].properties.environmentVariables[*]',
    'containers[*].environmentVariables[*].name': 'properties.containers[*].properties.environmentVariables[*].name',
    'containers[*].environmentVariables[*].value': 'properties.containers[*].properties.environmentVariables[*].value',
    'containers[*].image': 'properties.containers[*].properties.image',
    'initContainers[*]': 'properties.initContainers[*]',
    'initContainers[*].environmentVariables[*]': 'properties.initContainers[*].properties.environmentVariables[*]',
    'initContainers[*].environmentVariables[*].name':
      'properties.initContainers[*].properties.environmentVariables[*].name',
    'initContainers[*].environmentVariables[*].value':
      'properties.initContainers[*].properties.environmentVariables[*].value',
    'initContainers[*].image': 'properties.initContainers[*].properties.image',
  },
  'Microsoft.ContainerInstance/containerGroups': {
    'containers[*]': 'properties.containers[*]',
    'containers[*].environmentVariables[*]': 'properties.containers[*].properties.environmentVariables[*]',
    'containers[*].environmentVariables[*].name': 'properties.containers[*].properties.environmentVariables[*].name',
    'containers[*].environmentVariables[*].value': 'properties.containers[*].properties.environmentVariables[*].value',
    'containers[*].image': 'properties.containers[*].properties.image',
    'initContainers[*]': 'properties.initContainers[*]',
    'initContainers[*].environmentVariables[*]': 'properties.initContainers[*].properties.environmentVariables[*]',
    'initContainers[*].environmentVariables[*].name':
      'properties.initContainers[*].properties.environmentVariables[*].name',
    'initContainers[*].environmentVariables[*].value':
      'properties.initContainers[*].properties.environmentVariables[*].value',
    'initContainers[*].image': 'properties.initContainers[*].properties.image',
    'networkProfile.id': 'properties.networkProfile.id',
    'subnetIds[*]': 'properties.subnetIds[*]',
    'subnetIds[*].id': 'properties.subnetIds[*].id',
    'ipAddress.type': 'properties.ipAddress.type',
  },
  'Microsoft.Web/sites': {
    'siteConfig.appSettings[*]': 'properties.siteConfig.appSettings[*]',
    'siteConfig.appSettings[*].name': 'properties.siteConfig.appSettings[*].name',
    'siteConfig.appSettings[*].value': 'properties.siteConfig.appSettings[*].value',
    'siteConfig.linuxFxVersion': 'properties.siteConfig.linuxFxVersion',
    'siteConfig.windowsFxVersion': 'properties.siteConfig.windowsFxVersion',
  },
  'Microsoft.Web/sites/config': {
    'web.appSettings[*]': 'properties.appSettings[*]',
    'web.appSettings[*].name': 'properties.appSettings[*].name',
    'web.appSettings[*].value': 'properties.appSettings[*].value',
    'web.linuxFxVersion': 'properties.linuxFxVersion',
    'web.windowsFxVersion': 'properties.windowsFxVersion',
  },
  'Microsoft.Web/sites/sitecontainers': {
    image: 'properties.image',
  },
  'Microsoft.Web/sites/slots': {
    'siteConfig.appSettings[*]': 'properties.siteConfig.appSettings[*]',
    'siteConfig.appSettings[*].name': 'properties.siteConfig.appSettings[*].name',
    'siteConfig.appSettings[*].value': 'properties.siteConfig.appSettings[*].value',
    'siteConfig.linuxFxVersion': 'properties.siteConfig.linuxFxVersion',
    'siteConfig.windowsFxVersion': 'properties.siteConfig.windowsFxVersion',
  },
  'Microsoft.Web/sites/slots/config': {
    'web.appSettings[*]': 'properties.appSettings[*]',
    'web.appSettings[*].name': 'properties.appSettings[*].name',
    'web.appSettings[*].value': 'properties.appSettings[*].value',
    'web.linuxFxVersion': 'properties.linuxFxVersion',
    'web.windowsFxVersion': 'properties.windowsFxVersion',
  },
  'Microsoft.Web/sites/slots/sitecontainers': {
    image: 'properties.image',
  },
};

const byLowerCase = new Map(
  Object.entries(ALIASES).flatMap(([resourceType, aliases]) =>
    Object.entries(aliases).map(([end, path]): [string, Alias] => [
      `${resourceType}/${end}`.toLowerCase(),
      { resourceType, path },
    ]),
  ),
);

/** An alias by name, in any case. Throws on one that is not in the table: Azure refuses a misspelt alias too. */
export function aliasNamed(name: string): Alias {
  const alias = byLowerCase.get(name.toLowerCase());
  if (alias === undefined) throw new UnsupportedPolicy('no such field or alias in the table', name);
  return alias;
}
