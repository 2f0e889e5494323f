import type { ContainerGroup } from '../../../../connectors/arm/container-groups.ts';
import type { Backend, ListedNamedValue } from '../../../../connectors/gateway/objects.ts';
import type { Policy } from '../../../../connectors/gateway/policies.ts';
import { shellWord } from '../../../../shapes/shell-word.ts';
import { portalUrl } from '../../../azure-portal.ts';
import type { TokenPlace } from '../tokens/token-place.ts';

/** A text in the platform, and the place in which a token in it would stand. */
export interface PlatformText {
  readonly place: TokenPlace;
  readonly text: string;
  /** Of the variable, whose name may say what its value is. */
  readonly name?: string;
}

/** The gateway, and the directory in whose portal it is found. */
interface Service {
  readonly serviceId: string;
  readonly tenantId: string;
}

/** What every place of the gateway has: the portal has no link to a part of the service. */
function placed(type: string, { id, name }: { readonly id: string; readonly name: string }, at: Service) {
  const url = portalUrl(at.tenantId, at.serviceId);
  return {
    resource: { system: 'gateway', type, id, name, url },
    id,
    usedBy: 'Whoever calls through the gateway with it',
  } as const;
}

/** `--resource-group rg --service-name apim`, as the commands of API Management want it. */
function serviceOf(serviceId: string): string {
  const [, , , , group = '', , , , name = ''] = serviceId.split('/');
  return `--resource-group ${shellWord(group)} --service-name ${shellWord(name)}`;
}

/** A named value; of one that is secret the name alone is known. */
export function namedValueText({ id, name, label, value }: ListedNamedValue, at: Service): PlatformText {
  const command = `az apim nv update ${serviceOf(at.serviceId)} --named-value-id ${shellWord(name)} --secret true --value …`;
  return {
    text: value ?? '',
    name: label,
    place: {
      kind: 'token-in-named-value',
      ...placed('namedValue', { id, name: label }, at),
      words: `named value ${label} of the gateway`,
      whose: { variable: label, container: { what: 'named value', names: [] } },
      status: 'manual-action',
      cleanUp: `Put a secret of a service in its place, better by a reference to a vault: ${command}; policies that use it take the new value at once.`,
    },
  };
}

/** Everything with which the gateway signs in at a backend, a place for each header and parameter. */
export function backendTexts({ id, name, title, credentials }: Backend, at: Service): PlatformText[] {
  const command = `az apim backend update ${serviceOf(at.serviceId)} --backend-id ${shellWord(name)}`;
  return credentials.map(({ name: variable, text }) => ({
    text,
    name: variable,
    place: {
      kind: 'token-in-backend',
      ...placed('backend', { id, name }, at),
      id: `${id}#${variable}`,
      words: `${variable} of backend ${name} of the gateway`,
      whose: { variable, container: { what: 'backend', names: title === undefined ? [name] : [name, title] } },
      status: 'manual-action',
      cleanUp: `Have the backend sign in as a service, with a secret named value: under Backends, or ${command}, and in the code that deploys it.`,
    },
  }));
}

/** A policy as it is written. */
export function policyText({ id, of, names, text }: Policy, at: Service): PlatformText {
  return {
    text,
    place: {
      kind: 'token-in-policy',
      ...placed('policy', { id, name: of }, at),
      words: `the policy of ${of} of the gateway`,
      whose: { container: { what: 'policy', names } },
      status: 'needs-code-change',
      cleanUp:
        'Put a secret named value in its place, in the code that deploys the policy and under APIs, Policies; ' +
        `az rest --method get --url "https://management.azure.com${id}?api-version=2024-05-01&format=rawxml" shows it as it stands.`,
    },
  };
}

/** The environment of a group's containers, their commands, and the addresses that volumes are cloned from. */
export function containerTexts(
  { id, name, containers, repositories }: ContainerGroup,
  tenantId: string,
): PlatformText[] {
  const [, , , , group = ''] = id.split('/');
  const there = `--resource-group ${shellWord(group)} --name ${shellWord(name)}`;
  const common = {
    kind: 'token-in-container',
    resource: { system: 'azure', type: 'containerGroup', id, name, url: portalUrl(tenantId, id, 'containers') },
    usedBy: 'The server that runs with it',
    status: 'manual-action',
    cleanUp:
      'Put a secure value with a credential of a service in its place, in the code that deploys the group, and deploy it ' +
      `anew (az container export ${there} --file group.yaml, change it, az container create --resource-group ${shellWord(group)} --file group.yaml): ` +
      'the group is made again, and its servers stop meanwhile.',
  } as const;
  return [
    ...containers.flatMap((container): PlatformText[] => [
      ...container.variables.map(
        (variable): PlatformText => ({
          text: variable.value ?? '',
          name: variable.name,
          place: {
            ...common,
            id: `${id}/${container.name}#${variable.name}`,
            words: `variable ${variable.name} of container ${container.name} in group ${name}`,
            whose: { variable: variable.name, container: { what: 'container', names: [container.name, name] } },
          },
        }),
      ),
      {
        text: container.command.join('\n'),
        place: {
          ...common,
          id: `${id}/${container.name}`,
          words: `the command of container ${container.name} in group ${name}`,
          whose: { container: { what: 'container', names: [container.name, name] } },
        },
      },
    ]),
    {
      text: repositories.join('\n'),
      place: {
        ...common,
        id: `${id}#volumes`,
        words: `the volumes of container group ${name}`,
        whose: { container: { what: 'container group', names: [name] } },
      },
    },
  ];
}
