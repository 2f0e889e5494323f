import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { callerOf, type TenantCore, type Vendor } from '../core/vendor.ts';
import { append, type EventHubState, type NewEvent } from './state.ts';

/** Audience of tokens for every Event Hubs namespace of the public cloud. */
export const EVENT_HUBS_RESOURCE = 'https://eventhubs.azure.net';
const BATCH = 'application/vnd.microsoft.servicebus.json';
/** Of one request, in the Standard tier. */
const MAX_BYTES = 1_048_576;

const Broker = z.object({ PartitionKey: z.string().max(128).optional() });
const Batch = z.array(
  z.object({
    Body: z.string(),
    UserProperties: z.record(z.string(), z.unknown()).optional(),
    BrokerProperties: Broker.optional(),
  }),
);

/** The sending half of Event Hubs' REST API. It has no other half: receivers speak AMQP, see `receivers.ts`. */
export function makeEventHub(core: TenantCore, state: EventHubState): Vendor {
  const app = new Hono();
  let next = 0;

  const send = async (c: Context): Promise<Response> => {
    const token = await core.tokens.verify(c.req.header('authorization'), EVENT_HUBS_RESOURCE);
    if ('refused' in token) return fault(401, `InvalidIssuer: Token is invalid (${token.refused}).`);
    if (callerOf(core, token.clientId)?.eventHubs.has('send') !== true) {
      return fault(401, "Unauthorized access. 'Send' claim(s) are required to perform this operation.");
    }
    if (c.req.param('hub') !== state.hub) return fault(404, 'The requested entity was not found.');
    const bytes = Buffer.from(await c.req.arrayBuffer());
    if (bytes.length > MAX_BYTES) return fault(413, 'The received message exceeds the size limit.');
    const events = eventsOf(c, bytes);
    if (events === undefined) return fault(400, 'The request body is not a batch of messages.');
    const asked = c.req.param('partition');
    if (asked !== undefined && state.partitions[Number(asked)] === undefined) return fault(404, 'No such partition.');
    for (const [partition, group] of Map.groupBy(events, (event) => Number(asked ?? partitionFor(event)))) {
      append(state, partition, group, core.now());
    }
    return new Response(null, { status: 201 });
  };
  app.post('/:hub/messages', send);
  app.post('/:hub/partitions/:partition/messages', send);

  /** One key is one partition; without a key, each request goes to the next one. */
  function partitionFor({ partitionKey }: NewEvent): number {
    const count = state.partitions.length;
    if (partitionKey === null) return next % count;
    return createHash('sha256').update(partitionKey).digest().readUInt32BE() % count;
  }

  function eventsOf(c: Context, bytes: Buffer): readonly NewEvent[] | undefined {
    next += 1;
    if (!(c.req.header('content-type') ?? '').startsWith(BATCH)) {
      const broker = Broker.safeParse(jsonOf(c.req.header('brokerproperties') ?? '{}'));
      return [{ body: bytes, partitionKey: broker.data?.PartitionKey ?? null, properties: {} }];
    }
    return Batch.safeParse(jsonOf(bytes.toString('utf8'))).data?.map(({ Body, UserProperties, BrokerProperties }) => ({
      body: Buffer.from(Body, 'utf8'),
      partitionKey: BrokerProperties?.PartitionKey ?? null,
      properties: UserProperties ?? {},
    }));
  }

  return {
    name: 'event-hub',
    hosts: ['eventHub'],
    handle: (request) => app.fetch(request),
    snapshot: () => ({ hub: state.hub, partitions: state.partitions.map(({ length }) => length) }),
  };
}

function fault(code: number, detail: string): Response {
  const body = `<Error><Code>${code}</Code><Detail>${detail}</Detail></Error>`;
  return new Response(body, { status: code, headers: { 'content-type': 'application/xml; charset=utf-8' } });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
