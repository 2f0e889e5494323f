import type { AppRole, ConditionalAccessPolicy, NullableOption } from '@microsoft/microsoft-graph-types';
import { type Collection, collection } from '../core/collection.ts';
import { WORLD } from '../seeds/world.ts';
import { type DefenderState, emptyDefender } from './defender.ts';

export interface UserRow {
  readonly id: string;
  displayName: string;
  userPrincipalName: string;
  mail: NullableOption<string>;
  accountEnabled: boolean;
  userType: 'Member' | 'Guest';
  employeeLeaveDateTime: NullableOption<string>;
  signInSessionsValidFromDateTime: string;
  managerId: NullableOption<string>;
  deletedDateTime: NullableOption<string>;
  /** Set for a user that an AI agent signs in as. */
  readonly '@odata.type'?: '#microsoft.graph.agentUser';
  givenName?: string;
  surname?: string;
  createdDateTime?: string;
  employeeId?: string;
  otherMails?: string[];
  /** `SMTP:` before the primary address, `smtp:` before the others. */
  proxyAddresses?: string[];
  /** Both of a synchronised account only; the domain by its DNS name. */
  onPremisesSamAccountName?: string;
  onPremisesDomainName?: string;
}

/** A change in Entra's audit log, kept for 30 days (7 without a licence). */
export interface DirectoryAuditRow {
  readonly id: string;
  /** Object id of the person who did it; absent where an application did. */
  readonly initiatedBy?: string;
  /** Absent for a user. */
  readonly targetType?: 'Application' | 'ServicePrincipal';
  readonly activityDateTime: string;
  readonly activityDisplayName: string;
  readonly targetId: string;
  readonly property: string;
  /** `not-told`: the row has no old value, which some activities leave out. */
  readonly before: readonly string[] | 'not-told';
  readonly after: readonly string[];
}

/** What Entra's provisioning service did to an account elsewhere, kept as long as the audit log. */
export interface ProvisioningRow {
  readonly id: string;
  readonly activityDateTime: string;
  readonly provisioningAction: 'create' | 'update' | 'disable' | 'delete' | 'other';
  readonly status: 'success' | 'failure' | 'skipped' | 'warning';
  /** Object id of the person. */
  readonly sourceId: string;
  /** Id of the row that provisioning made or changed; empty where it failed before. */
  readonly targetId: string;
  /** User name there. */
  readonly targetName: string;
  /** What the firm calls the enterprise application. */
  readonly application: string;
}

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

/** A policy of Conditional Access, in Graph's own shape. */
export type ConditionalAccessRow = ConditionalAccessPolicy & { readonly id: string };

/** A role of the directory itself that somebody was given. */
export interface DirectoryRoleRow {
  readonly id: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly roleName: string;
}

/** A sign-in of a person; `status` 0 is one that succeeded. */
export interface SignInRow {
  readonly id: string;
  readonly userId: string;
  readonly createdDateTime: string;
  readonly appDisplayName: string;
  readonly interactive: boolean;
  readonly status: number;
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

export interface GroupRow {
  readonly id: string;
  readonly displayName: string;
  readonly memberIds: Set<string>;
  readonly visibility?: 'HiddenMembership';
  readonly mail?: string;
  /** People alone are listed; a group that is synchronised has none in Entra. */
  readonly ownerIds?: Set<string>;
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

export interface SubscriptionRow {
  readonly id: string;
  readonly resource: 'users';
  readonly changeType: 'updated,deleted';
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string;
  expirationDateTime: string;
}

/** A run of the task “Run a custom task extension” for one person, of an extension that waits for its answer. */
export interface TaskProcessingResultRow {
  readonly id: string;
  readonly workflowId: string;
  readonly taskId: string;
  readonly subjectId: string;
  processingStatus: 'inProgress' | 'completed' | 'failed';
}

/** What is not documented, or differs between tenants, and what tests want small. */
export interface EntraSwitches {
  /** Objects on a page where the caller asks for no other number, and at most. */
  pageSize: number;
  largestPage: number;
  /** Whether lists leave out the grants, or the app roles, of soft-deleted users. Nobody documents what Graph does. */
  hideGrantsOfSoftDeleted: boolean;
  hideRolesOfSoftDeleted: boolean;
  hideOwnersOfSoftDeleted: boolean;
  /** How many owners an expansion shows, without a link to the rest: github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/2851 */
  ownersExpanded: number;
  /** Whether deleted applications can be asked for with their owners. */
  ownersOfDeletedApplications: boolean;
  /** Without a premium licence Entra gives no sign-in logs. */
  premium: boolean;
  /** What revokeSignInSessions answers: 200 by its reference, 204 by its note on a known issue. */
  revokeAnswers: 200 | 204;
  /** Whether `/directory/deletedItems/{id}/microsoft.graph.user` exists; documented for the list alone. */
  castOnDeletedItem: boolean;
  /**
   * Objects whose rows, or the rows about whom, lists leave out, by how the list is asked: from the side of a resource,
   * a client or a group; from the side of a person; or as an advanced query.
   */
  readonly leftOut: Readonly<Record<Side, Set<string>>>;
  /** What is refused with 400 although others take it: filters by the principal, advanced queries. */
  readonly refuses: Set<'principalId' | 'advanced'>;
  /** How a list of several pages goes wrong: the link on its first page is lost, or leads to an empty page. */
  pages: 'honest' | 'link-lost' | 'empty-page';
  /** What `/users/delta` does that it need not do, or does seldom. */
  readonly delta: DeltaSwitches;
  /** Whether Conditional Access answers one question a second, and 429 to the rest, without saying how long to wait. */
  conditionalAccessPaced: boolean;
  /** Called once a page of a list was made up: what changes meanwhile moves the rest of the list. */
  betweenPages: () => void;
}

export interface DeltaSwitches {
  /** Ids whose changes are not shown yet: the replica that answers has not heard of them. */
  readonly late: Set<string>;
  /** Shows each change twice, and those of the round before once more. */
  replays: boolean;
  /** Begins each round with a page that holds nothing but a link. */
  emptyPages: boolean;
  /** Answers every token as an expired one, with this status. */
  lost: 400 | 410 | undefined;
}

/** From which side a list is asked. */
export type Side = 'resource' | 'person' | 'advanced';

/** A blueprint of agents, or an agent that is a user, with who sponsors it. */
export interface SponsoredRow {
  readonly kind: 'blueprint' | 'agent-user';
  readonly id: string;
  readonly displayName: string;
  readonly sponsorIds: readonly string[];
}

/** A device that is joined or registered. */
export interface DeviceRow {
  readonly id: string;
  readonly deviceId: string;
  readonly displayName: string;
  readonly accountEnabled: boolean;
  readonly operatingSystem: string;
  readonly approximateLastSignInDateTime: string | null;
}

export interface EntraState {
  readonly users: Collection<UserRow>;
  readonly deletedUsers: Collection<UserRow>;
  readonly directoryAudits: DirectoryAuditRow[];
  readonly provisioning: ProvisioningRow[];
  readonly servicePrincipals: Collection<ServicePrincipalRow>;
  readonly grants: Collection<GrantRow>;
  readonly assignments: Collection<AssignmentRow>;
  readonly groups: Collection<GroupRow>;
  readonly applications: Collection<ApplicationRow>;
  readonly deletedApplications: Collection<ApplicationRow>;
  readonly directoryRoles: DirectoryRoleRow[];
  readonly sponsored: SponsoredRow[];
  readonly signIns: SignInRow[];
  readonly federatedCredentials: Collection<FederatedCredentialRow>;
  readonly subscriptions: Collection<SubscriptionRow>;
  readonly conditionalAccess: Collection<ConditionalAccessRow>;
  readonly devices: Collection<DeviceRow>;
  readonly defender: DefenderState;
  /** Runs of a lifecycle workflow's task, and the application that its extension lets respond. */
  readonly taskProcessingResults: Collection<TaskProcessingResultRow>;
  workflowResponder: string;
  readonly switches: EntraSwitches;
}

/** A directory without any object. */
export function emptyEntra(): EntraState {
  const id = ({ id }: { readonly id: string }): string => id;
  return {
    users: collection<UserRow>(id),
    deletedUsers: collection<UserRow>(id),
    directoryAudits: [],
    provisioning: [],
    servicePrincipals: collection<ServicePrincipalRow>(id),
    // Base64url ids differ by case alone, and a collection compares without regard to it.
    grants: collection<GrantRow>((row) => caseSensitive(row.id)),
    assignments: collection<AssignmentRow>((row) => caseSensitive(row.id)),
    groups: collection<GroupRow>(id),
    applications: collection<ApplicationRow>(id),
    deletedApplications: collection<ApplicationRow>(id),
    directoryRoles: [],
    sponsored: [],
    signIns: [],
    federatedCredentials: collection<FederatedCredentialRow>(({ applicationId, id }) => `${applicationId}/${id}`),
    subscriptions: collection<SubscriptionRow>(id),
    conditionalAccess: collection<ConditionalAccessRow>(id),
    devices: collection<DeviceRow>(id),
    defender: emptyDefender(),
    taskProcessingResults: collection<TaskProcessingResultRow>(id),
    workflowResponder: WORLD.app.reader.clientId,
    switches: {
      pageSize: 100,
      largestPage: 999,
      hideGrantsOfSoftDeleted: false,
      hideRolesOfSoftDeleted: false,
      hideOwnersOfSoftDeleted: false,
      ownersExpanded: 20,
      ownersOfDeletedApplications: true,
      premium: true,
      revokeAnswers: 200,
      castOnDeletedItem: true,
      leftOut: { resource: new Set(), person: new Set(), advanced: new Set() },
      refuses: new Set(),
      pages: 'honest',
      conditionalAccessPaced: false,
      delta: { late: new Set(), replays: false, emptyPages: false, lost: undefined },
      betweenPages: () => {},
    },
  };
}

/** A key for ids whose case matters. */
export function caseSensitive(id: string): string {
  return Buffer.from(id).toString('hex');
}
