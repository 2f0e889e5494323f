import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type JobSeen,
  jobEvidence,
  jobIn,
  whatBecomesOf,
} from '../../../../../src/steps/runner-credentials/rules/azure-devops/agent-job.ts';

const job = (fate: JobSeen['fate'], link?: string): JobSeen => ({
  name: 'run 7',
  fate,
  ...(link === undefined ? {} : { link }),
});

const BECOMES: readonly (readonly [job: JobSeen | undefined, words: string])[] = [
  [undefined, 'a build that runs on it then is cancelled first, where the app may do that'],
  [job('cancelled'), 'it runs run 7, which is cancelled first, with all of its jobs'],
  [job('cancelled', 'https://x'), 'it runs run 7 (https://x), which is cancelled first, with all of its jobs'],
  [
    job('perhaps'),
    'it runs run 7, which is cancelled first if Azure DevOps lets the app: it did not say whether it does',
  ],
  [
    job('goes-on', 'https://x'),
    'it runs run 7 (https://x), which the app may not cancel: that goes on, and has no end by itself, so cancel it there first',
  ],
];
for (const [of, words] of BECOMES) {
  test(`a plan says of a job: ${words}`, () => assert.equal(whatBecomesOf(of), words));
}

test('the evidence has a job’s link where it has one, and the job stops with the agent unless it goes on', () => {
  assert.deepEqual(jobEvidence(job('perhaps', 'https://x')), {
    job: 'run 7',
    jobLink: 'https://x',
    jobFate: 'perhaps',
  });
  assert.deepEqual(jobEvidence(job('perhaps')), { job: 'run 7', jobFate: 'perhaps' });
  assert.deepEqual(jobIn(jobEvidence(job('perhaps'))), [
    { what: 'run 7, which ran on it when it was read', perhaps: true },
  ]);
  assert.deepEqual(jobIn({ job: 7, jobFate: 'cancelled' }), []);
});
