import type { DurableClient } from 'durable-functions';
import * as z from 'zod';
import { defineStarter } from '../../src/durable/activity.ts';
import { enqueueMessages } from '../../src/outbox/enqueue.ts';
import { count } from '../../src/shapes/primitives.ts';

/** Ends of an orchestration that could not write its row any more. */
const BROKEN = new Set<string>(['Failed', 'Terminated', 'Canceled']);

/**
 * Writes into the rows what their orchestrations could not: terminated by hand, or failed while storage was away. A
 * row that goes on saying `running` would take every further request for the person, and nothing would happen.
 */
export const failBrokenCases = defineStarter(
  'failBrokenCases',
  { input: z.null(), output: z.strictObject({ failed: count }) },
  async (_, { vendors, settings, client, log, now }) => {
    let failed = 0;
    for (const { row } of await vendors.storage.recentCases('running')) {
      if (!(await isBroken(client, row.instanceId))) continue;
      await enqueueMessages(vendors, settings, { row, moments: ['failed'], at: now().toISOString() });
      await vendors.storage.updateCase(row.caseId, (current) =>
        current.state === 'running' ? { ...current, state: 'failed', outcome: 'failed' } : undefined,
      );
      failed += 1;
      log.warn('a case broke without saying so', { caseId: row.caseId });
    }
    return { failed };
  },
);

async function isBroken(client: DurableClient, instanceId: string): Promise<boolean> {
  try {
    return BROKEN.has((await client.getStatus(instanceId)).runtimeStatus);
  } catch {
    // Not there, or not to be asked: neither says that it broke.
    return false;
  }
}
