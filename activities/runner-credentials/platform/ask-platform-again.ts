import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { AskAgainSchema, askedAgain, fileAskedAgain } from '../../verification/asked-again.ts';
import { readPlatform } from './read-platform.ts';

/** Whether a credential of the leaver stands in the platform after the cut, or an access policy lets them use one. */
export const askPlatformAgain = defineActivity(
  'askPlatformAgain',
  { input: AskAgainSchema, output: StepPartRefSchema },
  (input, context) =>
    fileAskedAgain(context.vendors, input, async () => {
      const { coverage, ...read } = await readPlatform(input, context);
      return { ...read, coverage: coverage.map((line) => ({ ...line, source: askedAgain(line.source) })) };
    }),
);
