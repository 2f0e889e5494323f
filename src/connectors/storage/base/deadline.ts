import type { AdditionalPolicyConfig } from '@azure/core-client';
import {
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
  type SendRequest,
} from '@azure/core-rest-pipeline';
import { OffboardingError } from '../../../errors.ts';
import type { StorageSettings } from '../../settings.ts';

/** Tries that a call has room for: the SDKs try again by themselves, and each try has a part of the call's time. */
const TRIES = 4;

/**
 * What every client of storage is made with. Storage that takes a connection and never answers would hold whoever calls
 * it for ever: the SDKs have no limit of their own. A call has a deadline, its tries and its body included; a try that
 * gets no answer in its part of that is given up and made again. What is not answered in the end is one error with a
 * code of its own, so that whatever failed for it is begun again.
 */
export function deadlinesOf({ STORAGE_TIMEOUT_SECONDS: seconds }: StorageSettings): AdditionalPolicyConfig[] {
  const ms = seconds * 1_000;
  return [
    { position: 'perCall', policy: deadlineOfCall(ms) },
    { position: 'perRetry', policy: deadlineOfTry(ms / TRIES) },
  ];
}

function deadlineOfCall(ms: number): PipelinePolicy {
  return {
    name: 'deadlineOfCall',
    sendRequest: async (request, next) => {
      // The body is still read when this has returned, so nothing takes the signal off.
      const deadline = AbortSignal.timeout(ms);
      const { abortSignal } = request;
      request.abortSignal =
        abortSignal === undefined ? deadline : AbortSignal.any([nativeSignal(abortSignal), deadline]);
      const passed = (): RestError =>
        new RestError(`No answer within ${ms / 1_000} s.`, { code: 'ETIMEDOUT', request });
      try {
        // Signing in is a part of the call that heeds no signal.
        return await within(ms, () => next(request), passed);
      } catch (error) {
        if (deadline.aborted) throw unavailable(request, passed());
        throw isAway(error) ? unavailable(request, error) : error;
      }
    },
  };
}

function deadlineOfTry(ms: number): PipelinePolicy {
  return {
    name: 'deadlineOfTry',
    sendRequest: async (request, next) => {
      const whole = request.abortSignal;
      const given = new AbortController();
      const own = whole === undefined ? given.signal : AbortSignal.any([nativeSignal(whole), given.signal]);
      // Both SDKs try a call again that ended with this code.
      const passed = (): RestError =>
        new RestError(`No answer to a try within ${ms / 1_000} s.`, { code: 'ETIMEDOUT', request });
      request.abortSignal = own;
      try {
        return await within(
          ms,
          () => next(request),
          passed,
          () => given.abort(),
        );
      } finally {
        if (whole !== undefined) request.abortSignal = whole;
      }
    },
  };
}

/** A plain timer, and no error before one is needed: a case asks storage hundreds of times. */
async function within(
  ms: number,
  send: () => ReturnType<SendRequest>,
  passed: () => RestError,
  giveUp?: () => void,
): Promise<PipelineResponse> {
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    deadline.reject(passed());
    giveUp?.();
  }, ms).unref();
  try {
    return await Promise.race([send(), deadline.promise]);
  } finally {
    clearTimeout(timer);
  }
}

type SignalLike = NonNullable<PipelineRequest['abortSignal']>;

/** The pipeline's signals need not be the platform's, which alone can be joined. */
function nativeSignal(signal: SignalLike): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  signal.addEventListener('abort', () => controller.abort());
  return controller.signal;
}

/** No answer, or the answer that it is too busy: learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes */
function isAway(error: unknown): boolean {
  if (!(error instanceof RestError)) return false;
  const { statusCode } = error;
  return statusCode === undefined || statusCode >= 500 || statusCode === 429 || statusCode === 408;
}

function unavailable({ method, url }: PipelineRequest, cause: unknown): OffboardingError {
  const { host, pathname } = new URL(url);
  const why = cause instanceof Error ? cause.message : 'unknown';
  return new OffboardingError('storage-unavailable', `${method} ${host}${pathname}: ${why}`, { cause });
}
