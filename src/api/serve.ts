import type { InvocationContext } from '@azure/functions';
import { type Context, Hono } from 'hono';
import { redactSecrets } from '../credentials/redact-secrets.ts';
import { OffboardingError } from '../errors.ts';
import type { Sayer } from '../machines/kept.ts';
import { authenticate, authorise, authoriseApp } from './access/authorise.ts';
import type { Caller } from './access/caller.ts';
import { authoriseDecision } from './access/may-decide.ts';
import { answerText } from './answers.ts';
import { answerFailure } from './problems/answer-failure.ts';
import { problem } from './problems/problem.ts';
import { readInput } from './read-input.ts';
import type { Route, Said, Tools } from './route.ts';

/** What surrounds a request: the invocation, and what routes work with, which is made only when it is needed. */
export interface Served {
  readonly context: Pick<InvocationContext, 'info' | 'warn' | 'error' | 'invocationId'>;
  readonly tools: () => Tools;
}

/** The whole HTTP API; it knows nothing of Azure Functions' triggers. */
export interface Api {
  fetch(request: Request, served: Served): Promise<Response>;
}

type Env = { readonly Bindings: Served };

/** Makes the API of a table of routes. */
export function makeApi(routes: readonly Route[]): Api {
  const app = new Hono<Env>();
  const isFixed = ({ path }: Route): boolean => !path.includes('{');
  const add = (route: Route) =>
    app.on(route.method, pathOf(route), (c) =>
      answerFailure(c.env.context, () => answerTo(route, c.req.raw, c.req.param() as never, c.env.tools())),
    );
  const fixed = routes.filter(isFixed);
  for (const route of fixed) add(route);
  // A fixed path is meant before one with a parameter, whatever its methods are (OpenAPI 3.1, Path Templating Matching).
  for (const path of new Set(fixed.map(pathOf))) app.all(path, (c) => nothingHere(fixed, c));
  for (const route of routes) if (!isFixed(route)) add(route);
  app.notFound((c) => nothingHere(routes, c));
  return { fetch: async (request, served) => app.fetch(request, served) };
}

/** Hono writes `:id` for OpenAPI's `{id}`. */
function pathOf({ path }: Route): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

async function answerTo(
  route: Route,
  request: Request,
  params: Readonly<Record<string, string>>,
  tools: Tools,
): Promise<Response> {
  const admitted = await admit(route, request, tools);
  if ('answer' in admitted) return admitted.answer;
  const read = await readInput(route, request, params);
  if ('answer' in read) return read.answer;
  const answered = await enter(
    route,
    request,
    'caller' in admitted ? admitted.caller : undefined,
    read.input.body,
    tools,
  );
  let status = 500;
  try {
    // The shapes that read the input are those that the handler was declared with.
    const said = await route.handle({ ...admitted, ...read.input, request } as never, tools);
    const answer = said instanceof Response ? said : answerOf(route, request, said);
    status = answer.status;
    return answer;
  } finally {
    await answered(status);
  }
}

/** A call that decides something is entered before it does anything, and what was answered after it. */
async function enter(
  { id, access }: Route,
  request: Request,
  caller: Caller | undefined,
  body: unknown,
  { vendors, log, now }: Tools,
): Promise<(status: number) => Promise<void>> {
  if (access.kind !== 'decide' || caller === undefined) return async () => undefined;
  const { oid, clientId } = caller;
  const call = { caller: oid, clientId, operation: id, path: redactSecrets(new URL(request.url).pathname), body };
  const answered = await vendors.storage.enterPrivilegedCall(call, now());
  return async (status) => {
    try {
      await answered(status, now());
    } catch (error) {
      // It was done, and is on record as asked for.
      log.error('the answer to a privileged call was not entered', {
        code: 'call-not-entered',
        operation: id,
        caller: oid,
        error: String(error),
      });
    }
  };
}

type Admitted =
  | { readonly caller: Caller }
  | { readonly sayer: Sayer }
  | { readonly caller?: undefined }
  | { readonly answer: Response };

async function admit({ access }: Route, request: Request, { vendors, settings }: Tools): Promise<Admitted> {
  switch (access.kind) {
    case 'anybody':
      return {};
    case 'read':
      return authorise(settings, request, access.right);
    case 'decide':
      return authoriseDecision(vendors, settings, request, access.right);
    case 'signed-in':
      return authenticate(settings, request);
    case 'workflows':
      return authoriseApp(settings, request, settings.LIFECYCLE_WORKFLOWS_APP_ID);
    case 'machine':
      return access.authorise(settings, request);
    default:
      return access satisfies never;
  }
}

/** What a route says, in the shape that it declares: a member that the shape does not know does not leave the app. */
function answerOf(route: Route, request: Request, said: Said<Record<number, never>>): Response {
  const { status, value, headers, etag } = said as {
    readonly status: 200 | 201 | 202;
    readonly value: unknown;
    readonly headers?: Readonly<Record<string, string>>;
    readonly etag?: string;
  };
  const shaped = route.answers[status]?.safeParse(value);
  if (shaped?.success !== true) {
    throw new OffboardingError(
      'unexpected',
      `${route.id}: the answer has not its declared shape: ${shaped?.error.message}.`,
    );
  }
  // RFC 9110, 13.1.2: what changes something is not answered with 304, which would hide what came of it.
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const ifNoneMatch = isRead ? request.headers.get('if-none-match') : null;
  return answerText(JSON.stringify(shaped.data), 'application/json', {
    ...{ status, etag, ifNoneMatch },
    ...(headers === undefined ? {} : { headers }),
  });
}

/** 405 where the path is one of ours and the method is not. */
function nothingHere(routes: readonly Route[], { req }: Context<Env>): Response {
  const methods = routes.filter(({ path }) => matches(path, req.path)).map(({ method }) => method);
  if (methods.length === 0) {
    return problem('not-found', { detail: 'There is no such address; GET /api/openapi.json names them all.' });
  }
  const allow = [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].join(', ');
  return problem('method-not-allowed', { detail: `It takes ${allow}.`, headers: { allow } });
}

function matches(path: string, asked: string): boolean {
  const parts = path.split('/');
  const given = asked.split('/');
  return (
    parts.length === given.length &&
    parts.every((part, at) => (part.startsWith('{') ? given[at] !== '' : part === given[at]))
  );
}
