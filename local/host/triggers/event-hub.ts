import * as z from 'zod';
import type { RpcTypedData } from '../core-types.ts';
import type { HostHandler } from '../http-server.ts';
import { jsonResponse, textResponse } from '../http-server.ts';
import type { Invocation, Invoke } from '../invoker.ts';
import type { Logger } from '../log.ts';
import { messageOf } from '../log.ts';
import type { App } from '../registry.ts';
import { functionNamed } from '../registry.ts';

const PATH = /^\/runtime\/webhooks\/eventhub\/([^/]+)\/?$/i;

const envelope = z.strictObject({
  body: z.unknown(),
  properties: z.record(z.string(), z.unknown()).default({}),
  systemProperties: z.record(z.string(), z.unknown()).default({}),
  partitionKey: z.string().nullable().default(null),
});

interface HubEvent extends z.infer<typeof envelope> {
  readonly sequenceNumber: number;
  readonly enqueuedTimeUtc: string;
}

/**
 * Local delivery in the place of an Event Hub, which speaks AMQP: `POST /runtime/webhooks/eventhub/{function}` with
 * a JSON list of bodies, or with `?envelope=true` of `{ body, properties, systemProperties, partitionKey }`.
 * 202 once the function has taken them; 500 where it failed, although a real hub would go on to the next batch.
 */
export function eventHubTriggers(app: App, now: () => number, invoke: Invoke, log: Logger): HostHandler {
  let sequence = 0;
  return async (request) => {
    const [, name] = PATH.exec(request.url.pathname) ?? [];
    if (name === undefined) return undefined;
    const target = functionNamed(app, decodeURIComponent(name));
    if (target?.triggerType !== 'eventhubtrigger') return textResponse(404, `cannot find function: '${name}'`);
    if (request.method !== 'POST') return { status: 405 };
    const wrapped = request.url.searchParams.get('envelope') === 'true';
    const parsed = z.array(wrapped ? envelope : z.unknown().transform(bare)).safeParse(jsonOf(request.body));
    if (!parsed.success) return jsonResponse(400, { Message: 'The body is not a list of events.' });
    const enqueuedTimeUtc = new Date(now()).toISOString();
    const events = parsed.data.map((event): HubEvent => ({ ...event, sequenceNumber: sequence++, enqueuedTimeUtc }));
    const batches = target.trigger.cardinality === 'one' ? events.map((event) => one(event)) : [many(events)];
    for (const batch of events.length === 0 ? [] : batches) {
      const outcome = await invoke(target, batch);
      if (!outcome.ok) {
        log('error', `Function.${target.name}`, messageOf(outcome.error));
        return jsonResponse(500, { Message: messageOf(outcome.error) });
      }
    }
    return { status: 202 };
  };
}

function bare(body: unknown): z.infer<typeof envelope> {
  return { body, properties: {}, systemProperties: {}, partitionKey: null };
}

function one(event: HubEvent): Invocation {
  return {
    trigger: json(event.body),
    triggerMetadata: {
      PartitionContext: json({ PartitionId: '0' }),
      PartitionKey: json(event.partitionKey),
      Offset: json(`${event.sequenceNumber}`),
      SequenceNumber: json(event.sequenceNumber),
      EnqueuedTimeUtc: json(event.enqueuedTimeUtc),
      Properties: json(event.properties),
      SystemProperties: json(event.systemProperties),
    },
  };
}

function many(events: readonly HubEvent[]): Invocation {
  const each = (field: (event: HubEvent) => unknown): RpcTypedData => json(events.map(field));
  return {
    trigger: each(({ body }) => body),
    triggerMetadata: {
      PartitionContext: json({ PartitionId: '0' }),
      PartitionKeyArray: each(({ partitionKey }) => partitionKey),
      OffsetArray: each(({ sequenceNumber }) => `${sequenceNumber}`),
      SequenceNumberArray: each(({ sequenceNumber }) => sequenceNumber),
      EnqueuedTimeUtcArray: each(({ enqueuedTimeUtc }) => enqueuedTimeUtc),
      PropertiesArray: each(({ properties }) => properties),
      SystemPropertiesArray: each(({ systemProperties }) => systemProperties),
    },
  };
}

function json(value: unknown): RpcTypedData {
  return { json: JSON.stringify(value ?? null) };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
