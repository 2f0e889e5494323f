import * as z from 'zod';
import type { HostHandler } from '../../http-server.ts';
import { jsonResponse, textResponse } from '../../http-server.ts';
import type { Invoke } from '../../invoker.ts';
import type { Logger } from '../../log.ts';
import { messageOf } from '../../log.ts';
import type { App } from '../../registry.ts';
import { functionNamed } from '../../registry.ts';
import type { HubEvent } from './event-hub-invocation.ts';
import { invocationsOf } from './event-hub-invocation.ts';

const PATH = /^\/runtime\/webhooks\/eventhub\/([^/]+)\/?$/i;

const envelope = z.strictObject({
  body: z.unknown(),
  properties: z.record(z.string(), z.unknown()).default({}),
  systemProperties: z.record(z.string(), z.unknown()).default({}),
  partitionKey: z.string().nullable().default(null),
});

/**
 * Delivery by hand in the place of an event hub: `POST /runtime/webhooks/eventhub/{function}` with
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
    const events = parsed.data.map((event): HubEvent => {
      const body = Buffer.from(typeof event.body === 'string' ? event.body : (JSON.stringify(event.body) ?? ''));
      return { ...event, body, sequenceNumber: sequence, offset: `${sequence++}`, enqueuedTimeUtc };
    });
    for (const batch of events.length === 0 ? [] : invocationsOf(target, HERE, events)) {
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

const HERE = {
  fullyQualifiedNamespace: 'localhost',
  eventHubName: 'posted-by-hand',
  consumerGroup: '$Default',
  partitionId: '0',
} as const;

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
