import type { PermissionIdentity, PermissionRow } from '../permission.ts';

const REFERENCE = 'learn.microsoft.com/graph/api';

type Row = Pick<PermissionRow, 'why' | 'source' | 'duties' | 'risk' | 'tier0'>;

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
 * Application permissions of Microsoft Graph. None of the reader's contains another, so each can be missed; a wider
 * one (Directory.Read.All contains four of them) would hide which of them is needed.
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
    why: 'Reads the gateway’s service principal, who holds a role on it, its pre-authorised clients, and the federated credentials of app registrations.',
    source: `${REFERENCE}/serviceprincipal-list-approleassignedto, /application-list-federatedidentitycredentials`,
    duties: ['reading back what was cut of these', 'telling a workload from a person before a case is opened'],
  }),
  graph('reader', 'DelegatedPermissionGrant.Read.All', {
    why: 'Lists the consents to the gateway, the leaver’s and everybody’s.',
    source: 'learn.microsoft.com/graph/permissions-reference#delegatedpermissiongrantreadall',
    duties: ['reading back which consents are gone'],
  }),
  graph('reader', 'GroupMember.Read.All', {
    why: 'Reads who is in the groups that hold a role on the gateway, to say whether the leaver gets it from there. Groups that hide their members stay partial without Member.Read.Hidden as well.',
    source: `${REFERENCE}/group-list-members`,
    duties: ['telling a group from a person before a case is opened'],
  }),
  graph('remover', 'DelegatedPermissionGrant.ReadWrite.All', {
    why: 'Takes the leaver’s consents back; Graph has no permission that only deletes them.',
    source: `${REFERENCE}/oauth2permissiongrant-delete`,
    risk: 'It can also grant consent, for any client to any API on behalf of everybody.',
    tier0: true,
  }),
  graph('remover', 'AppRoleAssignment.ReadWrite.All', {
    why: 'Takes the leaver’s own roles on the gateway away, from the gateway’s side, which works for deleted users too.',
    source: `${REFERENCE}/serviceprincipal-delete-approleassignedto`,
    risk: 'It can also assign any application permission to any application, itself included.',
    tier0: true,
  }),
  graph('remover', 'Application.ReadWrite.All', {
    why: 'Deletes federated credentials of app registrations that trust the leaver; the narrower OwnedBy reaches only registrations that the identity owns.',
    source: `${REFERENCE}/application-delete-federatedidentitycredentials`,
    risk: 'It can also add a credential to any application and act as it.',
    tier0: true,
  }),
  graph('remover', 'User.RevokeSessions.All', {
    why: 'Revokes the leaver’s sign-in sessions and refresh tokens.',
    source: `${REFERENCE}/user-revokesigninsessions`,
    risk: 'It can sign anybody out, administrators included.',
  }),
];
