import { setTimeout as delay } from 'node:timers/promises';
import type { Turn } from '../storage/gateway/turn.ts';
import type { DeniedStores } from './stores.ts';

/** Longer than a write and its reading back take; then somebody else may have the turn. */
const TURN_MS = 20_000;
/** How often whoever waits looks whether the turn is free. */
const POLL_MS = 250;

/** The turn to write the list, for one projection: waited for once, kept until the end. */
export class WaitedTurn {
  /** For how long nobody has the turn after this one. */
  restMs = 0;
  #turn: Turn | undefined;
  #seen: string | undefined;
  #end: number | undefined;
  readonly #storage: Pick<DeniedStores['storage'], 'takeTurn'>;

  constructor(storage: Pick<DeniedStores['storage'], 'takeTurn'>) {
    this.#storage = storage;
  }

  /**
   * @returns false where others wrote meanwhile, so that the list has to be looked at again: they may have done this one's
   * work, and then nobody has to wait. A turn that does not come keeps nobody from being contained: after its time the
   * list is written without it.
   */
  async take(): Promise<boolean> {
    if (this.#turn !== undefined) return true;
    this.#end ??= Date.now() + TURN_MS;
    for (;;) {
      const taken = await this.#storage.takeTurn(TURN_MS).catch(() => undefined);
      // The table of the turn does not answer: the list is written all the same.
      if (taken === undefined || Date.now() >= this.#end) return true;
      const before = this.#seen;
      if (!('leftMs' in taken)) {
        this.#turn = taken;
        return before === undefined;
      }
      this.#seen = taken.seen;
      if (before !== undefined && before !== taken.seen) return false;
      await delay(Math.min(taken.leftMs, POLL_MS));
    }
  }

  async giveBack(): Promise<void> {
    await this.#turn?.giveBack(this.restMs).catch(() => undefined);
  }
}
