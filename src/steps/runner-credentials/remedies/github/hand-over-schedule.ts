import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ok } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { withEquivalentCrons } from '../../rules/github/workflows/equivalent-cron.ts';
import { SIGNED } from './github-target.ts';

/** Which file it runs, and as whom its latest scheduled run was: numeric id. */
const Expected = z.strictObject({ path: z.string(), runsAs: z.int() });

const Call = z.strictObject({
  kind: z.literal('hand-over-schedule'),
  organisation: z.string(),
  repository: z.string(),
  workflowId: z.int(),
  path: z.string(),
  crons: z.array(z.string()).min(1),
  expected: Expected,
});

/**
 * Nothing stops by it, so that its impact is no reason to wait. It waits because it excludes the other way to close the
 * same finding: disabling the workflow ends the schedule, this lets it go on as somebody else, and which of both the schedule
 * needs only its team knows. A pull request in their repository would give the answer before anybody asked them.
 *
 * Proposes a commit by which somebody takes a schedule over: the cron line in another form that means the same, because
 * whoever commits to it last is its actor. It changes nothing until a person merges it, and the next scheduled run tells whose
 * it is then; so that is what is read back.
 * Source: docs.github.com/actions, "Events that trigger workflows", schedule.
 */
export const handOverSchedule = defineRemedy({
  kind: 'hand-over-schedule',
  system: 'github',
  call: Call,
  risk: 'by-choice',
  words: {
    noun: ['schedule', 'schedules'],
    done: 'proposed to be taken over',
    ability: 'propose a change of a workflow file',
    before: ({ path, organisation, repository }, _names: undefined) =>
      `Open a pull request in ${organisation}/${repository} that writes the cron line of ${path} in another form of the same meaning, for its new owner to merge.`,
    impact: 'Nothing stops; until it is merged, the schedule runs as the leaver.',
  },
  permissions: [
    SIGNED,
    'remover/github/contents=write',
    'remover/github/workflows=write',
    'remover/github/pull_requests=write',
  ],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 9 * length, writes: 3 * length }],
  ends: 'place',
  stops: () => [],
  livesOn: 'nothing',
  read: async ({ github }, call) => {
    const there = await github.organisation('reader', call.organisation);
    if (!there.ok) return there;
    const workflow = await there.value.getWorkflow(call, call.workflowId);
    if (!workflow.ok) return workflow.failure.kind === 'not-found' ? ok({ state: 'gone' }) : workflow;
    if (workflow.value.state !== 'active') return ok({ state: 'gone' });
    const latest = await there.value.latestScheduledRun(call, call.workflowId);
    if (!latest.ok) return latest;
    const runsAs = latest.value?.actor?.id;
    // Another account has it by now, which is what it is for.
    if (runsAs !== undefined && runsAs !== call.expected.runsAs) return ok({ state: 'gone' });
    const { id, name, path } = workflow.value;
    return ok({
      state: 'present',
      image: { id, name, path, runsAs: runsAs ?? null },
      now: { path, runsAs: call.expected.runsAs },
    });
  },
  // What is not found here is no schedule that is gone: nothing was proposed.
  act: async ({ github }, call) => {
    const there = await github.organisation('remover', call.organisation);
    if (!there.ok) return there;
    return there.value.proposeChange(call, {
      path: call.path,
      branch: branchOf(call),
      title: `Take over the schedule of ${call.path.split('/').at(-1)}`,
      body: BODY,
      change: (text) => withEquivalentCrons(text, call.crons),
    });
  },
  restore: {
    by: 'hand',
    undo: 'Close the pull request and delete its branch; once merged, whoever changes the cron line next takes the schedule over.',
  },
});

/** The same for the same schedule, so that a second delivery finds what the first made. */
function branchOf({ path, crons }: z.output<typeof Call>): string {
  return `offboarding/take-over-${createHash('sha256')
    .update(`${path}\n${crons.join('\n')}`)
    .digest('hex')
    .slice(0, 12)}`;
}

/** Names nobody: pull requests are read by more people than may know who left. */
const BODY = `This schedule runs as an account whose owner has left. GitHub runs a schedule as whoever committed to its cron line last, so this change writes the line in another form of the same meaning.

Whoever is to answer for the schedule merges it with their own account, or pushes a commit of their own to this branch first. Then look at the actor of the next scheduled run: it must not be the old one. If it is, disable and enable the workflow with the new owner’s account.

Merge nothing of it where the schedule is not needed any more; disable the workflow instead.
`;
