import * as z from 'zod';
import type { GitHubOrganisation } from '../../../../connectors/github/index.ts';
import { failed, type VendorFailure } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { stopsWithoutRunner } from '../../rules/github/workflows/what-stops.ts';
import { cancelJobsOn, refusedTogether } from './cancel-jobs.ts';
import { actOn, readTarget, SIGNED } from './github-target.ts';

/** Which machine it is. GitHub gives an id once, so that a machine that is set up anew is another runner. */
const Expected = z.strictObject({ name: z.string(), os: z.string() });

const Call = z.strictObject({
  kind: z.literal('remove-runner'),
  organisation: z.string(),
  repository: z.exactOptional(z.string()),
  runnerId: z.int(),
  name: z.string(),
  expected: Expected,
});

/**
 * Takes a self-hosted runner's registration away: it gets no more jobs. The machine keeps what it has cached. GitHub has
 * nothing that disables one: without its own labels, or in a group of its own, a runner still takes what asks for no
 * more than `self-hosted`. So what runs on it is cancelled first, because GitHub removes none that works (422), and a job
 * would go on after the removal. Cancelling takes `actions=write`, and only where the runner works.
 */
export const removeRunner = defineRemedy({
  kind: 'remove-runner',
  system: 'github',
  call: Call,
  risk: 'disruptive',
  words: {
    noun: ['self-hosted runner', 'self-hosted runners'],
    done: 'removed',
    ability: 'remove runners',
    before: ({ name, runnerId, organisation, repository }, _names: undefined) =>
      `Remove the self-hosted runner ${name} (${runnerId}) from ${repository === undefined ? organisation : `${organisation}/${repository}`}; what runs on it then is cancelled first.`,
    impact:
      'A run with a job on it ends as cancelled, with all of its jobs; jobs that ask for its labels wait for another runner.',
  },
  permissions: {
    sortOf: ({ repository }) => (repository === undefined ? 'organisation' : 'repository'),
    bySort: {
      organisation: [SIGNED, 'remover/github/organization_self_hosted_runners=write'],
      repository: [SIGNED, 'remover/github/administration=write'],
    },
  },
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 3 * length, writes: length }],
  ends: 'place',
  stops: (call, { uses }, { evidence }) =>
    stopsWithoutRunner(call, Array.isArray(evidence.labels) ? evidence.labels : [], uses),
  // docs.github.com/actions/reference/limits: execution time of a job on a self-hosted runner
  livesOn: () => ({
    minutes: 5 * 24 * 60,
    why: 'A job on it is cancelled, and the machine need not heed that: it may go on, for five days at the most.',
  }),
  read: ({ github }, call) =>
    readTarget(
      github,
      call.organisation,
      (there) => there.getRunner(placeOf(call), call.runnerId),
      ({ name, os, status, labels }) => ({
        image: { name, os, status, labels: labels.map((label) => label.name) },
        now: { name, os },
      }),
    ),
  act: ({ github }, call) =>
    actOn(github, call.organisation, async (there) => {
      const left = await jobsLeftOn(there, call);
      if (left !== undefined) return failed(left);
      return there.deleteRunner(placeOf(call), call.runnerId);
    }),
  restore: {
    by: 'hand',
    undo: 'Register the machine again, and start again what was cancelled; the former takes a registration token of the organisation or repository.',
  },
});

/** Cancels what runs on it; why a job is left there, if one is: nobody may say then that the runner is out of use. */
async function jobsLeftOn(there: GitHubOrganisation, call: z.output<typeof Call>): Promise<VendorFailure | undefined> {
  const runner = await there.getRunner(placeOf(call), call.runnerId);
  if (!runner.ok) return failureUnlessGone(runner.failure);
  if (!runner.value.busy) return undefined;
  const { refused } = await cancelJobsOn(there, placeOf(call), call.runnerId);
  if (refused.length === 0) return undefined;
  const after = await there.getRunner(placeOf(call), call.runnerId);
  if (!after.ok) return failureUnlessGone(after.failure);
  return after.value.busy ? refusedTogether(refused) : undefined;
}

function failureUnlessGone(failure: VendorFailure): VendorFailure | undefined {
  return failure.kind === 'not-found' ? undefined : failure;
}

function placeOf({ organisation, repository }: z.output<typeof Call>) {
  return repository === undefined ? { organisation } : { organisation, repository };
}
