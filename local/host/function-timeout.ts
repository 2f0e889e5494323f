import type { Clock } from './engine/clock.ts';
import type { Invoke } from './invoker.ts';
import type { Logger } from './log.ts';

/** The host ended an invocation: it exceeded `functionTimeout`, or another one of the same worker did. */
export class FunctionTimeoutError extends Error {
  override readonly name = 'FunctionTimeoutError';
}

const ABORTED = 'Worker channel is shutting down. Aborting function.';

export interface FunctionTimeout {
  /** Undefined: no limit. */
  readonly limit: { readonly ms: number; readonly text: string } | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Enforces `functionTimeout` as Azure's host does for a worker out of process: the invocation fails, the worker is
 * restarted, and everything else that ran on it fails as well. There is one worker here, and its code cannot be
 * stopped from within its own process: what was given up may still act, but nobody hears its result.
 * Sources: github.com/Azure/azure-functions-host/issues/8720,
 * github.com/Azure/azure-functions-durable-extension/issues/2939
 */
export function withFunctionTimeout(invoke: Invoke, { limit, clock, log }: FunctionTimeout): Invoke {
  if (limit === undefined) return invoke;
  const running = new Set<(error: FunctionTimeoutError) => void>();
  return (target, invocation) => {
    const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<Invoke>>>();
    const giveUp = (error: FunctionTimeoutError): void => {
      running.delete(giveUp);
      cancel();
      resolve({ ok: false, error, inputs: [], context: undefined });
    };
    const cancel = clock.setTimer(clock.now() + limit.ms, () => {
      const message = `Timeout value of ${limit.text} was exceeded by function: Functions.${target.name}`;
      giveUp(new FunctionTimeoutError(message));
      const others = [...running];
      const fields = { function: target.name, aborted: others.length };
      log('error', 'Host.FunctionTimeout', `${message}. Everything else on its worker fails as well.`, fields);
      for (const other of others) other(new FunctionTimeoutError(ABORTED));
    });
    running.add(giveUp);
    void invoke(target, invocation).then((outcome) => {
      if (running.delete(giveUp)) {
        cancel();
        resolve(outcome);
        return;
      }
      const message = `'${target.name}' went on after the host had given it up; its result is dropped.`;
      log('warning', 'Host.FunctionTimeout', message);
    });
    return promise;
  };
}
