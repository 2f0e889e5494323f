import type { Action, RetryPolicy } from './replay/actions.ts';
import type { Scheduled } from './replay/determinism.ts';
import type { ExternalEvents } from './replay/external-events.ts';
import type { Ledger } from './storage/ledger.ts';
import type { Pending } from './work/pending.ts';
import { all, any, pending, settled } from './work/pending.ts';

/** The Azure Storage provider's limits for one timer; longer ones are chains. */
const LONGEST_TIMER_MS = 6 * 24 * 60 * 60 * 1000;
const TIMER_LINK_MS = 3 * 24 * 60 * 60 * 1000;

export interface CarryOutParts {
  readonly ledger: Ledger;
  readonly external: ExternalEvents;
  readonly executionId: string;
  /** The reason why a function cannot be called, or undefined where it can. */
  readonly refuse: (kind: 'activity' | 'sub-orchestration', name: string) => string | undefined;
  readonly continueAsNew: (input: string | null) => void;
}

/** Does what one action asks for; the result settles as the extension's task would. Throws where it cannot be done. */
export type CarryOut = (action: Action) => Pending;

export function createCarryOut(parts: CarryOutParts): CarryOut {
  const { ledger, external } = parts;
  const seen = new Set<object>();

  const carryOut: CarryOut = (action) => {
    const { source } = action;
    if (action.kind !== 'external-event' && seen.has(source)) throw reusedTask(action);
    seen.add(source);
    switch (action.kind) {
      case 'activity':
      case 'sub-orchestration': {
        const refusal = parts.refuse(action.kind, action.name);
        if (refusal !== undefined) throw new Error(refusal);
        const once = (): Pending => ledger.schedule(callOf(action, `${parts.executionId}:${ledger.nextId}`), source);
        return action.retry === undefined ? once() : withRetry(ledger, once, action.retry, source);
      }
      case 'timer':
        return timer(ledger, action);
      case 'external-event':
        return external.waitFor(action.name);
      case 'all':
        return all(action.children.map(carryOut));
      case 'any':
        return any(action.children.map(carryOut));
      case 'continue-as-new':
        parts.continueAsNew(action.input);
        return settled();
      case 'unsupported':
        throw new Error(`The local host does not support ${action.what}.`);
      default:
        return action satisfies never;
    }
  };
  return carryOut;
}

function callOf(
  action: Extract<Action, { kind: 'activity' | 'sub-orchestration' }>,
  defaultInstanceId: string,
): Scheduled {
  if (action.kind === 'activity') return { kind: 'activity', name: action.name, input: action.input };
  const instanceId = action.instanceId?.trim() ? action.instanceId : defaultInstanceId;
  return { kind: 'sub-orchestration', name: action.name, input: action.input, instanceId, version: action.version };
}

/** Durable Task's retry: each attempt and each wait has a number of its own. */
function withRetry(ledger: Ledger, attempt: () => Pending, retry: RetryPolicy, source: object): Pending {
  const whole = pending();
  const firstAttemptAt = ledger.now;
  const run = (count: number): void => {
    attempt().whenSettled((failed) => {
      const { now } = ledger;
      if (!failed) whole.settle(false);
      // Durable Task keeps one superfluous timer after the last attempt, so that old histories still replay.
      else if (count >= retry.attempts) linked(ledger, now, source).whenSettled(() => whole.settle(true));
      else if (now >= firstAttemptAt + retry.timeoutMs) whole.settle(true);
      else {
        const delay = Math.min(retry.firstDelayMs * retry.backoff ** (count - 1), retry.longestDelayMs);
        linked(ledger, now + delay, source).whenSettled(() => run(count + 1));
      }
    });
  };
  run(1);
  return whole;
}

function timer(ledger: Ledger, { fireAt, canceled, source }: Extract<Action, { kind: 'timer' }>): Pending {
  if (!Number.isFinite(fireAt)) throw new Error('A timer was created for an invalid date.');
  const long = fireAt - ledger.now > LONGEST_TIMER_MS;
  if (long && !canceled) return longTimer(ledger, fireAt, source);
  const id = ledger.nextId;
  const task = long
    ? linked(ledger, ledger.now + TIMER_LINK_MS, source)
    : ledger.schedule({ kind: 'timer', fireAt }, source);
  if (canceled) ledger.settle(id, true);
  return task;
}

function longTimer(ledger: Ledger, fireAt: number, source: object): Pending {
  const whole = pending();
  const link = (until: number): void => {
    linked(ledger, until, source).whenSettled(() => {
      const left = fireAt - ledger.now;
      if (left <= 0) whole.settle(false);
      else link(left < TIMER_LINK_MS ? fireAt : ledger.now + TIMER_LINK_MS);
    });
  };
  link(ledger.now + TIMER_LINK_MS);
  return whole;
}

function linked(ledger: Ledger, fireAt: number, source: object): Pending {
  return ledger.schedule({ kind: 'timer', fireAt, linked: true }, source);
}

function reusedTask(action: Action): Error {
  const label = 'name' in action ? `${action.kind} '${action.name}'` : action.kind;
  return new Error(
    `A task that is already scheduled (${label}) was put into another Task.all or Task.any. ` +
      'On Azure, durable-functions 3 would schedule it a second time and mix up the results ' +
      '(azure-functions-durable-js issue 574). Yield the task itself, or make new tasks in waves.',
  );
}
