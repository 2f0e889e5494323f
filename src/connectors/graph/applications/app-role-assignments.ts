import * as z from 'zod';
import type { IdentityName } from '../../credentials.ts';
import type { Listing } from '../../listing.ts';
import type { VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { advanced } from '../call/advanced-query.ts';
import { askGraph } from '../call/client.ts';
import { listAll } from '../call/list-all.ts';
import { QUERIES } from '../call/queries.ts';

/** An app role on the gateway that somebody or some group was given. */
export interface AppRoleAssignment {
  readonly id: string;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly principalType: string;
  readonly principalName: string;
  readonly resourceId: string;
}

const Shape = z
  .object({
    id: z.string().min(1),
    appRoleId: z.string().min(1),
    principalId: z.string().min(1),
    principalType: z.string().min(1),
    principalDisplayName: z.string().nullish(),
    resourceId: z.string().min(1),
  })
  .transform(
    ({ principalDisplayName, ...assignment }): AppRoleAssignment => ({
      ...assignment,
      principalName: principalDisplayName ?? assignment.principalId,
    }),
  );
const READ = { identity: 'reader', permission: 'Application.Read.All', shape: Shape } as const;

/**
 * Who was given a role on a service principal. Asked of the resource, it does not depend on the user's account.
 * `advanced`: by another index of Graph's, and with its count: a second question where the first shows nothing.
 */
export function listAssignedTo(
  settings: GraphSettings,
  servicePrincipalId: string,
  how: 'plain' | 'advanced' = 'plain',
  identity: IdentityName = 'reader',
): Promise<Listing<AppRoleAssignment>> {
  const query = QUERIES.assignedTo(servicePrincipalId);
  return listAll(settings, {
    ...READ,
    identity,
    ...(how === 'plain' ? query : advanced(query)),
    what: `list app role assignments on service principal ${servicePrincipalId}${how === 'plain' ? '' : ' once more'}`,
  });
}

export function readAssignment(
  settings: GraphSettings,
  servicePrincipalId: string,
  id: string,
): Promise<VendorResult<AppRoleAssignment>> {
  return askGraph(settings, {
    ...READ,
    path: pathOf(servicePrincipalId, id),
    what: `read app role assignment ${id}`,
    shape: Shape.refine((assignment) => assignment.id === id, { path: ['id'] }),
  });
}

/** Gives a role on a service principal, from its side. */
export function createAssignment(
  settings: GraphSettings,
  { resourceId, principalId, appRoleId }: Pick<AppRoleAssignment, 'resourceId' | 'principalId' | 'appRoleId'>,
): Promise<VendorResult<AppRoleAssignment>> {
  return askGraph(settings, {
    identity: 'remover',
    method: 'POST',
    path: `/servicePrincipals/${resourceId}/appRoleAssignedTo`,
    body: { principalId, resourceId, appRoleId },
    what: `assign the app role ${appRoleId} to ${principalId} again`,
    permission: 'AppRoleAssignment.ReadWrite.All',
    shape: Shape,
  });
}

export function deleteAssignment(
  settings: GraphSettings,
  servicePrincipalId: string,
  id: string,
): Promise<VendorResult<undefined>> {
  return askGraph(settings, {
    identity: 'remover',
    method: 'DELETE',
    path: pathOf(servicePrincipalId, id),
    what: `delete app role assignment ${id}`,
    permission: 'AppRoleAssignment.ReadWrite.All',
    shape: z.undefined(),
  });
}

function pathOf(servicePrincipalId: string, id: string): string {
  return `/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo/${encodeURIComponent(id)}`;
}
