import type { IncomingMessage } from 'node:http';
import type * as z from 'zod';
import { parseJson, UNREADABLE } from '../parse-json.ts';
import { plainName } from '../plain-name.ts';
import { failed, NO_TIME_NAMED, ok, retryAfterMs, type VendorFailure, type VendorResult } from '../result.ts';

/** What was asked, as far as an answer's meaning depends on it. */
export interface Question<T> {
  /** Completes "Azure DevOps was asked to …": `list the agents of pool 7 in northwind`. */
  readonly what: string;
  /** The least scope that the call needs. */
  readonly scope: string;
  /** What the body must look like; undefined stands for an empty body. */
  readonly shape: z.ZodType<T>;
  /** A refusal that is an answer all the same: told to those only who may ask. The name is that of its exception. */
  readonly meant?: { readonly status: number; readonly name: RegExp };
}

export interface DevOpsAnswer<T> {
  readonly body: T;
  /** Names the next page, where the header does that. */
  readonly next?: string;
  /** A successful answer may ask for a pause all the same: the organisation is over its share, not yet blocked. */
  readonly slowDownMs?: number;
}

/**
 * Turns what came over the wire into a result, without repeating a body. A token that Azure DevOps does not take
 * gets 203 or 302 and a page for people, not 401, so only JSON counts as an answer.
 */
export function readAnswer<T>(
  question: Question<T>,
  { statusCode: status = 0, headers }: IncomingMessage,
  text: string,
): VendorResult<DevOpsAnswer<T>> {
  // A delay that the service put in itself comes without `Retry-After` too (docs: "API client experience").
  const delayed = [headers['x-ratelimit-delay']].flat()[0];
  const wait = retryAfterMs(headers['retry-after'], Date.now()) ?? pauseAfter(delayed);
  const requestId = [headers.activityid].flat()[0];
  const json = parseJson(text);
  if (status === 203 || (status >= 300 && status < 400)) {
    const got = `${status}, a page to sign in on: it does not take our token`;
    const message = `${asked(question, got)} Whether the app is a member of the organisation, and which policy refuses it, is seen there.`;
    return failed({ kind: 'denied', status, message });
  }
  if (status < 200 || status > 299) {
    const name = typeKeyOf(json);
    const { meant } = question;
    if (meant?.status === status && name !== undefined && meant.name.test(name)) {
      const nothing = question.shape.safeParse(undefined);
      if (nothing.success) return ok({ body: nothing.data }, requestId);
    }
    return failed(failureOf(question, status, wait, name));
  }
  if (json === UNREADABLE) return failed(unavailable(question, `${status} with a body that is not JSON`, status, wait));
  const parsed = question.shape.safeParse(json);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    return failed(unavailable(question, `${status} with an unexpected body (at “${where}”)`, status, wait));
  }
  const next = [headers['x-ms-continuationtoken']].flat()[0];
  return ok(
    {
      body: parsed.data,
      ...(next === undefined || next === '' ? {} : { next }),
      ...(wait === undefined ? {} : { slowDownMs: wait }),
    },
    requestId,
  );
}

/** Seconds with three decimals; 0 where nothing was delayed. */
function pauseAfter(delayed: string | undefined): number | undefined {
  const ms = retryAfterMs(delayed, Date.now());
  return ms === undefined || ms === 0 ? undefined : ms;
}

/** No usable answer at all: no token, no connection, a reset, a time-out, a body that broke off. */
export function unreachable(question: Pick<Question<unknown>, 'what'>, error: unknown): VendorFailure {
  const named = error as { readonly code?: unknown; readonly name?: unknown } | null;
  const name = plainName(named?.code, named?.name) ?? 'unknown error';
  const message = `Azure DevOps was asked to ${question.what}, and no answer came (${name}).`;
  return { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message };
}

/** An answer that cannot be used although it came. */
export function unavailable(
  question: Pick<Question<unknown>, 'what'>,
  got: string,
  status?: number,
  wait?: number,
): VendorFailure {
  return {
    kind: 'unavailable',
    ...(status === undefined ? {} : { status }),
    tryAgainAfterMs: wait ?? NO_TIME_NAMED,
    message: asked(question, got),
  };
}

/** The exceptions that say that a permission is missing; a policy that keeps the app out has others. */
const MISSING_PERMISSION = /^(AccessDenied|AccessCheck|Unauthorized(Request)?|Security)\w*Exception$/;

function denied(question: Question<unknown>, status: number, got: string, typeKey: string | undefined): VendorFailure {
  const message = asked(question, got);
  if (typeKey === undefined || !MISSING_PERMISSION.test(typeKey)) {
    return { kind: 'denied', status, message: `${message} It does not say that a permission is missing.` };
  }
  return {
    kind: 'denied',
    status,
    missingPermission: question.scope,
    message: `${message} It needs ${question.scope}.`,
  };
}

function asked({ what }: Pick<Question<unknown>, 'what'>, got: string): string {
  return `Azure DevOps was asked to ${what} and answered ${got}.`;
}

function failureOf(
  question: Question<unknown>,
  status: number,
  wait: number | undefined,
  typeKey: string | undefined,
): VendorFailure {
  const got = typeKey === undefined ? `${status}` : `${status} (${typeKey})`;
  const message = asked(question, got);
  if (status === 401 || status === 403) return denied(question, status, got, typeKey);
  if (status === 429) return { kind: 'throttled', status, tryAgainAfterMs: wait ?? NO_TIME_NAMED, message };
  // Only the service's own words can say that something is gone or wrong; a proxy's page cannot.
  if (typeKey === undefined || status >= 500 || status === 408) return unavailable(question, got, status, wait);
  if (status === 404 || status === 410) return { kind: 'not-found', status, message };
  if (status === 409 || status === 412 || status === 423) {
    return { kind: 'conflict', status, retryable: status !== 423, message };
  }
  return { kind: 'refused', status, message };
}

/** The exception's name in an error body, e.g. `AccessDeniedException`; its message may hold anything. */
function typeKeyOf(json: unknown): string | undefined {
  const { typeKey } = (json ?? {}) as { readonly typeKey?: unknown };
  return typeof typeKey === 'string' && /^\w{1,80}$/.test(typeKey) ? typeKey : undefined;
}
