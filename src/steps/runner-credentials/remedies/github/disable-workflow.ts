import * as z from 'zod';
import type { Workflow } from '../../../../connectors/github/actions/workflows.ts';
import type { GitHubOrganisation } from '../../../../connectors/github/index.ts';
import { ok, type VendorResult } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { comparedTo, DELETED_SINCE } from '../../../restoring/restoring.ts';
import { stopsWithWorkflow } from '../../rules/github/workflows/what-stops.ts';
import { actOn, giveOn, readTarget, SIGNED } from './github-target.ts';

/**
 * Which file it runs; and where the schedule is what it is disabled for, whom that runs as, because somebody may have
 * taken it over since. Numeric id, null for a deleted account.
 */
const Expected = z.strictObject({ path: z.string(), runsAs: z.exactOptional(z.nullable(z.int())) });

/** Ends a schedule that runs as the leaver. Gone means: whatever it is now, it is not active. */
export const disableWorkflow = defineRemedy({
  kind: 'disable-workflow',
  system: 'github',
  call: z.strictObject({
    kind: z.literal('disable-workflow'),
    organisation: z.string(),
    repository: z.string(),
    workflowId: z.int(),
    path: z.string(),
    expected: Expected,
  }),
  risk: 'disruptive',
  words: {
    noun: ['workflow', 'workflows'],
    done: 'disabled',
    ability: 'disable workflows',
    before: ({ path, organisation, repository }, _names: undefined) =>
      `Disable the workflow ${path} of ${organisation}/${repository}.`,
    impact: 'The workflow runs no more, whatever starts it.',
  },
  permissions: [SIGNED, 'remover/github/actions=write'],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 4 * length, writes: length }],
  ends: 'place',
  stops: (call, { uses }) => stopsWithWorkflow(call, uses),
  // docs.github.com/actions/reference/limits: time of a workflow run, waiting included
  livesOn: () => ({ minutes: 35 * 24 * 60, why: 'A run that has begun goes on, for 35 days at the most.' }),
  read: ({ github }, call) =>
    readTarget(
      github,
      call.organisation,
      (there) => readSchedule(there, call),
      ({ workflow: { id, name, path, state }, runsAs }) =>
        state === 'active'
          ? {
              image: { id, name, path, state, runsAs },
              now: call.expected.runsAs === undefined ? { path } : { path, runsAs },
            }
          : undefined,
    ),
  act: ({ github }, call) =>
    actOn(github, call.organisation, (there) => there.disableWorkflowOf(call, call.workflowId)),
  restore: {
    by: 'app',
    undo: 'it enables the workflow again; a schedule of it then runs as the GitHub App, until somebody changes its cron line.',
    look: async ({ github }, call) => {
      const there = await github.organisation('reader', call.organisation);
      if (!there.ok) return there;
      const workflow = await there.value.getWorkflow(call, call.workflowId);
      if (!workflow.ok) return workflow.failure.kind === 'not-found' ? ok(DELETED_SINCE) : workflow;
      const { path, state } = workflow.value;
      return ok(comparedTo({ path: call.expected.path }, { path }, { is: state === 'active' ? 'back' : 'free' }));
    },
    give: ({ github }, call) =>
      giveOn(github, call.organisation, (there) => there.enableWorkflowOf(call, call.workflowId)),
  },
});

/** The actor of the latest scheduled run is asked for only where the workflow can still run, and where it matters. */
async function readSchedule(
  there: GitHubOrganisation,
  place: {
    readonly organisation: string;
    readonly repository: string;
    readonly workflowId: number;
    readonly expected: z.output<typeof Expected>;
  },
): Promise<VendorResult<{ readonly workflow: Workflow; readonly runsAs: number | null }>> {
  const workflow = await there.getWorkflow(place, place.workflowId);
  if (!workflow.ok || workflow.value.state !== 'active' || place.expected.runsAs === undefined) {
    return workflow.ok ? ok({ workflow: workflow.value, runsAs: null }, workflow.requestId) : workflow;
  }
  const latest = await there.latestScheduledRun(place, place.workflowId);
  if (!latest.ok) return latest;
  return ok({ workflow: workflow.value, runsAs: latest.value?.actor?.id ?? null }, workflow.requestId);
}
