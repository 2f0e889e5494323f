import { AboutSchema, DiscoveredSchema } from '../../../src/cases/discovery.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { fileStepResult } from '../../case/file-step-result.ts';
import { tryAgainAfter } from '../../case/try-again-after.ts';
import { readPlatform } from './read-platform.ts';

/** With what the gateway and the servers sign in elsewhere, as far as it is the leaver's. */
export const scanPlatform = defineActivity(
  'scanPlatform',
  { input: AboutSchema, output: DiscoveredSchema },
  async ({ caseId, leaver }, context) => {
    const { findings, coverage, failures } = await readPlatform({ caseId, leaver }, context);
    const part = { step: 'runner-credentials', findings, coverage, actions: [] } as const;
    return fileStepResult(context.vendors, caseId, part, tryAgainAfter(failures));
  },
);
