import type { DurableClient } from 'durable-functions';
import { askEngine } from '../ask-engine.ts';
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
 *
 * @param ms how long each question to the engine may take
 */
export async function startOnce(
  client: DurableClient,
  orchestration: string,
  instanceId: string,
  input: unknown,
  ms?: number,
): Promise<void> {
  if (await exists(client, instanceId, ms)) return;
  try {
    await askEngine('starting an orchestration', () => client.startNew(orchestration, { instanceId, input }), ms);
  } catch (error) {
    if (!(await exists(client, instanceId, ms))) throw error;
  }
}

async function exists(client: DurableClient, instanceId: string, ms?: number): Promise<boolean> {
  try {
    await askEngine('asking for an orchestration', () => client.getStatus(instanceId), ms);
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
