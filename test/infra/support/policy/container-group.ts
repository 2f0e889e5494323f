import { isArray, isObject, type Json, type JsonObject, property } from './json.ts';

export interface ContainerGroup {
  readonly tags?: Readonly<Record<string, string>>;
  /** `identity.type`; undefined leaves the identity out of the request. */
  readonly identity?: string | undefined;
  /** Undefined leaves the subnets out of the request. */
  readonly subnetIds?: readonly string[] | undefined;
  readonly images?: readonly (string | undefined)[];
  readonly properties?: JsonObject;
}

/** A request to create a container group, as Azure Resource Manager takes it. */
export function containerGroup({
  tags = {},
  identity,
  subnetIds,
  images = [],
  properties,
}: ContainerGroup): JsonObject {
  return {
    type: 'Microsoft.ContainerInstance/containerGroups',
    name: 'aci-under-test',
    tags,
    ...(identity !== undefined && { identity: { type: identity } }),
    properties: {
      osType: 'Linux',
      containers: images.map((image, index) => ({
        name: `container-${index}`,
        properties: { ...(image !== undefined && { image }) },
      })),
      ...(subnetIds !== undefined && { subnetIds: subnetIds.map((id) => ({ id })) }),
      ...properties,
    },
  };
}

/** The request that an `azurerm_container_group` of a Terraform plan becomes, as far as policies look. */
export function containerGroupOfPlan(values: JsonObject): JsonObject {
  const [identity] = list(values.identity);
  const tags = Object.entries(isObject(values.tags) ? values.tags : {});
  return containerGroup({
    tags: Object.fromEntries(tags.map(([name, value]) => [name, String(value)])),
    identity: text(property(identity, 'type')),
    subnetIds: list(values.subnet_ids).map(String),
    properties: {
      containers: list(values.container).map((container) => ({
        name: property(container, 'name') ?? '',
        properties: {
          image: property(container, 'image') ?? '',
          environmentVariables: variables(property(container, 'environment_variables')),
        },
      })),
    },
  });
}

const list = (value: Json | undefined): readonly Json[] => (isArray(value) ? value : []);
const variables = (value: Json | undefined): readonly JsonObject[] =>
  Object.entries(isObject(value) ? value : {}).map(([name, plain]) => ({ name, value: plain }));
const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
