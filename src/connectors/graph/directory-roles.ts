import * as z from 'zod';
import type { Oid } from '../../people/oid.ts';
import type { Listing } from '../listing.ts';
import type { GraphSettings } from '../settings.ts';
import { listAll } from './call/list-all.ts';
import { QUERIES } from './call/queries.ts';

/** A role of the directory itself that somebody holds for good, without activating it. */
export interface DirectoryRole {
  readonly id: string;
  readonly name: string;
  readonly templateId: string;
  /** `/`, or what the role is limited to. */
  readonly scope: string;
}

const Shape = z.object({
  id: z.string().min(1),
  roleDefinitionId: z.string(),
  directoryScopeId: z.string().nullish(),
  roleDefinition: z.object({ displayName: z.string().nullish() }).nullish(),
});

/**
 * The roles of the directory that a person holds. RoleManagement.Read.Directory is the narrower permission;
 * Directory.Read.All, which the audit log takes, opens them too.
 * Source: learn.microsoft.com/graph/api/rbacapplication-list-roleassignments
 */
export async function listDirectoryRoles(settings: GraphSettings, oid: Oid): Promise<Listing<DirectoryRole>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    ...QUERIES.directoryRoles(oid),
    what: 'list the directory roles of a person',
    permission: 'Directory.Read.All',
    shape: Shape,
  });
  const items = listing.items.map(({ id, roleDefinitionId, directoryScopeId, roleDefinition }) => ({
    id,
    name: roleDefinition?.displayName ?? roleDefinitionId,
    templateId: roleDefinitionId.toLowerCase(),
    scope: directoryScopeId ?? '/',
  }));
  return { ...listing, items };
}
