import { AboutSchema, DiscoveredSchema } from '../../../src/cases/discovery.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { foundTogether } from '../../case/found.ts';
import { fileStepResult } from '../../case/report/file-step-result.ts';
import { tryAgainAfter } from '../../case/try-again-after.ts';
import { readMachines } from '../machines/read-machines.ts';
import { readPlatform } from './read-platform.ts';

/** With what the gateway and the servers sign in elsewhere, and what machines say stands on them, as far as it is the leaver's. */
export const scanPlatform = defineActivity(
  'scanPlatform',
  { input: AboutSchema, output: DiscoveredSchema },
  async ({ caseId, leaver }, context) => {
    const about = { caseId, leaver };
    const { findings, coverage, failures } = foundTogether(
      await Promise.all([readPlatform(about, context), readMachines(about, context)]),
    );
    const part = { step: 'runner-credentials', findings, coverage, actions: [] } as const;
    return fileStepResult(context.vendors, caseId, part, tryAgainAfter(failures));
  },
);
