import * as z from 'zod';
import type { VendorFailure } from '../../connectors/result.ts';
import { ERRORS, type ProblemType } from '../../errors.ts';
import type { Fault } from './faults.ts';

/** RFC 9457, as `problem` writes it. Problems have members beyond these; the catalogue of errors tells which. */
export const Problem = z
  .looseObject({
    type: z.string().meta({ description: 'urn:mcp-offboarding:problem:<code>; docs/errors.md lists the codes' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'what is wrong this time' }),
    whatToDo: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().meta({ description: 'JSON pointer (RFC 6901) into the body' }),
          parameter: z.string().optional().meta({ description: 'name of a parameter' }),
          detail: z.string(),
        }),
      )
      .optional()
      .meta({ description: 'every fault of the request' }),
  })
  .meta({ id: 'Problem', description: 'Problem details for HTTP APIs (RFC 9457)' });

interface ProblemMembers {
  /** What is wrong this time, and what to do about it where that is more than the catalogue says. */
  readonly detail: string;
  /** Every fault of the request, each with a JSON pointer into its body, or the name of a parameter. */
  readonly errors?: readonly (Fault | { readonly parameter: string; readonly detail: string })[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of this problem beyond those of the RFC. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Problem details for HTTP APIs, RFC 9457. Type, title, status and what to do are the catalogue's. */
export function problem(type: ProblemType, { detail, errors, headers, extra }: ProblemMembers): Response {
  const { status, title, todo } = ERRORS[type];
  const body = JSON.stringify({
    ...extra,
    type: `urn:mcp-offboarding:problem:${type}`,
    title,
    status,
    detail,
    whatToDo: todo,
    ...(errors && { errors }),
  });
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}

/** The answer where a vendor could not be asked now, with the time after which to ask again. */
export function notNow(detail: string, failure: VendorFailure): Response {
  const waitMs = 'tryAgainAfterMs' in failure ? failure.tryAgainAfterMs : 0;
  const headers = { 'retry-after': String(Math.max(30, Math.ceil(waitMs / 1_000))) };
  return problem('unavailable', { detail, headers });
}
