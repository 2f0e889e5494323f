import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { AskAgainSchema, askedAgain, fileAskedAgain } from '../../verification/asked-again.ts';
import { azureAccess } from './azure-access.ts';
import { gatewayAccess } from './gateway-access.ts';

/** Whether a role, a vault or a key of the gateway lets the leaver in after the cut: all that discovery asked. */
export const askPlatformAccessAgain = defineActivity(
  'askPlatformAccessAgain',
  { input: AskAgainSchema, output: StepPartRefSchema },
  (input, { vendors, settings }) =>
    fileAskedAgain(vendors, input, async () => {
      const found = await Promise.all([
        azureAccess(vendors, settings, input.leaver),
        gatewayAccess(vendors, settings, input.leaver),
      ]);
      return {
        findings: found.flatMap(({ findings }) => findings),
        coverage: found.flatMap(({ coverage }) =>
          coverage.map((line) => ({ ...line, source: askedAgain(line.source) })),
        ),
        failures: found.flatMap(({ failures }) => failures),
      };
    }),
);
