import { withinDeadline } from '../deadline.ts';

/**
 * The durable client has no limit of its own, and the engine behind it waits for the storage of the task hub: a call
 * that is never answered would hold its trigger until the host ends the worker with all that runs there.
 */
const ENGINE_MS = 30_000;

/** Asks the engine, no longer than a call may take. @throws OffboardingError `deadline-passed` */
export function askEngine<T>(what: string, ask: () => Promise<T>, ms: number = ENGINE_MS): Promise<T> {
  return withinDeadline(what, ms, ask);
}
