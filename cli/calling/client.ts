import createClient, { type Client as TypedClient } from 'openapi-fetch';
import type { components, paths } from '../api/schema.d.ts';
import { CliError } from '../exit-codes.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type Problem, Refused } from './problem.ts';

export type Client = TypedClient<paths>;
export type Schemas = components['schemas'];
export type Case = Schemas['Case'];

/** Azure's front end ends a call after 230 s. */
const TIMEOUT_MS = 240_000;
const TRIES = 4;
/** The app asks for 10 to 60 s where something does not answer. */
const MOST_WAIT_S = 90;
const PASSES = [429, 502, 503, 504];

export interface ClientOptions {
  readonly address: string;
  readonly terminal: Pick<Terminal, 'tell' | 'sleep'>;
  /** Absent for what anybody may ask. */
  readonly token?: () => Promise<string>;
  readonly version: string;
}

/** The API, typed by its contract. What passes by itself is asked again, where asking twice is asking once. */
export function makeClient({ address, terminal, token, version }: ClientOptions): Client {
  return createClient<paths>({
    baseUrl: address,
    headers: { accept: 'application/json', 'user-agent': `offboard/${version}` },
    fetch: async (request) => {
      if (token !== undefined) request.headers.set('authorization', `Bearer ${await token()}`);
      const isSafe = request.method === 'GET' || request.headers.has('idempotency-key');
      return send(request, isSafe ? TRIES : 1, terminal);
    },
  });
}

async function send(request: Request, tries: number, { tell, sleep }: ClientOptions['terminal']): Promise<Response> {
  for (let tried = 1; ; tried += 1) {
    const last = tried >= tries;
    // A request's body is read once.
    const answer = await fetch(last ? request : request.clone(), {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => unreachable(request, error));
    if (answer instanceof CliError) {
      if (last) throw answer;
      tell(`${answer.message} Trying again.`);
      await sleep(500 * 2 ** tried);
      continue;
    }
    const wait = Number(answer.headers.get('retry-after') ?? 2 ** tried);
    if (last || !PASSES.includes(answer.status) || !(wait <= MOST_WAIT_S)) return answer;
    await answer.body?.cancel();
    tell(`The app answers ${answer.status}; asking again in ${wait} s.`);
    await sleep(1_000 * wait);
  }
}

function unreachable(request: Request, error: unknown): CliError {
  const { origin } = new URL(request.url);
  if (error instanceof Error && error.name === 'TimeoutError')
    return new CliError('error', `${origin} did not answer within ${TIMEOUT_MS / 1_000} s.`);
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new CliError('error', `${origin} cannot be reached${code}. Is the address right, and are you in its network?`);
}

/** What `openapi-fetch` hands out: it does not throw where the app says no. */
type Answer<T> = { readonly data?: T; readonly error?: unknown; readonly response: Response };

/** What the app answered, or its problem as an error. */
export async function answerOf<T>(asked: Promise<Answer<T>>): Promise<T> {
  return (await taken(asked)).data;
}

/** The same with the response, for who needs its headers. */
export async function taken<T>(asked: Promise<Answer<T>>): Promise<{ readonly data: T; readonly response: Response }> {
  const { data, error, response } = await asked.catch((failed: unknown) => {
    // Not JSON, although it says so, or cut short.
    throw failed instanceof CliError
      ? failed
      : new CliError('error', `The answer cannot be read: ${messageOf(failed)}.`);
  });
  if (response.ok && data !== undefined) return { data, response };
  throw new Refused(response.status, problemOf(error), response.headers.get('retry-after'));
}

function problemOf(error: unknown): Problem {
  return typeof error === 'object' && error !== null ? error : {};
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
