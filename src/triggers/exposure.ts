import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { casePolicy } from '../config/config-cases.ts';
import { config } from '../config.ts';
import { partsOf } from '../exposure/part.ts';
import { startExposureWith } from '../intake/runs/start-exposure.ts';
import { logOf } from '../log.ts';

/** What would still work of everybody’s, in the night to Monday, where the firm has turned it on. */
export function registerExposure(): void {
  app.timer('exposureTimer', {
    schedule: '0 40 4 * * 1',
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      const [settings, at] = [config(), new Date().toISOString()];
      if (settings.EXPOSURE.length === 0) return;
      const parts = partsOf(settings.SUBSCRIPTION_IDS);
      await startExposureWith(df.getClient(context))({ at, parts, policy: casePolicy(settings) });
      logOf(context).info('what everybody holds is read', { at });
    },
  });
}
