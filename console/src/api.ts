import { QueryClient } from '@tanstack/react-query';
import createFetchClient from 'openapi-fetch';
import type { components, paths } from '../../cli/api/schema.d.ts';
import { ApiFault, type Problem } from './api-fault.ts';
import { heard } from './connection.ts';
import { send } from './send.ts';
import type { SignedIn } from './sign-in.ts';
import { SignedOutFault } from './signed-out.ts';

export type Schemas = components['schemas'];
export type Case = Schemas['Case'];
export { ApiFault, isProblem, type Problem } from './api-fault.ts';

export type Api = ReturnType<typeof createFetchClient<paths>>;

/** The API with the person’s token. Answers carry an ETag, so that the browser asks again and gets only what is new. */
export function makeApi(me: SignedIn): Api {
  return createFetchClient<paths>({ baseUrl: location.origin, fetch: (request) => send(request, me) });
}

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** The answer, or the problem thrown. */
export async function take<T>(asked: Answer<T>): Promise<T> {
  return (await takeTagged(asked)).data;
}

/** The answer with its ETag, which an action names so that nothing is done to what has changed meanwhile. */
export async function takeTagged<T>(asked: Answer<T>): Promise<{ readonly data: T; readonly tag?: string }> {
  const { data, error, response } = await asked.catch(rethrow);
  const problem: Partial<Problem> = isObject(error) ? error : {};
  // A problem of the app is an answer, whatever its status; the platform's own page is none.
  heard(response.status < 500 || problem.type !== undefined);
  if (!response.ok) throw new ApiFault(response.status, problem);
  const tag = response.headers.get('etag');
  return { data: data as T, ...(tag !== null && { tag }) };
}

function rethrow(error: unknown): never {
  if (error instanceof SignedOutFault) throw error;
  heard(false);
  if (error instanceof ApiFault) throw error;
  throw new ApiFault(0, {
    title: 'The app’s answer cannot be read',
    detail: 'Something between here and the app answered in its place. Try again in a moment.',
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Refusals are final; what passes is asked again. `always`: without a connection it fails at once and says so, and nothing
 * is kept to be sent later, when nobody expects it any more.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && !isFinal(error),
      staleTime: 2_000,
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { networkMode: 'always' },
  },
});

function isFinal(error: unknown): boolean {
  if (error instanceof SignedOutFault) return true;
  return error instanceof ApiFault && error.status >= 400 && error.status < 500;
}
