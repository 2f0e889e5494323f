import { setTimeout as delay } from 'node:timers/promises';
import { QueueClient } from '@azure/storage-queue';
import { storageCredential } from '../../scenarios/support/everything-written.ts';
import type { FastStack } from '../../scenarios/support/fast-stack.ts';
import type { Chance } from '../../truth/firm/random.ts';
import type { Person } from './people.ts';

/**
 * What must have become of somebody at the end. `leaves`: is offboarded. `stays`: nothing of theirs was touched.
 * `waits`: is scheduled for a day that has not come. `returns`: was deleted and restored, and is let in.
 */
export type Fate = 'leaves' | 'stays' | 'waits' | 'returns';

/** Somebody about whom the app was told something. */
export interface Leaver extends Person {
  /** The entrance by which they came, for messages. */
  readonly way: string;
  readonly fate: Fate;
  /** How many cases there may be of them: a leaving that an operator and Entra tell of on either side of the end is two. */
  readonly mostCases: number;
  /** HR's messages about them by id, all of which the queue took. */
  readonly messages: Map<string, string>;
  /** Runs of a lifecycle workflow's task that wait for an answer. */
  readonly runs: string[];
  /** Whether their orchestration was taken away from under the app: the case fails, and is asked for again. */
  lost: boolean;
}

/** A firm whose app is killed again and again, and what the firm knows of it. */
export interface Firm extends FastStack {
  readonly chance: Chance;
  readonly leavers: Leaver[];
  /** People whose deletions no event tells of. */
  readonly untold: Set<string>;
  /** Hears what is still to be done while the firm becomes quiet. */
  readonly onLeft: (left: readonly string[]) => unknown;
  /** What went wrong at an entrance in a way that no sender repeats. */
  readonly faults: string[];
}

const ADMINISTER = ['Offboarding.Read', 'Offboarding.Operate', 'Offboarding.Administer'];

/** Calls the app as a careful sender does: again, until there is an answer that is meant, however often it dies meanwhile. */
export async function insist(what: string, ask: () => Promise<Response>, meant: readonly number[]): Promise<unknown> {
  for (;;) {
    // While the app is dead it has no address.
    const answer = await Promise.try(ask).catch(() => undefined);
    const text = await answer?.text().catch(() => undefined);
    if (answer !== undefined && text !== undefined) {
      if (meant.includes(answer.status)) return text === '' ? undefined : (JSON.parse(text) as unknown);
      // What is not an outage is the sender's fault, and comes again with no other answer.
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
        throw new Error(`${what} was answered with ${answer.status}: ${text.slice(0, 300)}`);
    }
    await delay(100);
  }
}

/** A call of the API by an operator, repeated with the same key. */
export function decide(
  firm: Pick<Firm, 'api'>,
  target: string,
  body: object | undefined,
  meant: readonly number[],
  { key = '', method = 'POST' }: { readonly key?: string; readonly method?: string } = {},
): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  return insist(`${method} ${target}`, () => firm.api(target, init, ADMINISTER), meant);
}

/** HR's queue. */
export function leaversQueue(firm: Pick<Firm, 'storage' | 'tenant'>): QueueClient {
  return new QueueClient(`${firm.storage.queue}/hr-leavers`, storageCredential(firm));
}

/** Where the host would put what it gave up. */
export function poisonQueue(firm: Pick<Firm, 'storage' | 'tenant'>): QueueClient {
  return new QueueClient(`${firm.storage.queue}/hr-leavers-poison`, storageCredential(firm));
}
