import type { RpcLong, RpcTypedData } from '../../core-types.ts';
import type { Invocation } from '../../invoker.ts';
import type { RegisteredFunction } from '../../registry.ts';

/** An event as it reaches a function. */
export interface HubEvent {
  readonly body: Buffer;
  readonly sequenceNumber: number;
  readonly offset: string;
  /** ISO 8601, UTC. */
  readonly enqueuedTimeUtc: string;
  readonly partitionKey: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly systemProperties: Readonly<Record<string, unknown>>;
}

/** Where a batch comes from. */
export interface HubPlace {
  readonly fullyQualifiedNamespace: string;
  readonly eventHubName: string;
  readonly consumerGroup: string;
  readonly partitionId: string;
}

/** The calls that a batch makes: one with all events, or one for each with cardinality `one`. */
export function invocationsOf(
  { trigger }: Pick<RegisteredFunction, 'trigger'>,
  place: HubPlace,
  events: readonly HubEvent[],
): Invocation[] {
  const binary = trigger.dataType === 'binary';
  return trigger.cardinality === 'one'
    ? events.map((event) => one(place, event, binary))
    : [many(place, events, binary)];
}

function one(place: HubPlace, event: HubEvent, binary: boolean): Invocation {
  return {
    trigger: binary ? { bytes: event.body } : { string: event.body.toString('utf8') },
    triggerMetadata: {
      PartitionContext: contextOf(place),
      PartitionKey: json(event.partitionKey),
      Offset: json(event.offset),
      SequenceNumber: json(event.sequenceNumber),
      EnqueuedTimeUtc: json(event.enqueuedTimeUtc),
      Properties: json(event.properties),
      SystemProperties: json(event.systemProperties),
    },
  };
}

function many(place: HubPlace, events: readonly HubEvent[], binary: boolean): Invocation {
  const each = (field: (event: HubEvent) => unknown): RpcTypedData => json(events.map(field));
  return {
    trigger: binary
      ? { collectionBytes: { bytes: events.map(({ body }) => body) } }
      : { collectionString: { string: events.map(({ body }) => body.toString('utf8')) } },
    triggerMetadata: {
      PartitionContext: contextOf(place),
      PartitionKeyArray: each(({ partitionKey }) => partitionKey),
      OffsetArray: each(({ offset }) => offset),
      // The host sends these as 64-bit numbers; all else here as JSON.
      SequenceNumberArray: { collectionSint64: { sint64: events.map(({ sequenceNumber }) => longOf(sequenceNumber)) } },
      EnqueuedTimeUtcArray: each(({ enqueuedTimeUtc }) => enqueuedTimeUtc),
      PropertiesArray: each(({ properties }) => properties),
      SystemPropertiesArray: each(({ systemProperties }) => systemProperties),
    },
  };
}

function contextOf({ fullyQualifiedNamespace, eventHubName, consumerGroup, partitionId }: HubPlace): RpcTypedData {
  return json({
    FullyQualifiedNamespace: fullyQualifiedNamespace,
    EventHubName: eventHubName,
    ConsumerGroup: consumerGroup,
    PartitionId: partitionId,
  });
}

function longOf(value: number): RpcLong {
  return { low: value | 0, high: Math.floor(value / 2 ** 32) | 0, unsigned: false };
}

function json(value: unknown): RpcTypedData {
  return { json: JSON.stringify(value ?? null) };
}
