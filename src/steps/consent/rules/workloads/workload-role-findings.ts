import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import { lasting } from '../../../../cases/words/wording.ts';
import { parseOid } from '../../../../people/oid.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { denyIdentity } from '../../../federated-credentials/remedies/deny-identity.ts';
import { assignmentState } from '../../remedies/delete-app-role-assignment.ts';
import { deleteWorkloadRole } from '../../remedies/delete-workload-role.ts';
import { APPLICATION_TOKEN_MINUTES, MANAGED_IDENTITY_TOKEN_MINUTES } from '../token-minutes.ts';
import { evidenceOf, nameOf, STEP, type WorkloadContext } from './workload-context.ts';
import type { Ties, Workload } from './workloads.ts';

/** The roles by which a workload of the leaver’s is a way back in: taking them away closes it. */
export function roleFindings(workload: Workload, { added }: Ties, { leaver }: WorkloadContext): Finding[] {
  const who = nameOf(leaver);
  return workload.roles.map(({ role, assignment, group }): Finding => {
    const id = findingId(STEP, 'workload-role', `${assignment.id}/${workload.principalId ?? ''}`);
    const base = {
      id,
      step: STEP,
      kind: 'workload-role',
      title: `${workload.name}, as which ${who} may sign in, has the role ${role} on the gateway`,
      resource: { system: 'entra', type: 'appRoleAssignment', id: assignment.id, name: role },
      severity: added.length > 0 ? 'critical' : 'high',
      evidence: evidenceOf(workload),
    } as const satisfies Partial<Finding>;
    if (group !== undefined) {
      const reason = `It has the role from the group “${group}”. Take it out of the group, or give it new secrets: the deny list holds people, and does not stop it.`;
      return { ...base, status: 'manual-action', reason };
    }
    const call = {
      kind: 'delete-workload-role',
      servicePrincipalId: assignment.resourceId,
      assignmentId: assignment.id,
      holder: workload.isManagedIdentity ? 'managed-identity' : 'application',
      expected: assignmentState(assignment),
    } as const;
    return {
      ...base,
      status: 'awaiting-decision',
      reason:
        'It acts without any person, so that nothing that happens to the leaver’s account stops it. Everything else that runs as it loses the role as well; where new secrets can be given out at once, that is the better cut, and this is then no longer needed.',
      remedy: remedyOf(deleteWorkloadRole, id, call, { role, name: workload.name }),
    };
  });
}

/** Tokens that were had before: only the gateway can refuse them, and it refuses everything that runs as the workload. */
export function tokenFindings(workload: Workload, { caseId, isRefusable }: WorkloadContext): Finding[] {
  const oid = parseOid(workload.principalId ?? '');
  if (oid === undefined || !isRefusable) return [];
  const minutes = workload.isManagedIdentity ? MANAGED_IDENTITY_TOKEN_MINUTES : APPLICATION_TOKEN_MINUTES;
  const id = findingId(STEP, 'workload-tokens', oid);
  const call = { kind: 'deny-identity', caseId, oid, name: workload.name, minutes, expected: { oid } } as const;
  return [
    {
      id,
      step: STEP,
      kind: 'workload-tokens',
      title: `Tokens of ${workload.name} live on when its secrets or its roles are taken away`,
      resource: { system: 'entra', type: 'servicePrincipal', id: oid, name: workload.name },
      severity: 'medium',
      status: 'awaiting-decision',
      reason: `A token that was had before lives up to ${lasting(minutes)}. To refuse the identity at the gateway stops at once, and for as long, whatever else calls MCP servers as it.`,
      evidence: { ...evidenceOf(workload), tokenMinutes: minutes },
      remedy: remedyOf(denyIdentity, id, call, undefined, { risk: 'disruptive' }),
    },
  ];
}
