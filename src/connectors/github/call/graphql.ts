import * as z from 'zod';
import { NO_TIME_NAMED, type VendorFailure } from '../../result.ts';
import type { GitHubClient } from './client.ts';
import { explained } from './explained.ts';
import { type Asked, failureOf, isRateLimit, refused, shapeFailure, throttled } from './failure.ts';
import { limitWaitMs } from './pause.ts';

/** An error beside the data of an answer, and where it belongs. */
export interface GraphqlFault {
  readonly path: readonly (string | number)[];
  readonly failure: VendorFailure;
  /** The query ran out of time. */
  readonly tooMuch?: boolean;
}

/** GraphQL answers 200 with what it has and errors for the rest: both are kept. */
export interface GraphqlAnswer<T> {
  /** Undefined where nothing usable came. */
  readonly data?: T;
  readonly faults: readonly GraphqlFault[];
}

const AnswerShape = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        type: z.string().optional(),
        code: z.string().optional(),
        message: z.string().optional(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
      }),
    )
    .optional(),
});

/** One query. Faults without a path concern all of it; `askedAt` says what a fault's place was asked for. */
export async function query<T>(
  client: GitHubClient,
  asked: Asked,
  text: string,
  variables: Readonly<Record<string, unknown>>,
  shape: z.ZodType<T>,
  askedAt: (path: GraphqlFault['path']) => Asked = () => asked,
): Promise<GraphqlAnswer<T>> {
  try {
    // Not `octokit.graphql`, which throws at the first error and takes the URL apart; the answer is read here.
    const response = await client.octokit.request('POST /graphql', { query: text, variables });
    const answer = AnswerShape.safeParse(response.data);
    if (!answer.success) return { faults: [{ path: [], failure: shapeFailure(asked, response.status) }] };
    const faults = await Promise.all(
      (answer.data.errors ?? []).map(async ({ type, code, message, path }) => ({
        path: path ?? [],
        failure: isRateLimit(type, code)
          ? throttled(asked, 200, limitOf(response.headers))
          : await faultOf(client, askedAt(path ?? []), type, message),
        ...(WENT_WRONG.test(message ?? '') ? { tooMuch: true } : {}),
      })),
    );
    const data = shape.safeParse(answer.data.data);
    if (data.success) return { data: data.data, faults };
    return { faults: faults.length > 0 ? faults : [{ path: [], failure: shapeFailure(asked, response.status) }] };
  } catch (error) {
    const failure = await explained(client, asked, failureOf(error, asked, Date.now()));
    const tooMuch = failure.kind === 'unavailable' && (failure.status === 502 || failure.status === 504);
    return { faults: [{ path: [], failure, ...(tooMuch ? { tooMuch } : {}) }] };
  }
}

const WENT_WRONG = /^Something went wrong while executing your query/;

function limitOf(headers: Readonly<Record<string, unknown>>): number {
  const header = (name: string): string | undefined =>
    headers[name] === undefined ? undefined : String(headers[name]);
  return limitWaitMs({ status: 429, header }, Date.now()) ?? NO_TIME_NAMED;
}

/**
 * Whether a query was too much for its ten seconds, so that a smaller one may do: 502 and 504, or “Something went wrong
 * while executing your query” with 200. Source: docs.github.com/graphql, "Rate limits and query limits".
 */
export function wasTooMuch({ data, faults }: GraphqlAnswer<unknown>): boolean {
  return data === undefined && faults.some(({ tooMuch }) => tooMuch === true);
}

async function faultOf(
  client: GitHubClient,
  asked: Asked,
  type: string | undefined,
  words: string | undefined,
): Promise<VendorFailure> {
  switch (type) {
    case 'FORBIDDEN':
    case 'INSUFFICIENT_SCOPES':
      return explained(client, asked, refused(asked, 200, words));
    case 'NOT_FOUND':
      return {
        kind: 'not-found',
        status: 200,
        message: `GitHub says that ${asked.what} of ${asked.where} is not there.`,
      };
    default: {
      const message = `GitHub’s GraphQL answered an error (${type ?? 'no type'}) for ${asked.what} of ${asked.where}.`;
      return { kind: 'unavailable', status: 200, tryAgainAfterMs: NO_TIME_NAMED, message };
    }
  }
}
