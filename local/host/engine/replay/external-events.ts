import type { Pending } from '../work/pending.ts';
import { pending } from '../work/pending.ts';

/**
 * Who waits for which external event, as the extension keeps it: names without case, the latest waiter served
 * first (so that an abandoned wait does not swallow the event), early events queued.
 */
export class ExternalEvents {
  readonly #waiting = new Map<string, Pending[]>();
  readonly #early = new Map<string, number>();

  waitFor(name: string): Pending {
    const key = name.toLowerCase();
    const task = pending();
    const early = this.#early.get(key) ?? 0;
    if (early > 0) {
      this.#early.set(key, early - 1);
      task.settle(false);
      return task;
    }
    this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), task]);
    return task;
  }

  raise(name: string): void {
    const key = name.toLowerCase();
    const waiter = this.#waiting.get(key)?.pop();
    if (waiter === undefined) this.#early.set(key, (this.#early.get(key) ?? 0) + 1);
    else waiter.settle(false);
  }

  unreceived(): string[] {
    return [...this.#early].filter(([, count]) => count > 0).map(([name]) => name);
  }
}
