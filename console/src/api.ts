import { QueryClient } from '@tanstack/react-query';
import createFetchClient from 'openapi-fetch';
import type { components, paths } from '../../cli/api/schema.d.ts';
import { heard } from './connection.ts';
import type { SignedIn } from './sign-in.ts';

export type Schemas = components['schemas'];
export type Case = Schemas['Case'];
export type Problem = Schemas['Problem'];

/** What the API refused or could not do. */
export class ApiFault extends Error {
  readonly status: number;
  readonly problem: Partial<Problem>;
  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? `The app answered with ${status}.`);
    this.status = status;
    this.problem = problem;
  }
}

export type Api = ReturnType<typeof createFetchClient<paths>>;

/** The API with the person’s token. Answers carry an ETag, so that the browser asks again and gets only what is new. */
export function makeApi(me: SignedIn): Api {
  const api = createFetchClient<paths>({ baseUrl: location.origin });
  api.use({
    async onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${await me.token()}`);
    },
  });
  return api;
}

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** The answer, or the problem thrown. */
export async function take<T>(asked: Answer<T>): Promise<T> {
  return (await takeTagged(asked)).data;
}

/** The answer with its ETag, which an action names so that nothing is done to what has changed meanwhile. */
export async function takeTagged<T>(asked: Answer<T>): Promise<{ readonly data: T; readonly tag?: string }> {
  const answer = await asked.catch(() => undefined);
  heard(answer !== undefined && answer.response.status < 500);
  if (answer === undefined)
    throw new ApiFault(0, { title: 'The app does not answer', detail: 'Check the connection; this page asks again.' });
  const { data, error, response } = answer;
  if (!response.ok) throw new ApiFault(response.status, isObject(error) ? error : {});
  const tag = response.headers.get('etag');
  return { data: data as T, ...(tag !== null && { tag }) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Refusals are final; what passes is asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiFault && error.status >= 400 && error.status < 500),
      staleTime: 2_000,
    },
  },
});
