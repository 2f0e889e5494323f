import * as z from 'zod';
import { defineRemedy } from '../../define-remedy.ts';
import { actOn, readTarget, SIGNED } from './github-target.ts';

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
  }),
  risk: 'disruptive',
  words: {
    noun: ['workflow', 'workflows'],
    done: 'disabled',
    ability: 'disable workflows',
    before: ({ path, organisation, repository }, _names: undefined) =>
      `Disable the workflow ${path} of ${organisation}/${repository}.`,
    undo: 'Enable the workflow; its schedule then runs as whoever enabled it.',
    impact: 'The workflow runs no more, whatever starts it.',
  },
  permissions: [SIGNED, 'remover/github/actions=write'],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 3 * length, writes: length }],
  ends: 'place',
  read: ({ github }, call) =>
    readTarget(
      github,
      call.organisation,
      (there) => there.getWorkflow(call, call.workflowId),
      ({ id, name, path, state }) => (state === 'active' ? { id, name, path, state } : undefined),
    ),
  act: ({ github }, call) =>
    actOn(github, call.organisation, (there) => there.disableWorkflowOf(call, call.workflowId)),
  restore: 'by-hand',
});
