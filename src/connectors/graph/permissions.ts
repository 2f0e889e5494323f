import type { PermissionIdentity, PermissionRow } from '../permission.ts';

const REFERENCE = 'learn.microsoft.com/graph/api';

type Row = Pick<PermissionRow, 'why' | 'source' | 'duties' | 'risk' | 'tier0' | 'contains'>;

function graph(identity: PermissionIdentity, name: string, row: Row): PermissionRow {
  return {
    id: `${identity}/graph/${name}`,
    system: 'graph',
    identity,
    grant: { kind: 'graph-application-permission', name },
    ...row,
  };
}

/**
 * Application permissions of Microsoft Graph. Directory.Read.All contains four others of the reader's, which stand beside
 * it: a firm that does not grant it loses what the audit log tells, and nothing else.
 */
export const GRAPH_PERMISSIONS: readonly PermissionRow[] = [
  graph('reader', 'User.Read.All', {
    why: 'Reads the leaver, also among the deleted users, and who else has one of the leaver’s names or numbers; finds who left without an event, and keeps the notifications about users alive.',
    source: `${REFERENCE}/user-get, /directory-deleteditems-get, /user-delta, /subscription-update`,
    duties: ['opening cases, because it says whether an id is a person’s, and every sweep'],
  }),
  graph('reader', 'User-LifeCycleInfo.Read.All', {
    why: 'Reads the last day that HR recorded (employeeLeaveDateTime), which has a permission of its own.',
    source: 'learn.microsoft.com/graph/tutorial-lifecycle-workflows-set-employeeleavedatetime',
  }),
  graph('reader', 'Application.Read.All', {
    why: 'Reads the gateway’s service principal, who holds a role on it, its pre-authorised clients; of app registrations and service principals the federated credentials, owners, and names of secrets; and deleted registrations.',
    source: `${REFERENCE}/serviceprincipal-list-approleassignedto, /application-list-federatedidentitycredentials, /application-list-owners`,
    duties: ['reading back what was cut of these', 'telling a service principal from a person before a case is opened'],
  }),
  graph('reader', 'DelegatedPermissionGrant.Read.All', {
    why: 'Lists the consents to the gateway, the leaver’s and everybody’s.',
    source: 'learn.microsoft.com/graph/permissions-reference#delegatedpermissiongrantreadall',
    duties: ['reading back which consents are gone'],
  }),
  graph('reader', 'GroupMember.Read.All', {
    why: 'Reads who is in the groups that hold a role on the gateway, and who owns them, to say whether the leaver gets it from there or can let others in. Groups that hide their members stay partial without Member.Read.Hidden as well.',
    source: `${REFERENCE}/group-list-members, /group-list-owners`,
    duties: [
      'telling a group from a person before a case is opened',
      'knowing who is in a protected group (PROTECTED_GROUPS), without which none of their cases is carried out',
    ],
  }),
  graph('reader', 'AuditLog.Read.All', {
    why: 'Reads in Entra’s audit log who made applications and secrets and who had a name before, in the provisioning log which accounts were made for the leaver, and the sign-ins after the last day. Each takes Directory.Read.All as well.',
    source: `${REFERENCE}/directoryaudit-list, /signin-list, /provisioningobjectsummary-list`,
    risk: 'It reads who signed in where, and what everybody changed.',
  }),
  graph('reader', 'Directory.Read.All', {
    why: 'Entra’s logs are read with it and AuditLog.Read.All together; and it opens the directory roles that the leaver holds.',
    source: `${REFERENCE}/directoryaudit-list, /rbacapplication-list-roleassignments`,
    risk: 'It reads the whole directory.',
    contains: [
      'reader/graph/User.Read.All',
      'reader/graph/Application.Read.All',
      'reader/graph/DelegatedPermissionGrant.Read.All',
      'reader/graph/GroupMember.Read.All',
    ],
  }),
  graph('remover', 'DelegatedPermissionGrant.ReadWrite.All', {
    why: 'Takes the leaver’s consents back; Graph has no permission that only deletes them.',
    source: `${REFERENCE}/oauth2permissiongrant-delete`,
    risk: 'It can also grant consent, for any client to any API on behalf of everybody.',
    tier0: true,
  }),
  graph('remover', 'AppRoleAssignment.ReadWrite.All', {
    why: 'Takes roles on the gateway away, from the gateway’s side, which works for deleted users too: the leaver’s own, and on somebody’s decision those of applications that the leaver can act as.',
    source: `${REFERENCE}/serviceprincipal-delete-approleassignedto`,
    risk: 'It can also assign any application permission to any application, itself included.',
    tier0: true,
  }),
  graph('remover', 'Application.ReadWrite.All', {
    why: 'Deletes federated credentials of app registrations that trust the leaver, takes the leaver off their owners, and removes secrets that the leaver made; the narrower OwnedBy reaches only registrations that the identity owns.',
    source: `${REFERENCE}/application-delete-federatedidentitycredentials, /application-delete-owners, /application-removepassword`,
    risk: 'It can also add a credential to any application and act as it.',
    tier0: true,
  }),
  graph('remover', 'User.RevokeSessions.All', {
    why: 'Revokes the leaver’s sign-in sessions and refresh tokens.',
    source: `${REFERENCE}/user-revokesigninsessions`,
    risk: 'It can sign anybody out, administrators included.',
  }),
];
