import { deleteAssignment, readAssignment } from '../../src/connectors/graph/app-role-assignments.ts';
import { failed, ok } from '../../src/connectors/result.ts';
import type { RemedyHandler } from './handler.ts';

/** Takes one person's own role on the gateway. Works from the resource's side, also for a deleted user. */
export const deleteAppRoleAssignment: RemedyHandler<'delete-app-role-assignment'> = {
  kind: 'delete-app-role-assignment',
  read: async (config, { servicePrincipalId, assignmentId }) => {
    const assignment = await readAssignment(config, servicePrincipalId, assignmentId);
    if (!assignment.ok) return assignment.failure.kind === 'not-found' ? ok({ state: 'gone' }) : assignment;
    // A group's row carries the role of all its members.
    if (assignment.value.principalType !== 'User') {
      const message = `Not deleted, because assignment ${assignmentId} is not a user's; plan the case again.`;
      return failed({ kind: 'refused', status: 200, message });
    }
    return ok({ state: 'present', image: { ...assignment.value } }, assignment.requestId);
  },
  act: async (config, { servicePrincipalId, assignmentId }) => {
    const deleted = await deleteAssignment(config, servicePrincipalId, assignmentId);
    if (deleted.ok) return ok({ effect: 'done' }, deleted.requestId);
    return deleted.failure.kind === 'not-found' ? ok({ effect: 'done' }) : deleted;
  },
};
