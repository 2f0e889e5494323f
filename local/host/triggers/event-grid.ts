import * as z from 'zod';
import type { HostHandler, HostRequest, HostResponse } from '../http-server.ts';
import { headerOf, jsonResponse, textResponse } from '../http-server.ts';
import type { Invoke } from '../invoker.ts';
import type { Logger } from '../log.ts';
import { messageOf } from '../log.ts';
import type { App, RegisteredFunction } from '../registry.ts';
import { functionNamed } from '../registry.ts';

const PATH = '/runtime/webhooks/eventgrid';

const validation = z.tuple([z.looseObject({ data: z.looseObject({ validationCode: z.string() }) })]);
const events = z.union([z.array(z.looseObject({})), z.looseObject({}).transform((event) => [event])]);

/**
 * The address that an Event Grid subscription with an Azure Function as endpoint delivers to:
 * `POST /runtime/webhooks/EventGrid?functionName=…`. 202 acknowledges; a failed function answers 500, which makes
 * Event Grid, or a tenant that plays it, deliver again.
 */
export function eventGridTriggers(app: App, invoke: Invoke, log: Logger): HostHandler {
  return async (request) => {
    if (request.url.pathname.toLowerCase().replace(/\/$/, '') !== PATH) return undefined;
    const name = request.url.searchParams.get('functionName') ?? '';
    const target = functionNamed(app, name);
    if (target?.triggerType !== 'eventgridtrigger') return textResponse(404, `cannot find function: '${name}'`);
    if (request.method === 'OPTIONS') return allowSender(request);
    if (request.method !== 'POST') return { status: 405 };
    switch (headerOf(request, 'aeg-event-type')?.toLowerCase()) {
      case 'subscriptionvalidation':
        return validateSubscription(request);
      case 'notification':
        return deliver(target, request, invoke, log);
      case 'unsubscribe':
        return { status: 202 };
      default:
        return textResponse(400, 'The header aeg-event-type is missing or unknown.');
    }
  };
}

/** The CloudEvents webhook handshake: https://github.com/cloudevents/spec, http-webhook, section 4. */
function allowSender(request: HostRequest): HostResponse {
  const origin = headerOf(request, 'webhook-request-origin');
  if (origin === undefined) return { status: 400 };
  return { status: 200, headers: { 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*', allow: 'POST' } };
}

/** The handshake of the Event Grid schema: the code comes back to prove that the endpoint wants the events. */
function validateSubscription(request: HostRequest): HostResponse {
  const parsed = validation.safeParse(jsonOf(request));
  if (!parsed.success) return textResponse(400, 'The body is not a SubscriptionValidation event.');
  return jsonResponse(200, { validationResponse: parsed.data[0].data.validationCode });
}

async function deliver(
  target: RegisteredFunction,
  request: HostRequest,
  invoke: Invoke,
  log: Logger,
): Promise<HostResponse> {
  const parsed = events.safeParse(jsonOf(request));
  if (!parsed.success) return textResponse(400, 'The body is neither an event nor a list of events.');
  const outcomes = await Promise.all(
    parsed.data.map((event) =>
      invoke(target, {
        trigger: { json: JSON.stringify(event) },
        triggerMetadata: { data: { json: JSON.stringify(event.data ?? null) } },
      }),
    ),
  );
  const failed = outcomes.filter((outcome) => !outcome.ok);
  for (const { error } of failed) log('error', `Function.${target.name}`, messageOf(error));
  return { status: failed.length === 0 ? 202 : 500 };
}

function jsonOf(request: HostRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    return undefined;
  }
}
