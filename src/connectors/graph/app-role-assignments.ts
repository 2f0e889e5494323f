import * as z from 'zod';
import type { Config } from '../../config.ts';
import type { AppRoleAssignment } from '../../domain/consent/classify-assignment.ts';
import type { Oid } from '../../domain/ids.ts';
import type { VendorResult } from '../result.ts';
import { askGraph } from './client.ts';
import { type Listing, listAll } from './list-all.ts';

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
const READ = { identity: 'reader', permission: 'Directory.Read.All', shape: Shape } as const;

/** Who was given a role on a service principal. Asked of the resource, it does not depend on the user's account. */
export function listAssignedTo(config: Config, servicePrincipalId: string): Promise<Listing<AppRoleAssignment>> {
  return listAll(config, {
    ...READ,
    path: `/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo?$top=999`,
    what: `list app role assignments on service principal ${servicePrincipalId}`,
  });
}

/** The roles of one living user on a resource, those of groups that the user is a direct member of included. */
export function listAssignmentsOf(config: Config, oid: Oid, resourceId: string): Promise<Listing<AppRoleAssignment>> {
  return listAll(config, {
    ...READ,
    // Graph takes this GUID without quotes only.
    path: `/users/${oid}/appRoleAssignments?$filter=resourceId eq ${resourceId}`,
    what: `list app role assignments of user ${oid}`,
  });
}

export function readAssignment(
  config: Config,
  servicePrincipalId: string,
  id: string,
): Promise<VendorResult<AppRoleAssignment>> {
  return askGraph(config, {
    ...READ,
    path: pathOf(servicePrincipalId, id),
    what: `read app role assignment ${id}`,
    shape: Shape.refine((assignment) => assignment.id === id, { path: ['id'] }),
  });
}

export function deleteAssignment(
  config: Config,
  servicePrincipalId: string,
  id: string,
): Promise<VendorResult<undefined>> {
  return askGraph(config, {
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
