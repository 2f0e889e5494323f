import type { FullOperationResponse } from '@azure/core-client';
import { isRestError, type PipelineResponse } from '@azure/core-rest-pipeline';
import type * as z from 'zod';
import { failed, NO_TIME_NAMED, ok, retryAfterMs, type VendorFailure, type VendorResult } from '../result.ts';

/** What a call to Azure Resource Manager was about, for the message of its failure. */
export interface ArmQuestion {
  /** Completes “Azure was asked to …”: `list the federated credentials of id-deploy`. */
  readonly what: string;
  /** The RBAC action that it needs. */
  readonly action: string;
}

type Answer = Pick<FullOperationResponse | PipelineResponse, 'status' | 'headers' | 'bodyAsText'>;

/**
 * The body of a successful answer, read from the text: the SDK's deserialiser drops what it does not know
 * (`claimsMatchingExpression`) and makes an empty object of an HTML page.
 */
export function readArmBody<T>(
  question: ArmQuestion,
  answer: Answer | undefined,
  shape: z.ZodType<T>,
): VendorResult<T> {
  if (answer === undefined) return failed(unavailable(question, 'not at all'));
  const parsed = shape.safeParse(jsonOf(answer.bodyAsText));
  if (parsed.success) return ok(parsed.data, requestIdOf(answer));
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  const got = `${answer.status} with an unexpected body${where === '' ? '' : ` (at “${where}”)`}`;
  return failed(unavailable(question, got, answer));
}

/** What an SDK's error comes down to. Never repeats its message, which can hold the answer's body. */
export function armFailure(question: ArmQuestion, error: unknown): VendorFailure {
  const answer = isRestError(error) ? error.response : undefined;
  if (answer === undefined) return unavailable(question, `not at all (${nameOf(error)})`);
  const { status } = answer;
  const code = errorCode(answer.bodyAsText);
  const message = `Azure was asked to ${question.what} and answered ${status}${code === undefined ? '' : ` (${code})`}.`;
  if (status === 401 || status === 403) return denied(question, status, message, code);
  if (status === 429) return { kind: 'throttled', status, tryAgainAfterMs: waitOf(answer), message };
  // A condition that failed is meant by its status alone.
  if (status === 412) return { kind: 'conflict', status, retryable: true, message };
  // Only Azure's own words can say that something is gone or wrong; a proxy's page cannot.
  if (code === undefined || status >= 500 || status === 408 || status < 400) {
    return unavailable(question, `${status}${code === undefined ? '' : ` (${code})`}`, answer);
  }
  // A subscription in which the caller has no role at all is not there for the caller.
  if (code === 'SubscriptionNotFound') return denied(question, status, message, code);
  if (status === 404 || status === 410) return { kind: 'not-found', status, message };
  if (status === 409 || status === 423) return conflict(status, code, message);
  return { kind: 'refused', status, message };
}

/** Whether Azure does not know the api-version that was asked for: a cloud that is behind. */
export function isUnknownApiVersion(error: unknown): boolean {
  const code = isRestError(error) ? errorCode(error.response?.bodyAsText) : undefined;
  return code === 'NoRegisteredProviderFound' || code === 'InvalidApiVersionParameter';
}

export function requestIdOf(answer: Pick<Answer, 'headers'> | undefined): string | undefined {
  return answer?.headers.get('x-ms-request-id');
}

export function unavailable(question: ArmQuestion, got: string, answer?: Answer): VendorFailure {
  return {
    kind: 'unavailable',
    ...(answer === undefined ? {} : { status: answer.status }),
    tryAgainAfterMs: waitOf(answer),
    message: `Azure was asked to ${question.what} and answered ${got}.`,
  };
}

/** What says that a role is missing; a policy, a lock or a token that is not taken says something else. */
const MISSING_ROLE = new Set(['AuthorizationFailed', 'LinkedAuthorizationFailed', 'SubscriptionNotFound']);

function denied({ action }: ArmQuestion, status: number, message: string, code: string | undefined): VendorFailure {
  if (code === undefined || !MISSING_ROLE.has(code)) {
    return { kind: 'denied', status, message: `${message} It does not say that a permission is missing.` };
  }
  return {
    kind: 'denied',
    status,
    missingPermission: action,
    message: `${message} It needs a role with the action ${action}.`,
  };
}

/** Conflicts that pass by themselves. A lock stays until a person lifts it. */
const PASSING_CONFLICTS = new Set([
  'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
  'AnotherOperationInProgress',
  'OperationInProgress',
]);

function conflict(status: number, code: string, message: string): VendorFailure {
  if (code !== 'ScopeLocked') return { kind: 'conflict', status, retryable: PASSING_CONFLICTS.has(code), message };
  return {
    kind: 'conflict',
    status,
    retryable: false,
    message: `${message} A resource lock forbids it: lift the lock, or remove it in the portal yourself.`,
  };
}

function waitOf(answer: Answer | undefined): number {
  return retryAfterMs(answer?.headers.get('retry-after'), Date.now()) ?? NO_TIME_NAMED;
}

function jsonOf(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function errorCode(text: string | null | undefined): string | undefined {
  const body = jsonOf(text) as { readonly error?: { readonly code?: unknown } } | null | undefined;
  const code = body?.error?.code;
  return typeof code === 'string' && /^[\w.]{1,120}$/.test(code) ? code : undefined;
}

function nameOf(error: unknown): string {
  const named = error as { readonly code?: unknown; readonly name?: unknown } | null | undefined;
  const name = [named?.code, named?.name].find((value) => typeof value === 'string' && /^[\w-]{1,60}$/.test(value));
  return name === undefined ? 'unknown error' : String(name);
}
