import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { config } from '../config.ts';
import { vendors } from '../connectors/vendors.ts';
import { DUTIES } from '../duties/index.ts';
import { runDuties } from '../duties/run-duties.ts';
import { logOf } from '../log.ts';

/** Does what has fallen due, every minute. */
export function registerDueWork(): void {
  app.timer('dueWork', {
    schedule: '0 * * * * *',
    extraInputs: [df.input.durableClient()],
    handler: (_timer, context) =>
      runDuties(DUTIES, {
        vendors: vendors(),
        settings: config(),
        log: logOf(context),
        client: df.getClient(context),
        now: () => new Date(),
      }),
  });
}
