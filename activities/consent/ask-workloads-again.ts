import { coverageOf } from '../../src/cases/coverage/coverage-of.ts';
import { StepPartRefSchema } from '../../src/cases/step-result.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { AskAgainSchema, askedAgain, fileAskedAgain } from '../verification/asked-again.ts';
import { workloadsOfLeaver } from './discover-workloads.ts';

/** Whether the leaver owns another application after the cut, or another secret was added to one. */
export const askWorkloadsAgain = defineActivity(
  'askWorkloadsAgain',
  { input: AskAgainSchema, output: StepPartRefSchema },
  (input, { vendors, settings, now }) =>
    fileAskedAgain(vendors, input, async () => {
      const found = await workloadsOfLeaver(vendors, settings, input.caseId, input.leaver, now());
      const count = found.coverage.reduce((sum, { looked }) => sum + looked.count, 0);
      const coverage = [coverageOf(askedAgain('applications'), { count, unit: 'answers' }, found.failures)];
      return { findings: found.findings, coverage, failures: found.failures };
    }),
);
