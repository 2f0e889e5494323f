import * as z from 'zod';
import type { RemedyCall } from '../../../cases/remedies/remedy.ts';
import type { AppRoleAssignment } from '../../../connectors/graph/applications/app-role-assignments.ts';
import { failed, ok, type VendorResult } from '../../../connectors/result.ts';
import type { Vendors } from '../../../connectors/vendors.ts';
import { type Acted, defineRemedy, type TargetState } from '../../define-remedy.ts';
import { comparedTo, type RestoringByApp } from '../../restoring/restoring.ts';

/** A group's row carries the role of all its members, so that its holder's type counts as well. */
export const RoleState = z.strictObject({ roleId: z.string(), holder: z.string(), holderType: z.string() });

/** Where a role on the gateway is asked for. */
interface RoleOf {
  readonly servicePrincipalId: string;
  readonly assignmentId: string;
}

/** A role as it stands, whoever holds it. */
export async function readRole(
  { graph }: Pick<Vendors, 'graph'>,
  { servicePrincipalId, assignmentId }: RoleOf,
): Promise<VendorResult<TargetState<z.output<typeof RoleState>>>> {
  const assignment = await graph.readAssignment(servicePrincipalId, assignmentId);
  if (!assignment.ok) return assignment.failure.kind === 'not-found' ? ok({ state: 'gone' }) : assignment;
  return ok(
    { state: 'present', image: { ...assignment.value }, now: assignmentState(assignment.value) },
    assignment.requestId,
  );
}

/** Takes it away; one that is gone is success. */
export async function deleteRole(
  { graph }: Pick<Vendors, 'graph'>,
  { servicePrincipalId, assignmentId }: RoleOf,
): Promise<VendorResult<Acted>> {
  const deleted = await graph.deleteAssignment(servicePrincipalId, assignmentId);
  if (deleted.ok) return ok({ effect: 'done' }, deleted.requestId);
  return deleted.failure.kind === 'not-found' ? ok({ effect: 'done' }) : deleted;
}

const Image = z.looseObject({ appRoleId: z.string(), principalId: z.string(), resourceId: z.string() });

interface RoleCall extends RoleOf, RemedyCall {
  readonly expected: z.output<typeof RoleState>;
}

/** How a role comes back: under another id, from the gateway's side. */
export function giveRoleAgain(undo: string): RestoringByApp<RoleCall> {
  return {
    by: 'app',
    undo,
    same: ({ servicePrincipalId, expected: { roleId, holder } }) => [servicePrincipalId, roleId, holder].join(' '),
    look: async ({ graph }, { servicePrincipalId, expected }) => {
      const { items, failure } = await graph.listAssignedTo(servicePrincipalId);
      const found = items
        .map(assignmentState)
        .find(({ roleId, holder }) => roleId === expected.roleId && holder === expected.holder);
      if (found !== undefined) return ok(comparedTo(expected, found));
      return failure === undefined ? ok({ is: 'free' }) : failed(failure);
    },
    give: ({ graph }, _call, image) => graph.createAssignment(Image.parse(image)),
  };
}

/** Whose role it is, and which. */
export function assignmentState(assignment: AppRoleAssignment): z.output<typeof RoleState> {
  const { appRoleId, principalId, principalType } = assignment;
  return { roleId: appRoleId, holder: principalId.toLowerCase(), holderType: principalType };
}

/** Takes one person's own role on the gateway. Works from the resource's side, also for a deleted user. */
export const deleteAppRoleAssignment = defineRemedy({
  kind: 'delete-app-role-assignment',
  system: 'entra',
  call: z.strictObject({
    kind: z.literal('delete-app-role-assignment'),
    servicePrincipalId: z.string(),
    assignmentId: z.string(),
    expected: RoleState,
  }),
  risk: 'safe',
  words: {
    noun: ['app role assignment', 'app role assignments'],
    done: 'removed',
    ability: 'take roles on the gateway away',
    before: (_call, { role, who }: { role: string; who: string }) =>
      `Take the role ${role} on the gateway from ${who}.`,
    impact: 'This person gets no further token with the role.',
  },
  permissions: ['remover/graph/AppRoleAssignment.ReadWrite.All'],
  leastCalls: ({ length }) => [{ vendor: 'graph', calls: 3 * length }],
  ends: 'place',
  // Issued access tokens are one finding of the step, whatever let them be issued.
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: readRole,
  act: deleteRole,
  restore: giveRoleAgain(
    'it assigns the role again, from the before-image. Whoever is deleted has to be restored before.',
  ),
});
