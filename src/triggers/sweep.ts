import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { casePolicy, config, type PolicySettings } from '../config.ts';
import { askEngine } from '../intake/ask-engine.ts';
import { startOnce } from '../intake/start-case.ts';
import { sweepIdOf } from '../sweep/sweep-run.ts';

/** The sweep for credentials whose owner is gone, at every full hour. */
export function registerSweep(): void {
  app.timer('sweepTimer', {
    schedule: '0 0 * * * *',
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      await startSweep(config(), df.getClient(context), () => new Date());
    },
  });
}

const HOUR_MS = 3_600_000;
/** A sweep that runs for longer than this keeps no other from beginning: it may never end. */
const MOST_HOURS = 6;

/** Whether the sweep of an earlier hour goes on: a second one would read the same again, and take its points. */
async function isUnderWay(client: df.DurableClient, at: number): Promise<boolean> {
  const earlier = Array.from({ length: MOST_HOURS }, (_, hours) => sweepIdOf(new Date(at - (hours + 1) * HOUR_MS)));
  const states = await Promise.all(earlier.map((instanceId) => statusOf(client, instanceId)));
  return states.some((status) => status === 'Running' || status === 'Pending');
}

async function statusOf(client: df.DurableClient, instanceId: string): Promise<string | undefined> {
  try {
    return (await askEngine('asking for a sweep', () => client.getStatus(instanceId))).runtimeStatus;
  } catch {
    // There was none in that hour, or nobody says.
    return undefined;
  }
}

/**
 * Starts the sweep of this hour, unless one goes on. Its id names the hour, so that a timer that fires twice, or late
 * after a restart, starts one sweep.
 */
async function startSweep(settings: PolicySettings, client: df.DurableClient, now: () => Date): Promise<string> {
  const at = now();
  const instanceId = sweepIdOf(at);
  if (await isUnderWay(client, at.getTime())) return instanceId;
  await startOnce(client, 'sweep', instanceId, { at: at.toISOString(), policy: casePolicy(settings) });
  return instanceId;
}
