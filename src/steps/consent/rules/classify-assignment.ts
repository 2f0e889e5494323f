import type { AppRoleAssignment } from '../../../connectors/graph/applications/app-role-assignments.ts';

/**
 * `direct`: the leaver's own. `group`: a group's; deleting it would take the role from everybody in the group.
 * Anything else belongs to somebody else.
 */
export type AssignmentVerdict = 'direct' | 'group' | 'unrelated';

export function classifyAssignment(assignment: AppRoleAssignment, leaver: string): AssignmentVerdict {
  if (assignment.principalType === 'Group') return 'group';
  const own = assignment.principalId.toLowerCase() === leaver.toLowerCase();
  return own && assignment.principalType === 'User' ? 'direct' : 'unrelated';
}
