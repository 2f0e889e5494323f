import { coverageOf } from '../../../src/cases/coverage-of.ts';
import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { text } from '../../../src/shapes/primitives.ts';
import { AskAgainSchema, askedAgain, fileAskedAgain } from '../../verification/asked-again.ts';
import { scanAgents } from './scan-agents.ts';
import { scanPersonalTokens } from './scan-personal-tokens.ts';

/**
 * Whether a token, an SSH key or an agent of the leaver opens the organisation after the cut. What agents publish is read
 * as in discovery, and only whose machines they are is told: tokens in capabilities are as old as an agent's last start.
 */
export const askTokensAgain = defineActivity(
  'askTokensAgain',
  { input: AskAgainSchema.extend({ organisation: text }), output: StepPartRefSchema },
  (input, { vendors, settings, now }) =>
    fileAskedAgain(vendors, input, async () => {
      const { leaver, organisation } = input;
      const accounts = leaver.devops.filter((each) => each.organisation.toLowerCase() === organisation.toLowerCase());
      const [agents, scan] = await Promise.all([
        scanAgents(vendors, settings, organisation, leaver),
        scanPersonalTokens(vendors, settings, organisation, accounts, now()),
      ]);
      const count = scan.coverage.reduce((sum, { looked }) => sum + looked.count, 0);
      const { failures } = scan;
      const tokens = coverageOf(
        askedAgain(`azure-devops/${organisation}`),
        { count, unit: 'tokens and keys' },
        failures,
      );
      return {
        findings: [agents, scan].flatMap(({ findings }) => findings),
        coverage: [
          // Who has no account there has no tokens, and discovery has said so.
          ...(accounts.length === 0 ? [] : [tokens]),
          ...agents.coverage.map((line) => ({ ...line, source: askedAgain(line.source) })),
        ],
        failures: [...agents.failures, ...failures],
      };
    }),
);
