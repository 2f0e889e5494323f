import * as z from 'zod';
import { withSettings } from '../../host-settings.ts';
import type { RegisteredFunction } from '../../registry.ts';
import { credentialOf } from '../queue-connection.ts';
import type { HubEvent, HubPlace } from './event-hub-invocation.ts';

const Partitions = z.object({ partitions: z.array(z.string()) });
const Events = z.object({
  events: z.array(
    z.object({
      sequenceNumber: z.int(),
      offset: z.string(),
      enqueuedAt: z.string(),
      partitionKey: z.string().nullable(),
      properties: z.record(z.string(), z.unknown()),
      body: z.base64().transform((text) => Buffer.from(text, 'base64')),
    }),
  ),
});

/** A hub that can be received from. */
export interface HubConnection {
  readonly place: Omit<HubPlace, 'partitionId'>;
  partitions(signal: AbortSignal): Promise<readonly string[]>;
  /** Events after a sequence number; waits some seconds where there is none yet. */
  receive(partition: string, after: number, most: number, signal: AbortSignal): Promise<readonly HubEvent[]>;
}

const SCOPE = 'https://eventhubs.azure.net/.default';
const WAIT_MS = 10_000;

/**
 * The hub behind a trigger's connection, with its identity. Event Hubs speaks AMQP, this reads from the simulated
 * tenant's loopback door instead, whose address is the setting `LOCAL_EVENT_HUBS`; undefined where that is not set.
 */
export function eventHubConnection(
  { trigger }: RegisteredFunction,
  settings: Readonly<Record<string, string | undefined>>,
): HubConnection | undefined {
  const door = settings.LOCAL_EVENT_HUBS;
  if (door === undefined || door === '') return undefined;
  const connection = String(trigger.connection);
  const namespace = settings[`${connection}__fullyQualifiedNamespace`];
  if (namespace === undefined) {
    throw new Error(`The connection "${connection}" is not set: give ${connection}__fullyQualifiedNamespace.`);
  }
  const eventHubName = withSettings(String(trigger.eventHubName), settings);
  const consumerGroup = withSettings(String(trigger.consumerGroup ?? '$Default'), settings);
  const credential = credentialOf(connection, settings);
  const base = `${door}/${encodeURIComponent(eventHubName)}/consumergroups/${encodeURIComponent(consumerGroup)}/partitions`;

  const get = async <T>(path: string, shape: z.ZodType<T>, signal: AbortSignal): Promise<T> => {
    const token = await credential.getToken(SCOPE, { abortSignal: signal });
    if (token === null) throw new Error(`The identity of ${connection} gets no token.`);
    const response = await fetch(base + path, { headers: { authorization: `Bearer ${token.token}` }, signal });
    if (!response.ok) throw new Error(`The hub answered ${response.status}: ${await response.text()}`);
    return shape.parse(await response.json());
  };

  return {
    place: { fullyQualifiedNamespace: namespace, eventHubName, consumerGroup },
    partitions: async (signal) => (await get('', Partitions, signal)).partitions,
    receive: async (partition, after, most, signal) => {
      const query = `/${partition}/events?after=${after}&most=${most}&wait=${WAIT_MS}`;
      const { events } = await get(query, Events, signal);
      return events.map(({ enqueuedAt, ...event }) => ({
        ...event,
        enqueuedTimeUtc: enqueuedAt,
        systemProperties: {},
      }));
    },
  };
}
