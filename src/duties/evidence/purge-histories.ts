import * as df from 'durable-functions';
import { FORGOTTEN_DAYS } from '../../machines/keep.ts';
import type { Duty } from '../duty.ts';

const DAY_MS = 24 * 3_600_000;
/** How far back histories of an installation that never purged any may lie. */
const FIRST_DAYS = 400;
/** Larger ranges run into the host's time limit: github.com/Azure/azure-functions-durable-extension/issues/1145 */
const SLICE_MS = DAY_MS;
const MOST_SLICES = 10;
const MOST_ROWS = 1_000;

/** Of an orchestration that goes on, nothing is purged. */
const ENDED = [
  df.OrchestrationRuntimeStatus.Completed,
  df.OrchestrationRuntimeStatus.Failed,
  df.OrchestrationRuntimeStatus.Terminated,
  df.OrchestrationRuntimeStatus.Canceled,
];

/**
 * Purges what has served its time, a slice at once: histories of orchestrations that ended, which hold names of people,
 * the keys of requests, messages that are told, what HR said of leavings that are over, and what machines said that say nothing
 * any more. The engine keeps them for ever (github.com/Azure/azure-functions-durable-extension/issues/892).
 * Cases, their evidence, and who is denied are not its business.
 */
export const purgeHistories: Duty = {
  name: 'purge histories',
  run: async ({ vendors, settings, client, now }) => {
    const at = now().getTime();
    const keepFrom = at - settings.HISTORY_RETENTION_DAYS * DAY_MS;
    const begun = (await vendors.storage.readPurgedUntil()) ?? keepFrom - FIRST_DAYS * DAY_MS;
    let until = begun;
    let done = 0;
    for (let slice = 1; slice <= MOST_SLICES && until + SLICE_MS <= keepFrom; slice += 1) {
      const { instancesDeleted } = await client.purgeInstanceHistoryBy({
        createdTimeFrom: new Date(until),
        createdTimeTo: new Date(until + SLICE_MS),
        runtimeStatus: ENDED,
      });
      done += instancesDeleted;
      until += SLICE_MS;
      await vendors.storage.writePurgedUntil(until);
    }
    const before = new Date(at - settings.IDEMPOTENCY_RETENTION_DAYS * DAY_MS);
    done += await vendors.storage.forgetKeys(before, MOST_ROWS);
    // These read a whole table: once a day, when a day of histories went.
    if (until === begun) return done;
    for (const forget of ['forgetMessages', 'forgetLeavings'] as const)
      done += await vendors.storage[forget](before, MOST_ROWS);
    const silentSince = new Date(at - FORGOTTEN_DAYS * DAY_MS);
    done += await vendors.storage.forgetMachines(silentSince, MOST_ROWS);
    return done;
  },
};
