import type { ConditionalAccessPolicy } from '@microsoft/microsoft-graph-types';
import { type Collection, collection } from '../../core/collection.ts';
import { WORLD } from '../../seeds/world.ts';
import { type DefenderState, emptyDefender } from '../defender.ts';
import type {
  ApplicationRow,
  AssignmentRow,
  FederatedCredentialRow,
  GrantRow,
  ServicePrincipalRow,
} from './state-applications.ts';
import type { DirectoryAuditRow, ProvisioningRow, SignInRow, TaskProcessingResultRow } from './state-logs.ts';
import type { DirectoryRoleRow, GroupRow, SponsoredRow, UserRow } from './state-people.ts';

/** A policy of Conditional Access, in Graph's own shape. */
export type ConditionalAccessRow = ConditionalAccessPolicy & { readonly id: string };

export interface SubscriptionRow {
  readonly id: string;
  readonly resource: 'users';
  readonly changeType: 'updated,deleted';
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string;
  expirationDateTime: string;
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
