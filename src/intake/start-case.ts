import type { DurableClient } from 'durable-functions';
import type { StartCase } from './start-row.ts';

/** The orchestration of one case, in `orchestrations/offboard-leaver.ts`. */
const OFFBOARD_LEAVER = 'offboardLeaver';

/** Starts cases through the Durable client of a trigger. */
export function startCaseWith(client: DurableClient): StartCase {
  return (instanceId, input) => startOnce(client, OFFBOARD_LEAVER, instanceId, input);
}

/**
 * Starts an instance unless there is one. The extension replaces an instance that has ended when its id is started
 * again, which would offboard a second time, so the id is looked up first. Two starts between look-up and start are
 * settled by the extension, which refuses the second with 409.
 */
export async function startOnce(
  client: DurableClient,
  orchestration: string,
  instanceId: string,
  input: unknown,
): Promise<void> {
  if (await exists(client, instanceId)) return;
  try {
    await client.startNew(orchestration, { instanceId, input });
  } catch (error) {
    if (!(await exists(client, instanceId))) throw error;
  }
}

async function exists(client: DurableClient, instanceId: string): Promise<boolean> {
  try {
    await client.getStatus(instanceId);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** durable-functions 3 has no error type for a missing instance: its message names the status. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && error.message.includes('HTTP 404');
}
