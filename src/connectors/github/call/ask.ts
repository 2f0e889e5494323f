import type * as z from 'zod';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { GitHubClient } from './client.ts';
import { explained } from './explained.ts';
import { type Asked, failureOf, shapeFailure } from './failure.ts';
import type { GitHubOctokit } from './octokit.ts';

/** What Octokit returns, as far as it may be trusted before its shape is checked. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

/** Asks once and checks the answer's shape: Octokit hands out whatever a 200 carried, HTML and fragments included. */
export async function ask<T>(
  client: GitHubClient,
  asked: Asked,
  shape: z.ZodType<T>,
  send: (octokit: GitHubOctokit) => Promise<Answer>,
): Promise<VendorResult<T>> {
  const answered = await answerOf(client, asked, send);
  if (!answered.ok) return answered;
  const { status, headers, data } = answered.value;
  const parsed = shape.safeParse(data);
  return parsed.success ? ok(parsed.data, requestIdOf(headers)) : failed(shapeFailure(asked, status));
}

/** Changes something. 202 means that GitHub will do it later. */
export async function act(
  client: GitHubClient,
  asked: Asked,
  send: (octokit: GitHubOctokit) => Promise<Answer>,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const answered = await answerOf(client, asked, send);
  if (!answered.ok) return answered;
  const { status, headers } = answered.value;
  return ok({ effect: status === 202 ? 'queued' : 'done' }, requestIdOf(headers));
}

/** Sends, and explains what GitHub refuses. */
export async function answerOf(
  client: GitHubClient,
  asked: Asked,
  send: (octokit: GitHubOctokit) => Promise<Answer>,
): Promise<VendorResult<Answer>> {
  try {
    return ok(await send(client.octokit));
  } catch (error) {
    const unchanged = notModified(error);
    if (unchanged !== undefined) return ok(unchanged);
    return failed(await explained(client, asked, failureOf(error, asked, Date.now())));
  }
}

/** Octokit throws what says that nothing has changed since the answer with this ETag. */
function notModified(error: unknown): Answer | undefined {
  if (!(error instanceof Error) || !('status' in error) || error.status !== 304) return undefined;
  const { response } = error as Error & { readonly response?: { readonly headers: Answer['headers'] } };
  return { status: 304, headers: response?.headers ?? {}, data: undefined };
}

/** What identifies an answer, to ask later whether it has changed. */
export function etagOf({ headers }: Pick<Answer, 'headers'>): string | undefined {
  return typeof headers.etag === 'string' ? headers.etag : undefined;
}

function requestIdOf(headers: Readonly<Record<string, unknown>>): string | undefined {
  const id = headers['x-github-request-id'];
  return typeof id === 'string' ? id : undefined;
}
