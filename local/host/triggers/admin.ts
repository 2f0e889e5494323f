import type { RpcTypedData } from '../core-types.ts';
import type { Engine } from '../engine/engine.ts';
import type { HostHandler } from '../http-server.ts';
import { jsonResponse } from '../http-server.ts';
import type { Invoke } from '../invoker.ts';
import type { Logger } from '../log.ts';
import { messageOf } from '../log.ts';
import type { App, RegisteredFunction } from '../registry.ts';
import { functionNamed } from '../registry.ts';

/**
 * `POST /admin/functions/{name}` with `{ "input": … }` runs a function that is not HTTP by hand, as the Functions
 * host does: 202 at once. `?wait=true` is ours: the answer then comes after the function, 200 or 500.
 * `GET /admin/local/instances/{id}/size` is ours too: bytes of durable history, sub-orchestrations included.
 */
export function adminApi(app: App, engine: Engine, invoke: Invoke, log: Logger): HostHandler {
  return async ({ method, url, body }) => {
    const [admin, area, ...rest] = url.pathname.split('/').slice(1).map(decodeURIComponent);
    if (admin?.toLowerCase() !== 'admin') return undefined;
    if (area === 'host' && rest[0] === 'status') return jsonResponse(200, { state: 'Running' });
    if (area === 'local' && rest[0] === 'instances' && rest[2] === 'size') {
      const size = engine.size(rest[1] ?? '');
      return size === undefined ? { status: 404 } : jsonResponse(200, size);
    }
    if (area !== 'functions') return { status: 404 };
    if (method === 'GET' && rest.length === 0) {
      return jsonResponse(
        200,
        [...app.functions.values()].map(({ name, trigger }) => ({ name, trigger })),
      );
    }
    const target = functionNamed(app, rest[0] ?? '');
    if (method !== 'POST' || target === undefined) return { status: 404 };
    const trigger = triggerOf(target, inputOf(body));
    if (trigger === undefined) {
      return jsonResponse(400, { Message: `A function with a ${target.trigger.type} cannot be run by hand.` });
    }
    const run = invoke(target, { trigger }).then((outcome) => {
      if (!outcome.ok) log('error', `Function.${target.name}`, messageOf(outcome.error));
      return outcome;
    });
    if (url.searchParams.get('wait') !== 'true') return { status: 202 };
    const outcome = await run;
    return outcome.ok ? { status: 200 } : jsonResponse(500, { Message: messageOf(outcome.error) });
  };
}

function inputOf(body: Buffer): string {
  if (body.length === 0) return '';
  const { input } = JSON.parse(body.toString('utf8')) as { input?: unknown };
  return typeof input === 'string' ? input : JSON.stringify(input ?? '');
}

function triggerOf(target: RegisteredFunction, input: string): RpcTypedData | undefined {
  switch (target.triggerType) {
    case 'timertrigger':
      return { json: JSON.stringify({ Schedule: { AdjustForDST: true }, ScheduleStatus: null, IsPastDue: false }) };
    case 'httptrigger':
    case 'orchestrationtrigger':
    case 'entitytrigger':
      return undefined;
    default:
      return { string: input };
  }
}
