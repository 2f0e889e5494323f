import * as z from 'zod';
import { servePlain } from '../core/server.ts';
import { callerOf, type TenantCore } from '../core/vendor.ts';
import { type EventHubState, eventsAfter } from './state.ts';
import { EVENT_HUBS_RESOURCE } from './vendor.ts';

const Question = z.object({
  after: z.coerce.number().int().min(-1),
  most: z.coerce.number().int().min(1).max(10_000),
  wait: z.coerce.number().int().min(0).max(60_000),
});

/** A running door for receivers. */
export interface Receivers {
  /** `http://127.0.0.1:49153` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * What the local host reads a hub by, in the place of AMQP: partitions, and the events after a sequence number, for
 * which it waits as an AMQP link does. Ours alone, on loopback; the token and the role `receive` are demanded all the
 * same.
 *
 *     GET /{hub}/consumergroups/{group}/partitions
 *     GET /{hub}/consumergroups/{group}/partitions/{id}/events?after=-1&most=100&wait=5000
 */
export async function serveReceivers(core: TenantCore, state: EventHubState): Promise<Receivers> {
  const server = await servePlain(async (request) => {
    const token = await core.tokens.verify(request.headers.get('authorization') ?? undefined, EVENT_HUBS_RESOURCE);
    if ('refused' in token) return Response.json({ message: `Token is invalid (${token.refused}).` }, { status: 401 });
    if (callerOf(core, token.clientId)?.eventHubs.has('receive') !== true) {
      return Response.json({ message: "Unauthorized access. 'Listen' claim(s) are required." }, { status: 401 });
    }
    const url = new URL(request.url);
    const [hub = '', , group = '', , partition, events] = url.pathname.slice(1).split('/').map(decodeURIComponent);
    const ids = state.partitions.map((_, index) => String(index));
    if (hub !== state.hub || !state.consumerGroups.includes(group)) {
      return Response.json({ message: `There is no ${hub} with the consumer group ${group}.` }, { status: 404 });
    }
    if (partition === undefined) return Response.json({ partitions: ids });
    const question = Question.safeParse(Object.fromEntries(url.searchParams));
    if (events !== 'events' || !question.success || !ids.includes(partition)) {
      return Response.json({ message: 'The question is not understood.' }, { status: 400 });
    }
    const { after, most, wait } = question.data;
    const found = await eventsAfter(state, Number(partition), after, { most, waitMs: wait });
    return Response.json({ events: found.map(({ body, ...event }) => ({ ...event, body: body.toString('base64') })) });
  });
  return { url: `http://127.0.0.1:${server.port}`, close: server.close };
}
