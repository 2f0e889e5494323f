import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { foundTogether } from '../../case/found.ts';
import { AskAgainSchema, fileAskedAgain, foundAgain } from '../../verification/asked-again.ts';
import { readMachines } from '../machines/read-machines.ts';
import { readPlatform } from './read-platform.ts';

/** Whether a credential of the leaver stands in the platform after the cut, or an access policy lets them use one. */
export const askPlatformAgain = defineActivity(
  'askPlatformAgain',
  { input: AskAgainSchema, output: StepPartRefSchema },
  (input, context) =>
    fileAskedAgain(context.vendors, input, async () => {
      const [platform, { findings, failures }] = await Promise.all([
        readPlatform(input, context),
        readMachines(input, context),
      ]);
      // What machines say is a limit of the step’s own lines, and proves nothing a second time.
      return foundTogether([foundAgain(platform), { findings, coverage: [], failures }]);
    }),
);
