import { coverageOf } from '../../../src/cases/coverage-of.ts';
import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { text } from '../../../src/shapes/primitives.ts';
import { AskAgainSchema, askedAgain, fileAskedAgain } from '../../verification/asked-again.ts';
import { scanPersonalTokens } from './scan-personal-tokens.ts';

/** Whether a token or an SSH key of the leaver opens the organisation after the cut. */
export const askTokensAgain = defineActivity(
  'askTokensAgain',
  { input: AskAgainSchema.extend({ organisation: text }), output: StepPartRefSchema },
  (input, { vendors, settings, now }) =>
    fileAskedAgain(vendors, input, async () => {
      const { leaver, organisation } = input;
      const accounts = leaver.devops.filter((each) => each.organisation.toLowerCase() === organisation.toLowerCase());
      const scans = await Promise.all(accounts.map((account) => scanPersonalTokens(vendors, settings, account, now())));
      const count = scans.flatMap(({ coverage }) => coverage).reduce((sum, { looked }) => sum + looked.count, 0);
      const failures = scans.flatMap((scan) => scan.failures);
      const looked = { count, unit: 'tokens and keys' };
      return {
        findings: scans.flatMap(({ findings }) => findings),
        // Who has no account there has no tokens, and discovery has said so.
        coverage:
          accounts.length === 0 ? [] : [coverageOf(askedAgain(`azure-devops/${organisation}`), looked, failures)],
        failures,
      };
    }),
);
