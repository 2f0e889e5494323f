import { app, type HttpHandler, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import type { DurableClient } from 'durable-functions';
import * as df from 'durable-functions';
import type { Tools } from '../api/route.ts';
import { ROUTES } from '../api/routes/index.ts';
import { makeApi } from '../api/serve.ts';
import { config } from '../config.ts';
import { vendors } from '../connectors/vendors.ts';
import { askEngine } from '../intake/ask-engine.ts';
import { startExposureWith } from '../intake/runs/start-exposure.ts';
import { startPilotWith } from '../intake/runs/start-pilot.ts';
import { startPostureWith } from '../intake/runs/start-posture.ts';
import { startCaseWith } from '../intake/starting/start-case.ts';
import { logOf } from '../log.ts';
import { startSweepWith } from './sweep.ts';

/** Callers are verified in code, so the host asks for no key of its own. */
const authLevel = 'anonymous';

/**
 * The HTTP API: a function for each operation, so that the platform counts, shows and disables them by name, and one for
 * whatever no operation takes, so that this is answered with a problem as well. One router stands behind all.
 */
export function registerHttpApi(): void {
  const api = makeApi(ROUTES);
  const handler: HttpHandler = async (request, context) => {
    const tools = (): Tools => {
      const [client, settings] = [df.getClient(context), config()];
      return {
        ...{ vendors: vendors(), settings, log: logOf(context), now: () => new Date() },
        ...{ start: startCaseWith(client), readRun: readRunWith(client) },
        ...{ startSweep: startSweepWith(client, settings), startPilot: startPilotWith(client) },
        ...{ startPosture: startPostureWith(client), startExposure: startExposureWith(client) },
      };
    };
    return initOf(await api.fetch(requestOf(request), { context, tools }));
  };
  const extraInputs = [df.input.durableClient()];
  for (const { id, method, path } of ROUTES) {
    app.http(id, { route: path.slice(1), methods: [method], authLevel, extraInputs, handler });
  }
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
  app.http('api', { route: 'api/{*path}', methods: [...methods], authLevel, extraInputs, handler });
}

function requestOf({ url, method, headers, body }: HttpRequest): Request {
  const init = {
    method,
    headers: new Headers([...headers]),
    ...(body === null ? {} : { body, duplex: 'half' as const }),
  };
  return new Request(url, init as RequestInit);
}

function initOf({ status, headers, body }: Response): HttpResponseInit {
  return { status, headers: Object.fromEntries(headers), ...(body === null ? {} : { body: body as never }) };
}

/** Progress is a courtesy: a case is shown without it where its instance was purged or does not answer. */
function readRunWith(client: DurableClient): Tools['readRun'] {
  return async (instanceId) => {
    try {
      const { runtimeStatus, customStatus } = await askEngine('asking for an orchestration', () =>
        client.getStatus(instanceId),
      );
      return { runtimeStatus, customStatus };
    } catch {
      return undefined;
    }
  };
}
