import type { Tools } from '../../../src/api/route.ts';
import { ROUTES } from '../../../src/api/routes/index.ts';
import { makeApi } from '../../../src/api/serve.ts';
import type { Config } from '../../../src/config.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { assertDescribed } from './checked-answers.ts';

const api = makeApi(ROUTES);

export interface Asking {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
  /** Other tools than the app's. */
  readonly tools?: Partial<Tools>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The code of the problem that it is. */
  readonly problem: string | undefined;
}

/** Asks the API of an app without a host. Each answer is held against the committed OpenAPI document. */
export function askApi(
  app: { readonly config: Config } & Partial<Pick<Tools, 'start' | 'log'>>,
): (path: string, asking?: Asking) => Promise<Answered> {
  const ignore = (): void => undefined;
  return async (
    path,
    { token, headers = {}, query, body, tools, method = body === undefined ? 'GET' : 'POST' } = {},
  ) => {
    const url = new URL(path, 'https://app.localhost');
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.append(name, value);
    const request = new Request(url, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const settings = tools?.settings ?? app.config;
    const log = app.log ?? { info: ignore, warn: ignore, error: ignore };
    const answer = await api.fetch(request, {
      context: { invocationId: 'test', info: log.info, warn: log.warn, error: log.error },
      tools: () => ({
        ...{ vendors: openVendors(settings), settings, log, now: () => new Date() },
        ...{ start: app.start ?? (async () => undefined), readRun: async () => undefined },
        ...{ startSweep: async () => undefined, startPilot: async () => undefined },
        ...{ startPosture: async () => undefined, startExposure: async () => undefined },
        ...tools,
      }),
    });
    const text = await answer.text();
    assertDescribed(method, url.pathname, answer.status, answer.headers.get('content-type'), text);
    return {
      ...{ status: answer.status, headers: answer.headers, body: text },
      problem: /"type":"urn:mcp-offboarding:problem:([a-z-]+)"/.exec(text)?.[1],
    };
  };
}
