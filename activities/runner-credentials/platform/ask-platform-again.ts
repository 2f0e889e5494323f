import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { AskAgainSchema, fileAskedAgain, foundAgain } from '../../verification/asked-again.ts';
import { readPlatform } from './read-platform.ts';

/** Whether a credential of the leaver stands in the platform after the cut, or an access policy lets them use one. */
export const askPlatformAgain = defineActivity(
  'askPlatformAgain',
  { input: AskAgainSchema, output: StepPartRefSchema },
  (input, context) =>
    fileAskedAgain(context.vendors, input, async () => foundAgain(await readPlatform(input, context))),
);
