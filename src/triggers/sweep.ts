import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { casePolicy, config, type PolicySettings } from '../config.ts';
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

/**
 * Starts the sweep of this hour. Its id names the hour, so that a timer that fires twice, or late after a restart,
 * starts one sweep.
 */
async function startSweep(settings: PolicySettings, client: df.DurableClient, now: () => Date): Promise<string> {
  const at = now();
  const instanceId = sweepIdOf(at);
  await startOnce(client, 'sweep', instanceId, { at: at.toISOString(), policy: casePolicy(settings) });
  return instanceId;
}
