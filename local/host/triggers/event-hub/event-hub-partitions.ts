import type { Clock } from '../../engine/clock.ts';
import type { Store } from '../../engine/storage/store.ts';
import type { HostSettings } from '../../host-settings.ts';
import type { Invocation, Invoke } from '../../invoker.ts';
import type { Logger } from '../../log.ts';
import { messageOf } from '../../log.ts';
import type { RegisteredFunction } from '../../registry.ts';
import { retryDelayMs } from '../retry-policy.ts';
import type { StopTrigger } from '../timer.ts';
import { eventHubConnection } from './event-hub-connection.ts';
import { invocationsOf } from './event-hub-invocation.ts';

export interface EventHubParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly invoke: Invoke;
  readonly log: Logger;
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly eventHubs: HostSettings['eventHubs'];
}

/** Before a hub that does not answer is asked again. */
const FAULT_WAIT_MS = 1_000;

/**
 * Receives from every partition of a hub, one batch of each at a time. The checkpoint is written once a batch has
 * succeeded or its retry policy is used up, so a partition stands still while its batch is tried again, a batch that
 * fails for good is passed over, and one during which the process dies comes again.
 */
export function startEventHub(target: RegisteredFunction, parts: EventHubParts): StopTrigger {
  const { log, settings } = parts;
  const hub = eventHubConnection(target, settings);
  if (hub === undefined) return async () => {};
  const stop = new AbortController();
  const { signal } = stop;

  const run = async (): Promise<void> => {
    const partitions = await untilItAnswers(() => hub.partitions(signal));
    await Promise.all((partitions ?? []).map((partition) => pump(partition)));
  };

  const pump = async (partition: string): Promise<void> => {
    const name = `${hub.place.eventHubName}/${hub.place.consumerGroup}/${partition}`;
    while (!signal.aborted) {
      const after = parts.store.checkpoint(name);
      const most = parts.eventHubs.maxEventBatchSize;
      const events = (await untilItAnswers(() => hub.receive(partition, after, most, signal))) ?? [];
      const last = events.at(-1);
      if (last === undefined || signal.aborted) continue;
      let done = true;
      for (const call of invocationsOf(target, { ...hub.place, partitionId: partition }, events)) {
        done = (await invokeWithRetries(target, call, parts, signal)) && done;
      }
      if (done) parts.store.saveCheckpoint(name, last.sequenceNumber);
    }
  };

  let lastFault = '';
  const untilItAnswers = async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
    while (!signal.aborted) {
      try {
        const answer = await ask();
        lastFault = '';
        return answer;
      } catch (error) {
        if (signal.aborted) return undefined;
        const fault = messageOf(error);
        if (fault !== lastFault) {
          log('warning', `Function.${target.name}`, `The event hub ${hub.place.eventHubName} cannot be read: ${fault}`);
        }
        lastFault = fault;
        await pause(parts.clock, FAULT_WAIT_MS, signal);
      }
    }
    return undefined;
  };

  const ended = run();
  return async () => {
    stop.abort();
    await ended;
  };
}

/** Whether the batch is done with: it succeeded, or its retry policy is used up. False where the host stops first. */
async function invokeWithRetries(
  target: RegisteredFunction,
  call: Invocation,
  { invoke, clock, log }: EventHubParts,
  signal: AbortSignal,
): Promise<boolean> {
  const policy = target.metadata.retryOptions;
  const maxRetryCount = policy?.maxRetryCount ?? 0;
  for (let retryCount = 0; ; retryCount += 1) {
    const retryContext = retryCount === 0 ? {} : { retryContext: { retryCount, maxRetryCount } };
    const outcome = await invoke(target, { ...call, ...retryContext });
    if (outcome.ok) return true;
    log('error', `Function.${target.name}`, messageOf(outcome.error), { retryCount });
    if (policy === undefined || (maxRetryCount !== -1 && retryCount >= maxRetryCount)) return true;
    await pause(clock, retryDelayMs(policy, retryCount), signal);
    if (signal.aborted) return false;
  }
}

async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const cancel = clock.setTimer(clock.now() + ms, end);
    function end(): void {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end);
  });
}
