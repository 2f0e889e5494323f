import type { CaseRow } from './case.ts';
import { triesOf } from './following/attempts.ts';
import { dueOf } from './following/follow-up.ts';
import { instant } from './words/wording.ts';

/** What the engine says of the instance of a case; times in milliseconds since the epoch. */
export interface InstanceSeen {
  /** Durable Functions' word. */
  readonly status: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Why it failed, in a sentence, and whether that passes by itself, as an outage does. */
  readonly failure?: { readonly why: string; readonly passes: boolean };
}

export interface CaseSeen {
  readonly row: Pick<
    CaseRow,
    | 'state'
    | 'openedAt'
    | 'onHold'
    | 'attempts'
    | 'revisions'
    | 'attemptAt'
    | 'readAgainAt'
    | 'followUps'
    | 'instanceId'
  >;
  /** Undefined where the engine knows no such instance. */
  readonly instance: InstanceSeen | undefined;
  /** Whether its report is sealed, whatever the row says. */
  readonly sealed: boolean;
  /** The last sign of work beside the instance itself: its units, what they filed and counted. */
  readonly lastSignAt?: number;
}

export interface LivenessBounds {
  readonly stuckMs: number;
  readonly silenceMs: number;
  readonly attempts: number;
  readonly attemptDelayMs: number;
  /** Since when somebody has listened without a break, in milliseconds since the epoch: silence before it says nothing. */
  readonly heardFrom: number;
}

/** How long somebody has been watching; milliseconds since the epoch. */
export interface Listening {
  /** The last round that heard of the engine. */
  readonly lastAt: number;
  readonly heardFrom: number;
}

/** What is to be done about a case that has not ended. */
export type Liveness =
  | { readonly kind: 'alive' }
  /** Written and never started. */
  | { readonly kind: 'start' }
  /** The time of its next attempt has come. */
  | { readonly kind: 'begin' }
  /** Filed, and the time has come to read it again: a vendor had not answered, or a follow-up is due. */
  | { readonly kind: 'read-again' }
  /** Its report is there, and the row does not say so. */
  | { readonly kind: 'filed' }
  | { readonly kind: 'again'; readonly why: string; readonly next: number }
  | { readonly kind: 'failed'; readonly why: string };

/**
 * Younger ones are being opened by somebody right now. Whoever is slower is overtaken, which changes nothing; a leaver
 * whose opener died is contained by the round after this.
 */
const LEFT_MS = 60_000;
/** Rounds come every minute; without one for longer, nobody listened. */
const BREAK_MS = 5 * 60_000;
const MOST_DELAY_MS = 2 * 3_600_000;

const ALIVE: Liveness = { kind: 'alive' };

/**
 * Since when somebody has listened, by what the rounds before wrote down. An app that was stopped, or an engine that did
 * not answer, ran no case meanwhile: the silence of that time is nobody's.
 */
export function heardFromOf(before: Listening | undefined, now: number): number {
  if (before === undefined || now - before.lastAt > BREAK_MS) return now;
  // A host whose clock was ahead must not make silence pass for life.
  return Math.min(before.heardFrom, now);
}

/**
 * Whether a case goes on. The row is written by the orchestration, which cannot say that it is lost, was never begun, or
 * hangs: a row that went on saying `running` would take every further request for the person, and nothing would happen.
 */
export function livenessOf(
  { row, instance, sealed, lastSignAt = 0 }: CaseSeen,
  bounds: LivenessBounds,
  now: number,
): Liveness {
  if (row.state === 'open') {
    return row.onHold === undefined && Date.parse(row.openedAt) + LEFT_MS <= now ? { kind: 'start' } : ALIVE;
  }
  if (row.state === 'filed') return dueOf(row, new Date(now)) === undefined ? ALIVE : { kind: 'read-again' };
  if (row.state !== 'running') return ALIVE;
  if (row.attemptAt !== undefined) return Date.parse(row.attemptAt) <= now ? { kind: 'begin' } : ALIVE;
  const stands = standing(instance, lastSignAt, bounds, now);
  if (stands === undefined) return ALIVE;
  if (stands.ended && sealed) return { kind: 'filed' };
  const attempt = triesOf(row);
  if (!stands.passes) return { kind: 'failed', why: stands.why };
  if (attempt >= bounds.attempts) {
    return { kind: 'failed', why: `${stands.why} It was begun ${attempt} times, and is not begun again.` };
  }
  const delay = Math.min(bounds.attemptDelayMs * 2 ** (attempt - 1), Math.max(MOST_DELAY_MS, bounds.attemptDelayMs));
  return { kind: 'again', why: stands.why, next: now + delay };
}

interface Standing {
  readonly why: string;
  readonly ended: boolean;
  readonly passes: boolean;
}

/** Undefined where it goes on. */
function standing(
  instance: InstanceSeen | undefined,
  lastSignAt: number,
  { stuckMs, silenceMs, heardFrom }: LivenessBounds,
  now: number,
): Standing | undefined {
  if (instance === undefined) {
    return ended('The engine does not know its orchestration: the task hub was lost, emptied or exchanged.');
  }
  const { status, createdAt, updatedAt, failure } = instance;
  const outlasts = (since: number, bound: number): boolean => now - Math.max(since, heardFrom) >= bound;
  switch (status) {
    case 'Failed':
      return { ...ended(failure?.why ?? 'Its orchestration failed.'), passes: failure?.passes === true };
    case 'Completed':
      return ended('Its orchestration ended without a report.');
    case 'Terminated':
    case 'Canceled':
      return ended('Its orchestration was terminated by hand.');
    case 'Pending':
      return outlasts(Math.max(createdAt, updatedAt), stuckMs)
        ? stuck('pending', Math.max(createdAt, updatedAt))
        : undefined;
    case 'Suspended':
      return outlasts(updatedAt, stuckMs) ? stuck('suspended', updatedAt) : undefined;
    default: {
      const heardAt = Math.max(createdAt, updatedAt, lastSignAt);
      return outlasts(heardAt, silenceMs)
        ? going(`Nothing has been heard of it since ${inWords(heardAt)}.`)
        : undefined;
    }
  }
}

const stuck = (what: string, since: number): Standing =>
  going(`Its orchestration has been ${what} since ${inWords(since)}.`);

const ended = (why: string): Standing => ({ why, ended: true, passes: false });
const going = (why: string): Standing => ({ why, ended: false, passes: false });

function inWords(ms: number): string {
  return instant(new Date(ms).toISOString());
}
