import type { Determinism, Scheduled } from '../replay/determinism.ts';
import { assertSame } from '../replay/determinism.ts';
import type { Pending } from '../work/pending.ts';
import { pending } from '../work/pending.ts';

/** What an orchestration has scheduled so far, by sequence number, in one replay. */
export class Ledger {
  /** The time of the episode that is being replayed, milliseconds since the epoch. */
  now = 0;
  readonly #instanceId: string;
  readonly #determinism: Determinism;
  readonly #unconfirmed = new Map<number, Scheduled>();
  readonly #heldBack = new Map<number, Scheduled>();
  readonly #open = new Map<number, { readonly task: Pending; readonly source: object }>();
  #nextId = 0;

  constructor(instanceId: string, determinism: Determinism) {
    this.#instanceId = instanceId;
    this.#determinism = determinism;
  }

  get nextId(): number {
    return this.#nextId;
  }

  /** Gives the next number to something that was asked for by `source`. */
  schedule(what: Scheduled, source: object): Pending {
    const id = this.#nextId++;
    const task = pending();
    this.#unconfirmed.set(id, what);
    this.#open.set(id, { task, source });
    return task;
  }

  /** History has it: it must be the same, and need not be scheduled any more. */
  confirm(id: number, recorded: Scheduled): void {
    assertSame(this.#instanceId, id, recorded, this.#unconfirmed.get(id), this.#determinism);
    this.#unconfirmed.delete(id);
  }

  /** Nothing happens where it is not open any more: a cancelled timer fires all the same. */
  settle(id: number, failed: boolean): void {
    const task = this.#open.get(id)?.task;
    this.#open.delete(id);
    task?.settle(failed);
  }

  /** What is new in this replay waits while the instance is suspended. */
  suspend(): void {
    for (const [id, what] of this.#unconfirmed) this.#heldBack.set(id, what);
    this.#unconfirmed.clear();
  }

  resume(): void {
    for (const [id, what] of this.#heldBack) this.#unconfirmed.set(id, what);
    this.#heldBack.clear();
  }

  /** What is not in history yet. */
  get scheduled(): ReadonlyMap<number, Scheduled> {
    return this.#unconfirmed;
  }

  /** Which of the SDK's action objects each open number belongs to. */
  get open(): ReadonlyMap<number, object> {
    return new Map([...this.#open].map(([id, { source }]) => [id, source]));
  }
}
