import { setTimeout as delay } from 'node:timers/promises';
import { OffboardingError } from './errors.ts';

/**
 * Waits for work no longer than it may take. What is given up may still go on, but nobody hears of it: far below the
 * host's limit (`functionTimeout`), which ends the worker and with it everything else that runs there
 * (github.com/Azure/azure-functions-host/issues/8720).
 *
 * @throws OffboardingError `deadline-passed`
 */
export async function withinDeadline<T>(what: string, ms: number, work: () => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const deadline = async (): Promise<never> => {
    await delay(ms, undefined, { signal: ended.signal, ref: false });
    throw new OffboardingError('deadline-passed', `${what} did not end within ${ms / 1_000} s.`);
  };
  try {
    return await Promise.race([work(), deadline()]);
  } finally {
    ended.abort();
  }
}
