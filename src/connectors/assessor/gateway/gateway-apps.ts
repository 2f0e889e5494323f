import * as z from 'zod';
import { listAssignedTo } from '../../graph/applications/app-role-assignments.ts';
import { listGrants } from '../../graph/applications/grants.ts';
import { listAll } from '../../graph/call/list-all.ts';
import type { Listing } from '../../listing.ts';
import type { GraphSettings } from '../../settings.ts';

const text = z.string().nullish();
const id = z.string().transform((each) => each.toLowerCase());
const names = z
  .array(z.string())
  .nullish()
  .transform((all) => (all ?? []).map((each) => each.toLowerCase()));
const Role = z.object({ id, value: text, allowedMemberTypes: names, isEnabled: z.boolean().nullish() });
const Scope = z.object({ id, value: text, isEnabled: z.boolean().nullish() });
const Key = z.object({ keyId: z.string(), displayName: text, startDateTime: text, endDateTime: text });
const Keys = z.array(Key).nullish();

/** A right that an application publishes: a scope is for people, a role for whom it says. */
export interface PublishedRight {
  readonly kind: 'scope' | 'role';
  readonly id: string;
  /** In lower case: a token is not asked for by case. */
  readonly value: string;
  /** Of a role, in lower case: `user`, `application`. */
  readonly for: readonly string[];
  readonly enabled: boolean;
}

/** A secret or a certificate; Graph tells no value. */
interface StoredCredential {
  readonly on: 'registration' | 'principal';
  readonly type: 'secret' | 'certificate';
  readonly keyId: string;
  readonly name?: string;
  /** ISO instants. */
  readonly from?: string;
  readonly until?: string;
}

/** An app registration of this tenant; ids and names in lower case. */
export interface Registration {
  readonly objectId: string;
  readonly appId: string;
  readonly name: string;
  readonly audiences: readonly string[];
  readonly rights: readonly PublishedRight[];
  readonly preAuthorized: readonly { readonly appId: string; readonly rightIds: readonly string[] }[];
  readonly credentials: readonly StoredCredential[];
}

/** A service principal: an application as it is in this tenant, or a managed identity. */
export interface Principal {
  readonly objectId: string;
  readonly appId: string;
  readonly name: string;
  readonly audiences: readonly string[];
  readonly isManagedIdentity: boolean;
  readonly assignmentRequired: boolean;
  readonly rights: readonly PublishedRight[];
  readonly credentials: readonly StoredCredential[];
}

const RegistrationShape = z
  .object({
    id,
    appId: id,
    displayName: text,
    identifierUris: names,
    appRoles: z.array(Role).nullish(),
    api: z
      .object({
        oauth2PermissionScopes: z.array(Scope).nullish(),
        preAuthorizedApplications: z.array(z.object({ appId: id, delegatedPermissionIds: names })).nullish(),
      })
      .nullish(),
    passwordCredentials: Keys,
    keyCredentials: Keys,
  })
  .transform(
    ({ id: objectId, appId, displayName, identifierUris, appRoles, api, ...keys }): Registration & { id: string } => ({
      id: objectId,
      objectId,
      appId,
      name: displayName ?? appId,
      audiences: identifierUris,
      rights: rightsIn(appRoles, api?.oauth2PermissionScopes),
      preAuthorized: (api?.preAuthorizedApplications ?? []).map((each) => ({
        appId: each.appId,
        rightIds: each.delegatedPermissionIds,
      })),
      credentials: credentialsIn('registration', keys),
    }),
  );

const PrincipalShape = z
  .object({
    id,
    appId: id,
    displayName: text,
    servicePrincipalType: text,
    servicePrincipalNames: names,
    appRoleAssignmentRequired: z.boolean(),
    appRoles: z.array(Role).nullish(),
    oauth2PermissionScopes: z.array(Scope).nullish(),
    passwordCredentials: Keys,
    keyCredentials: Keys,
  })
  .transform(({ id: objectId, appId, displayName, servicePrincipalNames, ...rest }): Principal & { id: string } => ({
    id: objectId,
    objectId,
    appId,
    name: displayName ?? appId,
    audiences: servicePrincipalNames,
    isManagedIdentity: rest.servicePrincipalType?.toLowerCase() === 'managedidentity',
    assignmentRequired: rest.appRoleAssignmentRequired,
    rights: rightsIn(rest.appRoles, rest.oauth2PermissionScopes),
    credentials: credentialsIn('principal', rest),
  }));

const READ = 'Application.Read.All';
const KEYS = 'passwordCredentials,keyCredentials';

/** Every app registration. Source: learn.microsoft.com/graph/api/application-list (keys are told where they are selected) */
export function listRegistrations(settings: GraphSettings): Promise<Listing<Registration>> {
  return listAll(settings, {
    identity: 'assessor',
    path: `/applications?$select=id,appId,displayName,identifierUris,appRoles,api,${KEYS}&$top=999`,
    what: 'list the app registrations with what they publish and sign in with',
    permission: READ,
    shape: RegistrationShape,
  });
}

/** Every service principal. Source: learn.microsoft.com/graph/api/serviceprincipal-list */
export function listPrincipals(settings: GraphSettings): Promise<Listing<Principal>> {
  const fields = 'id,appId,displayName,servicePrincipalType,servicePrincipalNames,appRoleAssignmentRequired';
  return listAll(settings, {
    identity: 'assessor',
    path: `/servicePrincipals?$select=${fields},appRoles,oauth2PermissionScopes,${KEYS}&$top=999`,
    what: 'list the service principals with what they publish and sign in with',
    permission: READ,
    shape: PrincipalShape,
  });
}

/** Who was given a role on a service principal. */
export function listRolesOn(settings: GraphSettings, principalId: string) {
  return listAssignedTo(settings, principalId, 'plain', 'assessor');
}

/** Every consent to an API, by the object id of its service principal. */
export function listConsentsTo(settings: GraphSettings, principalId: string) {
  return listGrants(settings, 'resourceId', principalId, 'assessor');
}

function rightsIn(
  roles: readonly z.output<typeof Role>[] | null | undefined,
  scopes: readonly z.output<typeof Scope>[] | null | undefined,
): PublishedRight[] {
  const told = (value: string | null | undefined): string => value?.trim().toLowerCase() ?? '';
  return [
    ...(scopes ?? []).map((scope) => ({
      kind: 'scope' as const,
      id: scope.id,
      value: told(scope.value),
      for: ['user'],
      enabled: scope.isEnabled !== false,
    })),
    ...(roles ?? []).map((role) => ({
      kind: 'role' as const,
      id: role.id,
      value: told(role.value),
      for: role.allowedMemberTypes,
      enabled: role.isEnabled !== false,
    })),
  ];
}

function credentialsIn(
  on: StoredCredential['on'],
  keys: { passwordCredentials?: z.output<typeof Keys>; keyCredentials?: z.output<typeof Keys> },
): StoredCredential[] {
  const of = (type: StoredCredential['type'], all: z.output<typeof Keys>): StoredCredential[] =>
    (all ?? []).map(({ keyId, displayName, startDateTime, endDateTime }) => ({
      on,
      type,
      keyId: keyId.toLowerCase(),
      ...(displayName ? { name: displayName } : {}),
      ...(startDateTime ? { from: startDateTime } : {}),
      ...(endDateTime ? { until: endDateTime } : {}),
    }));
  return [...of('secret', keys.passwordCredentials), ...of('certificate', keys.keyCredentials)];
}
