import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { AskAgainSchema, fileAskedAgain, foundAgain } from '../../verification/asked-again.ts';
import { platformAccess } from './discover-platform-access.ts';

/** Whether a role, a vault or a key of the gateway lets the leaver in after the cut: all that discovery asked. */
export const askPlatformAccessAgain = defineActivity(
  'askPlatformAccessAgain',
  { input: AskAgainSchema, output: StepPartRefSchema },
  (input, { vendors, settings }) =>
    fileAskedAgain(vendors, input, async () => foundAgain(await platformAccess(vendors, settings, input.leaver))),
);
