import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import type { VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import type { GraphCall } from '../call/call.ts';
import { askGraph } from '../call/client.ts';
import { listAmong } from '../call/list-all.ts';
import { QUERIES } from '../call/queries.ts';

const Shape = z.object({
  id: z.guid(),
  appId: z.guid(),
  displayName: z.string().nullish(),
  appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish() })).nullish(),
});
export type ServicePrincipal = z.output<typeof Shape>;

const Application = z.object({
  appId: z.guid(),
  api: z.object({
    preAuthorizedApplications: z.array(z.object({ appId: z.guid(), delegatedPermissionIds: z.array(z.string()) })),
    oauth2PermissionScopes: z.array(z.object({ id: z.string(), value: z.string().nullish() })),
  }),
});

/** A client that needs no consent on an API: no grant shows that somebody uses it. */
export interface PreAuthorizedClient {
  readonly appId: string;
  readonly scopes: readonly string[];
}

const READ = { identity: 'reader', permission: 'Application.Read.All' } as const satisfies Partial<GraphCall<unknown>>;
const FIELDS = '$select=id,appId,displayName,appRoles';

/** The service principal of an application in this tenant. */
export function findServicePrincipal(settings: GraphSettings, appId: string): Promise<VendorResult<ServicePrincipal>> {
  return askGraph(settings, {
    ...READ,
    ...QUERIES.servicePrincipalOf(appId),
    what: `find the service principal of application ${appId}`,
    shape: Shape,
  });
}

/** Several service principals at once; an id that this tenant does not know is simply not among them. */
export function listServicePrincipals(
  settings: GraphSettings,
  key: 'id' | 'appId',
  ids: readonly string[],
): Promise<Listing<ServicePrincipal>> {
  return listAmong(settings, {
    ...READ,
    path: `/servicePrincipals?${FIELDS}`,
    key,
    values: ids,
    what: `list ${ids.length} service principals by ${key}`,
    shape: Shape,
  });
}

/** The clients that an application's owner exempted from consent. */
export function readPreAuthorizedClients(
  settings: GraphSettings,
  appId: string,
): Promise<VendorResult<PreAuthorizedClient[]>> {
  return askGraph(settings, {
    ...READ,
    ...QUERIES.preAuthorizedClients(appId),
    what: `read the pre-authorised clients of application ${appId}`,
    shape: Application.transform(({ api }) => {
      const names = new Map(api.oauth2PermissionScopes.map(({ id, value }) => [id, value ?? id]));
      return api.preAuthorizedApplications.map(({ appId: client, delegatedPermissionIds }) => ({
        appId: client,
        scopes: delegatedPermissionIds.map((id) => names.get(id) ?? id),
      }));
    }),
  });
}
