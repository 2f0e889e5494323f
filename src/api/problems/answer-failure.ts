import type { InvocationContext } from '@azure/functions';
import { redactedStart } from '../../credentials/redact-secrets.ts';
import { ERRORS, OffboardingError, passes, withoutTodo } from '../../errors.ts';
import { logOf } from '../../log.ts';
import { problem } from './problem.ts';

/**
 * Runs a handler so that its failure is a problem too, without the reason, which is for the log: a caller needs to
 * know whether to come again.
 */
export async function answerFailure(
  context: Pick<InvocationContext, 'info' | 'warn' | 'error' | 'invocationId'>,
  handle: () => Promise<Response>,
): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof OffboardingError && isTold(error.code)) {
      // What to do stands in a member of its own.
      const detail = withoutTodo(error.code, error.message);
      const level = TOLD[error.code];
      if (level !== undefined) logOf(context)[level](ERRORS[error.code].title, { code: error.code, reason: detail });
      return problem(error.code, { detail });
    }
    const message = error instanceof Error ? `${error.name}: ${error.message}` : 'a value that is not an Error';
    const extra = { operation: context.invocationId };
    logOf(context).error(redactedStart(message, 1_000));
    const detail = `The log says why, under the operation ${context.invocationId}.`;
    if (error instanceof OffboardingError && error.code === 'config-invalid') {
      // Which setting is for the log: callers have not been asked who they are.
      return problem('unavailable', { detail: `${ERRORS[error.code].title}. ${detail}`, extra });
    }
    if (!endsByItself(error)) return problem('unexpected', { detail, extra });
    const { title } = ERRORS[error instanceof OffboardingError ? error.code : 'storage-unavailable'];
    return problem('unavailable', { detail: `${title}. ${detail}`, headers: { 'retry-after': '10' }, extra });
  }
}

/** What the caller is told as well, and how loudly the log. */
const TOLD = {
  // An error alerts: whoever can change what was filed can change what an auditor believes.
  'evidence-altered': 'error',
  // What the caller can do is to ask for another run.
  'run-unreadable': 'warn',
  changed: undefined,
} as const;

const isTold = (code: string): code is keyof typeof TOLD => code in TOLD;

/** Storage that does not answer, or answers that it is too busy, and writers that were faster many times. */
function endsByItself(error: unknown): boolean {
  if (error instanceof OffboardingError) return passes(error.code);
  if (!(error instanceof Error)) return false;
  const { name, statusCode }: { readonly name: string; readonly statusCode?: unknown } = error;
  if (name !== 'RestError') return false;
  return typeof statusCode !== 'number' || statusCode >= 500 || statusCode === 429 || statusCode === 408;
}
