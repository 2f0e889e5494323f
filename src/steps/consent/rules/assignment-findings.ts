import type { Finding } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import type { AppRoleAssignment } from '../../../connectors/graph/applications/app-role-assignments.ts';
import type { Leaver } from '../../../people/leaver.ts';
import { remedyOf } from '../../define-remedy.ts';
import { assignmentState, deleteAppRoleAssignment } from '../remedies/delete-app-role-assignment.ts';
import { classifyAssignment } from './classify-assignment.ts';
import { COVERED } from './only-refused.ts';

export interface AssignmentsRead {
  /** All assignments on the gateway, whoever they belong to. */
  readonly onGateway: readonly AppRoleAssignment[];
  /**
   * The groups among them that the leaver is a direct member of; undefined where that cannot be read, because
   * Graph shows no memberships of a deleted user.
   */
  readonly groupsOfLeaver: ReadonlySet<string> | undefined;
  /** The value of an app role by its id. */
  roleName(appRoleId: string): string;
}

type Who = Pick<Leaver, 'oid' | 'displayName' | 'state'>;

/** The findings that app roles on the gateway give rise to. */
export function assignmentFindings(read: AssignmentsRead, leaver: Who): Finding[] {
  return read.onGateway.flatMap((assignment) => {
    const role = read.roleName(assignment.appRoleId);
    const verdict = classifyAssignment(assignment, leaver.oid);
    switch (verdict) {
      case 'direct':
        return [directFinding(assignment, role, leaver)];
      case 'group':
        if (read.groupsOfLeaver?.has(assignment.principalId) === false) return [];
        return [groupFinding(assignment, role, leaver, read.groupsOfLeaver !== undefined)];
      case 'unrelated':
        return [];
      default:
        return verdict satisfies never;
    }
  });
}

function directFinding(assignment: AppRoleAssignment, role: string, leaver: Who): Finding {
  const who = leaver.displayName ?? leaver.oid;
  const id = findingId('consent', 'app-role-assignment', assignment.id);
  return {
    id,
    step: 'consent',
    kind: 'app-role-assignment',
    title: `${who} holds the role ${role} on the gateway`,
    resource: { system: 'entra', type: 'appRoleAssignment', id: assignment.id, name: role },
    severity: 'high',
    status: 'planned',
    reason: 'Deleting a user keeps the roles that the user was given, and restoring the user brings them back.',
    evidence: evidenceOf(assignment, role),
    remedy: remedyOf(
      deleteAppRoleAssignment,
      id,
      {
        kind: 'delete-app-role-assignment',
        servicePrincipalId: assignment.resourceId,
        assignmentId: assignment.id,
        expected: assignmentState(assignment),
      },
      { role, who },
    ),
  };
}

function groupFinding(assignment: AppRoleAssignment, role: string, leaver: Who, isMember: boolean): Finding {
  const who = leaver.displayName ?? leaver.oid;
  const group = assignment.principalName;
  const title = isMember
    ? `${who} gets the role ${role} on the gateway from the group “${group}”`
    : `The group “${group}” gives the role ${role} on the gateway; whether ${who} was in it cannot be read`;
  const reason = isMember
    ? `The assignment belongs to the group, and deleting it would take the role from all its members; ${COVERED}. ` +
      'Take the leaver out of the group before they are ever taken off that list.'
    : 'Graph shows no memberships of a deleted user. The role gives nothing while the account is deleted; ' +
      `a restore would bring a membership back, and then ${COVERED}.`;
  return {
    id: findingId('consent', 'group-app-role', assignment.id),
    step: 'consent',
    kind: 'group-app-role',
    title,
    resource: { system: 'entra', type: 'appRoleAssignment', id: assignment.id, name: role },
    severity: isMember ? 'low' : 'info',
    status: 'nothing-to-do',
    reason,
    evidence: { ...evidenceOf(assignment, role), group },
  };
}

function evidenceOf(assignment: AppRoleAssignment, role: string): Finding['evidence'] {
  const { appRoleId, principalId, principalType, resourceId } = assignment;
  return { appRoleId, role, principalId, principalType, resourceId };
}

/**
 * A note where a deleted user shows no role of their own: Graph does not document whether the list holds roles of
 * deleted users, so their absence is said with that reserve.
 */
export function unseenRoles(read: AssignmentsRead, leaver: Who, gatewayId: string): Finding[] {
  const seen = read.onGateway.some((assignment) => classifyAssignment(assignment, leaver.oid) === 'direct');
  if (leaver.state !== 'soft-deleted' || seen) return [];
  return [
    {
      id: findingId('consent', 'app-roles-unseen', `${gatewayId}/${leaver.oid}`),
      step: 'consent',
      kind: 'app-roles-unseen',
      title: `No role of ${leaver.displayName ?? leaver.oid} on the gateway is listed`,
      resource: { system: 'entra', type: 'servicePrincipal', id: gatewayId },
      severity: 'info',
      status: 'nothing-to-do',
      reason:
        'Graph does not say whether this list shows the roles of deleted users. A role gives nothing while the ' +
        'account is deleted; if the user is ever restored, look again before they are taken off the deny list.',
      evidence: { assignmentsListed: read.onGateway.length },
    },
  ];
}
