/** An app role on the gateway that somebody or some group was given. */
export interface AppRoleAssignment {
  readonly id: string;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly principalType: string;
  readonly principalName: string;
  readonly resourceId: string;
}

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
