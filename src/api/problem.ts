import type { HttpResponseInit } from '@azure/functions';
import type { Fault } from './faults.ts';

/** The kinds of error that this API answers with, by the last part of their `type`. */
const PROBLEMS = {
  unauthenticated: { status: 401, title: 'An access token of Entra is needed' },
  'missing-role': { status: 403, title: 'The caller has none of the app roles that this needs' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  refused: { status: 409, title: 'This person must not be offboarded' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'too-large': { status: 413, title: 'The body is too large' },
  'not-json': { status: 400, title: 'The body is not JSON' },
  'invalid-request': { status: 422, title: 'The request has faults' },
  'unknown-person': { status: 422, title: 'Entra knows nobody with this id' },
  'key-reused': { status: 422, title: 'The Idempotency-Key belongs to another request' },
  unexpected: { status: 500, title: 'This app failed' },
  unavailable: { status: 503, title: 'Something that this needs does not answer' },
} as const;
export type ProblemType = keyof typeof PROBLEMS;

interface ProblemMembers {
  /** What is wrong this time, and what to do about it. */
  readonly detail: string;
  /** Every fault of the request, each with a JSON pointer into its body, or the name of a parameter. */
  readonly errors?: readonly (Fault | { readonly parameter: string; readonly detail: string })[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of this problem beyond those of the RFC. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Problem details for HTTP APIs, RFC 9457. */
export function problem(type: ProblemType, { detail, errors, headers, extra }: ProblemMembers): HttpResponseInit {
  const { status, title } = PROBLEMS[type];
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({
      ...extra,
      type: `urn:mcp-offboarding:problem:${type}`,
      title,
      status,
      detail,
      ...(errors && { errors }),
    }),
  };
}
