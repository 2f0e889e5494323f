import * as z from 'zod';
import type { Config } from '../../config.ts';
import type { AppRoleAssignment } from '../../steps/consent/rules/classify-assignment.ts';
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
const READ = { identity: 'reader', permission: 'Application.Read.All', shape: Shape } as const;

/** Who was given a role on a service principal. Asked of the resource, it does not depend on the user's account. */
export function listAssignedTo(config: Config, servicePrincipalId: string): Promise<Listing<AppRoleAssignment>> {
  return listAll(config, {
    ...READ,
    path: `/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo?$top=999`,
    what: `list app role assignments on service principal ${servicePrincipalId}`,
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
