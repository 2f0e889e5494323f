import * as z from 'zod';
import type { IdentityName } from '../../credentials.ts';
import type { Listing } from '../../listing.ts';
import type { VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { askGraph } from '../call/client.ts';
import { listAll } from '../call/list-all.ts';
import { QUERIES } from '../call/queries.ts';

/** A delegated consent (oauth2PermissionGrant). All ids are object ids, never app ids. */
export interface Grant {
  readonly id: string;
  /** The service principal that may act. */
  readonly clientId: string;
  /** The service principal of the API that it may call. */
  readonly resourceId: string;
  /** Null where the grant is for all users. */
  readonly principalId: string | null;
  readonly consentType: 'Principal' | 'AllPrincipals';
  /** Without the blanks that Graph keeps around and between them. */
  readonly scopes: readonly string[];
}

const Shape = z
  .object({
    id: z.string().min(1),
    clientId: z.string().min(1),
    resourceId: z.string().min(1),
    principalId: z.string().nullish(),
    consentType: z.enum(['Principal', 'AllPrincipals']),
    scope: z.string().nullish(),
  })
  .transform(
    ({ scope, principalId, ...grant }): Grant => ({
      ...grant,
      principalId: principalId ?? null,
      scopes: (scope ?? '').split(/\s+/).filter((name) => name !== ''),
    }),
  );

const READ = 'DelegatedPermissionGrant.Read.All';

/**
 * Everybody's grants with a service principal as the API (`resourceId`) or as the client (`clientId`), or all grants
 * of one person (`principalId`). One key alone: Graph documents `eq` on each, and no combination. Lists of grants were
 * seen to leave some out (github.com/microsoftgraph/microsoft-graph-docs/issues/17247). Reads with
 * DelegatedPermissionGrant.Read.All.
 */
export function listGrants(
  settings: GraphSettings,
  key: 'resourceId' | 'clientId' | 'principalId',
  id: string,
  identity: IdentityName = 'reader',
): Promise<Listing<Grant>> {
  return listAll(settings, {
    identity,
    ...QUERIES.grants(key, id),
    what: `list delegated grants whose ${key} is ${id}`,
    permission: READ,
    shape: Shape,
  });
}

/** One grant by its id; `not-found` is Graph's word that there is none. */
export function readGrant(settings: GraphSettings, id: string): Promise<VendorResult<Grant>> {
  return askGraph(settings, {
    identity: 'reader',
    path: `/oauth2PermissionGrants/${encodeURIComponent(id)}`,
    what: `read delegated grant ${id}`,
    permission: READ,
    shape: Shape.refine((grant) => grant.id === id, { path: ['id'] }),
  });
}

/** Gives a consent as it was: one person's, or everybody's. Graph answers 409 where there is one already. */
export function createGrant(settings: GraphSettings, grant: Omit<Grant, 'id'>): Promise<VendorResult<Grant>> {
  const { clientId, consentType, principalId, resourceId, scopes } = grant;
  return askGraph(settings, {
    identity: 'remover',
    method: 'POST',
    path: '/oauth2PermissionGrants',
    body: {
      clientId,
      consentType,
      ...(principalId === null ? {} : { principalId }),
      resourceId,
      scope: scopes.join(' '),
    },
    what: `give client ${clientId} the delegated grant again`,
    permission: 'DelegatedPermissionGrant.ReadWrite.All',
    shape: Shape,
  });
}

/** Takes the consent back. Access tokens that were issued under it live on until they expire. */
export function deleteGrant(settings: GraphSettings, id: string): Promise<VendorResult<undefined>> {
  return askGraph(settings, {
    identity: 'remover',
    method: 'DELETE',
    path: `/oauth2PermissionGrants/${encodeURIComponent(id)}`,
    what: `delete delegated grant ${id}`,
    permission: 'DelegatedPermissionGrant.ReadWrite.All',
    shape: z.undefined(),
  });
}
