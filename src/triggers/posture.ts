import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { casePolicy } from '../config/config-cases.ts';
import { config } from '../config.ts';
import { startPostureWith } from '../intake/runs/start-posture.ts';
import { logOf } from '../log.ts';
import { readingsOn } from '../posture/readings-needed.ts';
import { instanceOf, runIdOf } from '../posture/runs/run-id.ts';

/** The checklist, every night; what is costly to read, in the night to Monday. */
export function registerPosture(): void {
  app.timer('postureTimer', {
    schedule: '0 10 4 * * *',
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      const [settings, at] = [config(), new Date()];
      if (settings.ASSESSOR_CLIENT_ID === undefined) return;
      const runId = runIdOf(at, 'timer');
      await startPostureWith(df.getClient(context))(instanceOf(runId), {
        runId,
        at: at.toISOString(),
        trigger: 'timer',
        readings: readingsOn(at),
        policy: casePolicy(settings),
      });
      logOf(context).info('the checklist is assessed', { runId });
    },
  });
}
