import { setTimeout as delay } from 'node:timers/promises';
import type { Turn } from '../storage/turn.ts';
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
  #waited = false;
  readonly #storage: Pick<DeniedStores['storage'], 'takeTurn'>;

  constructor(storage: Pick<DeniedStores['storage'], 'takeTurn'>) {
    this.#storage = storage;
  }

  /**
   * @returns false where others had it meanwhile, so that the list has to be looked at again. A turn that does not come
   * keeps nobody from being contained: after its time the list is written without it.
   */
  async take(): Promise<boolean> {
    if (this.#turn !== undefined || this.#waited) return true;
    const end = Date.now() + TURN_MS;
    for (;;) {
      const taken = await this.#storage.takeTurn(TURN_MS).catch(() => undefined);
      // The table of the turn does not answer: the list is written all the same.
      if (taken === undefined) return true;
      if (typeof taken !== 'number') {
        this.#turn = taken;
        return !this.#waited;
      }
      this.#waited = true;
      if (Date.now() >= end) return false;
      await delay(Math.min(taken, POLL_MS));
    }
  }

  async giveBack(): Promise<void> {
    await this.#turn?.giveBack(this.restMs).catch(() => undefined);
  }
}
