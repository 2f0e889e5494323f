import * as z from 'zod';
import { failed, ok } from '../../../connectors/result.ts';
import { defineRemedy } from '../../define-remedy.ts';

/** Takes one person's own role on the gateway. Works from the resource's side, also for a deleted user. */
export const deleteAppRoleAssignment = defineRemedy({
  kind: 'delete-app-role-assignment',
  system: 'entra',
  call: z.strictObject({
    kind: z.literal('delete-app-role-assignment'),
    servicePrincipalId: z.string(),
    assignmentId: z.string(),
  }),
  risk: 'safe',
  words: {
    noun: ['app role assignment', 'app role assignments'],
    done: 'removed',
    ability: 'take roles on the gateway away',
    before: (_call, { role, who }: { role: string; who: string }) =>
      `Take the role ${role} on the gateway from ${who}.`,
    undo: 'An administrator assigns the role again, with the ids of the before-image.',
    impact: 'This person gets no further token with the role.',
  },
  permissions: ['remover/graph/AppRoleAssignment.ReadWrite.All'],
  leastCalls: ({ length }) => [{ vendor: 'graph', calls: 3 * length }],
  ends: 'place',
  read: async ({ graph }, { servicePrincipalId, assignmentId }) => {
    const assignment = await graph.readAssignment(servicePrincipalId, assignmentId);
    if (!assignment.ok) return assignment.failure.kind === 'not-found' ? ok({ state: 'gone' }) : assignment;
    // A group's row carries the role of all its members.
    if (assignment.value.principalType !== 'User') {
      const message = `Not deleted, because assignment ${assignmentId} is not a user's; plan the case again.`;
      return failed({ kind: 'refused', status: 200, message });
    }
    return ok({ state: 'present', image: { ...assignment.value } }, assignment.requestId);
  },
  act: async ({ graph }, { servicePrincipalId, assignmentId }) => {
    const deleted = await graph.deleteAssignment(servicePrincipalId, assignmentId);
    if (deleted.ok) return ok({ effect: 'done' }, deleted.requestId);
    return deleted.failure.kind === 'not-found' ? ok({ effect: 'done' }) : deleted;
  },
  restore: 'by-hand',
});
