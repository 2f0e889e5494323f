import { coverageOf } from '../../../src/cases/coverage/coverage-of.ts';
import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { text } from '../../../src/shapes/primitives.ts';
import { AskAgainSchema, askedAgain, fileAskedAgain } from '../../verification/asked-again.ts';
import { judgeLocated } from '../judge-located.ts';
import { scanInventory } from './scans/scan-inventory.ts';
import { scanPersonalTokens } from './scans/scan-personal-tokens.ts';

/**
 * Whether a token, an SSH key, an agent, a connection or a variable of the leaver opens the organisation after the cut:
 * all that discovery asked, because each project's pipelines and variable groups are a list each.
 */
export const askTokensAgain = defineActivity(
  'askTokensAgain',
  { input: AskAgainSchema.extend({ organisation: text }), output: StepPartRefSchema },
  (input, context) =>
    fileAskedAgain(context.vendors, input, async () => {
      const { vendors, settings, now } = context;
      const { caseId, leaver, organisation } = input;
      const accounts = leaver.devops.filter((each) => each.organisation.toLowerCase() === organisation.toLowerCase());
      // Discovery has said whether nobody there can be the leaver, and what follows from that.
      const about = { caseId, leaver, organisation, accounts: { accounts, noneThere: true } };
      const [inventory, scan] = await Promise.all([
        scanInventory(about, context, now()),
        scanPersonalTokens(vendors, settings, organisation, accounts, now()),
      ]);
      const stand = await judgeLocated({ caseId, leaver, system: 'azure-devops', organisation }, context, {
        places: inventory.located,
        coverage: inventory.coverage,
      });
      const count = scan.coverage.reduce((sum, { looked }) => sum + looked.count, 0);
      const tokens = coverageOf(
        askedAgain(`azure-devops/${organisation}`),
        { count, unit: 'tokens and keys' },
        scan.failures,
      );
      return {
        findings: [inventory, scan, stand].flatMap(({ findings }) => findings),
        coverage: [
          // Who has no account there has no tokens, and discovery has said so.
          ...(accounts.length === 0 ? [] : [tokens]),
          // What nobody can read was said by discovery as well.
          ...inventory.coverage
            .filter(({ state }) => state !== 'not-examined')
            .map((line) => ({ ...line, source: askedAgain(line.source) })),
        ],
        failures: [inventory, scan, stand].flatMap(({ failures }) => failures),
      };
    }),
);
