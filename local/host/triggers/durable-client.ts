import type { RpcTypedData } from '../core-types.ts';
import type { Engine, SignalOutcome } from '../engine/engine.ts';
import type { HostHandler, HostRequest, HostResponse } from '../http-server.ts';
import { headerOf, jsonResponse, textResponse } from '../http-server.ts';
import { filterOf, statusPayload } from './durable-status.ts';

const DURABLE_PATH = '/runtime/webhooks/durabletask';

/** The SDK replaces this word by the instance id. */
const ID_PLACEHOLDER = 'INSTANCEID';

const PAGE_SIZE = 100;

/** The value of a `durableClient` input: where the SDK's DurableClient sends its calls. */
export function durableClientBinding(hostUrl: string, taskHubName: string): RpcTypedData {
  const baseUrl = hostUrl + DURABLE_PATH;
  return {
    string: JSON.stringify({
      taskHubName,
      creationUrls: {
        createNewInstancePostUri: `${baseUrl}/orchestrators/{functionName}[/{instanceId}]`,
        createAndWaitOnNewInstancePostUri: `${baseUrl}/orchestrators/{functionName}[/{instanceId}]?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}`,
      },
      managementUrls: managementUrls(baseUrl, ID_PLACEHOLDER),
      baseUrl,
      requiredQueryStringParameters: '',
      httpBaseUrl: baseUrl,
      rpcBaseUrl: `${baseUrl}/`,
    }),
  };
}

function managementUrls(baseUrl: string, instanceId: string): Record<string, string> {
  const instance = `${baseUrl}/instances/${instanceId}`;
  return {
    id: instanceId,
    statusQueryGetUri: instance,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}`,
    terminatePostUri: `${instance}/terminate?reason={text}`,
    rewindPostUri: `${instance}/rewind?reason={text}`,
    purgeHistoryDeleteUri: instance,
    restartPostUri: `${instance}/restart`,
    suspendPostUri: `${instance}/suspend?reason={text}`,
    resumePostUri: `${instance}/resume?reason={text}`,
  };
}

/** The Durable Task HTTP API, for the SDK's client and for people: docs "HTTP API reference" of Durable Functions. */
export function durableApi(engine: Engine): HostHandler {
  return async (request) => {
    const { pathname } = request.url;
    if (!pathname.toLowerCase().startsWith(`${DURABLE_PATH}/`)) return undefined;
    const [collection = '', id, operation, eventName, ...more] = pathname
      .slice(DURABLE_PATH.length + 1)
      .split('/')
      .filter((part, i) => part !== '' || i === 0)
      .map(decodeURIComponent);
    if (more.length > 0) return { status: 404 };
    switch (collection.toLowerCase()) {
      case 'orchestrators':
        return request.method === 'POST' && id !== undefined ? start(engine, request, id, operation) : { status: 404 };
      case 'instances':
        if (id === undefined) return everyInstance(engine, request);
        if (operation === undefined) return oneInstance(engine, request, id);
        return request.method === 'POST'
          ? operate(engine, request, id, operation.toLowerCase(), eventName)
          : { status: 404 };
      case 'entities':
        return textResponse(501, 'The local host does not support durable entities.');
      default:
        return { status: 404 };
    }
  };
}

function start(engine: Engine, request: HostRequest, name: string, instanceId: string | undefined): HostResponse {
  const input = jsonBody(request);
  if (!input.ok) return jsonResponse(400, { Message: 'Invalid JSON content' });
  const version = request.url.searchParams.get('version');
  const outcome = engine.start({
    name,
    input: input.text,
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(version === null ? {} : { version }),
  });
  switch (outcome.kind) {
    case 'started': {
      const urls = managementUrls(request.url.origin + DURABLE_PATH, outcome.instanceId);
      return jsonResponse(202, urls, { location: urls.statusQueryGetUri ?? '', 'retry-after': '10' });
    }
    case 'exists':
      return jsonResponse(409, {
        Message: `An Orchestration instance with the status ${outcome.status} already exists.`,
      });
    case 'invalid':
      return jsonResponse(400, {
        Message: 'One or more of the arguments submitted is incorrect',
        ExceptionMessage: outcome.reason,
      });
    default:
      return outcome satisfies never;
  }
}

function oneInstance(engine: Engine, request: HostRequest, id: string): HostResponse {
  const instance = engine.instance(id);
  if (instance === undefined) return { status: 404 };
  if (request.method === 'DELETE') return jsonResponse(200, { instancesDeleted: engine.purge([id]) });
  if (request.method !== 'GET') return { status: 404 };
  const query = request.url.searchParams;
  const history = query.get('showHistory') === 'true' ? engine.history(id) : undefined;
  const payload = statusPayload(instance, {
    showInput: query.get('showInput') !== 'false',
    showHistoryOutput: query.get('showHistoryOutput') === 'true',
    history,
  });
  switch (instance.status) {
    case 'Pending':
    case 'Running':
    case 'Suspended':
      return jsonResponse(202, payload, { location: request.url.href, 'retry-after': '5' });
    case 'Failed':
      return jsonResponse(query.get('returnInternalServerErrorOnFailure') === 'true' ? 500 : 200, payload);
    case 'Completed':
    case 'Terminated':
      return jsonResponse(200, payload);
    default:
      return instance.status satisfies never;
  }
}

function everyInstance(engine: Engine, request: HostRequest): HostResponse {
  const query = request.url.searchParams;
  const filter = filterOf(query);
  if (request.method === 'DELETE') {
    if (filter.createdFrom === undefined) {
      return jsonResponse(400, "Please provide value for 'createdTimeFrom' parameter.");
    }
    const { prefix: _, ...purgeable } = filter;
    const instancesDeleted = engine.purge(engine.instances(purgeable).rows.map(({ instanceId }) => instanceId));
    return instancesDeleted === 0 ? { status: 404 } : jsonResponse(200, { instancesDeleted });
  }
  if (request.method !== 'GET') return { status: 404 };
  const limit = Number(query.get('top')) || PAGE_SIZE;
  const afterRow = Number(headerOf(request, 'x-ms-continuation-token') ?? 0) || 0;
  const { rows, lastRow } = engine.instances({ ...filter, limit, afterRow });
  const showInput = query.get('showInput') !== 'false';
  const payload = rows.map((row) => statusPayload(row, { showInput, showHistoryOutput: false, history: undefined }));
  const more: Record<string, string> =
    rows.length === limit && lastRow !== undefined ? { 'x-ms-continuation-token': `${lastRow}` } : {};
  return jsonResponse(200, payload, more);
}

function operate(
  engine: Engine,
  request: HostRequest,
  id: string,
  operation: string,
  eventName: string | undefined,
): HostResponse {
  const reason = request.url.searchParams.get('reason');
  switch (operation) {
    case 'raiseevent': {
      if (eventName === undefined) return { status: 404 };
      if (!/^application\/json\b/i.test(headerOf(request, 'content-type') ?? '')) {
        return jsonResponse(400, { Message: 'Only application/json request content is supported' });
      }
      const data = jsonBody(request);
      if (!data.ok) return jsonResponse(400, { Message: 'Invalid JSON content' });
      return signalled(engine.raiseEvent(id, eventName, data.text));
    }
    case 'terminate':
      return signalled(engine.terminate(id, reason));
    case 'suspend':
      return signalled(engine.suspend(id, reason));
    case 'resume':
      return signalled(engine.resume(id, reason));
    case 'rewind':
    case 'restart':
      return textResponse(501, `The local host does not support ${operation}: start a new instance instead.`);
    default:
      return { status: 404 };
  }
}

function signalled(outcome: SignalOutcome): HostResponse {
  switch (outcome) {
    case 'accepted':
      return { status: 202 };
    case 'gone':
      return { status: 410 };
    case 'unknown':
      return { status: 404 };
    default:
      return outcome satisfies never;
  }
}

/** The body as compact JSON text; null where there is none. */
function jsonBody(request: HostRequest): { readonly ok: true; readonly text: string | null } | { readonly ok: false } {
  const text = request.body.toString('utf8');
  if (text.trim() === '') return { ok: true, text: null };
  try {
    const compact = JSON.stringify(JSON.parse(text));
    return { ok: true, text: compact === 'null' ? null : compact };
  } catch {
    return { ok: false };
  }
}
