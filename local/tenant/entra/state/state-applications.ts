import type { AppRole, NullableOption } from '@microsoft/microsoft-graph-types';

/** A secret or a certificate of an application: the value is shown once, when it is made, and its author never. */
export interface AppCredentialRow {
  readonly keyId: string;
  readonly displayName: NullableOption<string>;
  readonly startDateTime: string;
  readonly endDateTime: string;
  /** The first three characters of a secret. */
  readonly hint?: string;
}

/** Who may change an application, and what it signs in with. */
interface Keyed {
  readonly owners?: Set<string>;
  passwordCredentials?: AppCredentialRow[];
  keyCredentials?: AppCredentialRow[];
}

export interface ServicePrincipalRow extends Keyed {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly appRoleAssignmentRequired: boolean;
  readonly appRoles: AppRole[];
  /** Absent for that of an application. */
  readonly servicePrincipalType?: 'ManagedIdentity';
  /** Tenant of its registration; absent where that is this one, null where nobody says. */
  readonly appOwnerOrganizationId?: NullableOption<string>;
  /** Client id and identifier URIs; absent for the client id alone. */
  readonly servicePrincipalNames?: readonly string[];
  /** Scopes of one whose registration is in another tenant; otherwise those of its registration. */
  readonly scopes?: readonly ScopeRow[];
}

/** A delegated permission that an API publishes. */
export interface ScopeRow {
  readonly id: string;
  readonly value: string;
  /** Who may consent; `User` unless something else is said. */
  readonly type?: 'User' | 'Admin';
  readonly isEnabled?: boolean;
}

export interface GrantRow {
  readonly id: string;
  readonly clientId: string;
  readonly consentType: 'Principal' | 'AllPrincipals';
  readonly principalId: NullableOption<string>;
  readonly resourceId: string;
  scope: string;
}

export interface AssignmentRow {
  readonly id: string;
  readonly appRoleId: string;
  readonly createdDateTime: string;
  readonly principalId: string;
  readonly principalType: 'User' | 'Group' | 'ServicePrincipal';
  readonly principalDisplayName: string;
  readonly resourceId: string;
  readonly resourceDisplayName: string;
}

export interface ApplicationRow extends Keyed {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly tags: readonly string[];
  readonly scopes: readonly ScopeRow[];
  readonly appRoles?: readonly AppRole[];
  readonly identifierUris?: readonly string[];
  readonly preAuthorized: readonly { readonly appId: string; readonly delegatedPermissionIds: readonly string[] }[];
  /** Of a deleted one, which can be restored for 30 days. */
  readonly deletedDateTime?: string;
}

export interface FederatedCredentialRow {
  readonly id: string;
  readonly applicationId: string;
  readonly name: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly description: NullableOption<string>;
  /** Null for a flexible credential, which has an expression instead. */
  readonly subject: NullableOption<string>;
  readonly claimsMatchingExpression: NullableOption<{ readonly value: string; readonly languageVersion: 1 }>;
}
