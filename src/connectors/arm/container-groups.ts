import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { ArmSettings } from '../settings.ts';
import { readList } from './read-list.ts';
import { unseenIn } from './unseen.ts';

const Container = z.object({
  name: z.string(),
  properties: z.object({
    command: z.array(z.string()).nullish(),
    // A secure value is never told; its name is.
    environmentVariables: z.array(z.object({ name: z.string(), value: z.string().nullish() })).nullish(),
  }),
});
const Group = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    containers: z.array(Container).nullish(),
    initContainers: z.array(Container).nullish(),
    volumes: z.array(z.object({ name: z.string(), gitRepo: z.object({ repository: z.string() }).nullish() })).nullish(),
  }),
});

/** A group of containers, as far as credentials may stand in it. */
export interface ContainerGroup {
  readonly id: string;
  readonly name: string;
  readonly containers: readonly {
    readonly name: string;
    readonly command: readonly string[];
    /** `value` is absent where it is secure. */
    readonly variables: readonly { readonly name: string; readonly value?: string }[];
  }[];
  /** Addresses that volumes are cloned from. */
  readonly repositories: readonly string[];
}

const READ = 'Microsoft.ContainerInstance/containerGroups/read';

/**
 * Every container group of a subscription: MCP servers run in them.
 * Source: learn.microsoft.com/rest/api/container-instances/container-groups/list
 */
export async function listContainerGroups(
  settings: ArmSettings,
  subscriptionId: string,
): Promise<Listing<ContainerGroup>> {
  const [listed, unseen] = await Promise.all([
    readList(settings, {
      what: `list the container groups of subscription ${subscriptionId}`,
      action: READ,
      identity: 'reader',
      path: `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerInstance/containerGroups`,
      apiVersion: '2023-05-01',
      shape: Group,
    }),
    unseenIn(settings, subscriptionId, READ, 'container groups'),
  ]);
  const failure = listed.failure ?? unseen;
  const items = listed.items.map(({ id, name, properties: { containers, initContainers, volumes } }) => ({
    id,
    name,
    containers: [...(containers ?? []), ...(initContainers ?? [])].map((container) => ({
      name: container.name,
      command: container.properties.command ?? [],
      variables: (container.properties.environmentVariables ?? []).map((variable) => ({
        name: variable.name,
        ...(typeof variable.value === 'string' ? { value: variable.value } : {}),
      })),
    })),
    repositories: (volumes ?? []).flatMap(({ gitRepo }) => gitRepo?.repository ?? []),
  }));
  return { items, ...(failure === undefined ? {} : { failure }) };
}
