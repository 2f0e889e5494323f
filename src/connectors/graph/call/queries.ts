import { advanced, type GraphQuery } from './advanced-query.ts';

/** The questions to Graph by which leavers and their access are found. The doctor asks the same ones. */

const BASE = 'id,displayName,userPrincipalName,mail,accountEnabled,userType';
/** What accounts elsewhere are compared with, and read for one person only. */
const COMPARED =
  'givenName,surname,createdDateTime,employeeId,otherMails,proxyAddresses,onPremisesSamAccountName,onPremisesDomainName';
/** The date has a permission of its own: without it Graph refuses everything else that is asked for as well. */
const LEAVE_DATE = 'employeeLeaveDateTime';
export const PERSON_FIELDS = {
  base: `${BASE},${COMPARED}`,
  withLeaveDate: `${BASE},${COMPARED},${LEAVE_DATE}`,
} as const;
export type PersonFields = (typeof PERSON_FIELDS)[keyof typeof PERSON_FIELDS];

/** What says who can act as an application. */
const KEYED = 'id,appId,displayName,passwordCredentials,keyCredentials';

const SPONSORED = {
  blueprint: '/applications/microsoft.graph.agentIdentityBlueprint',
  'agent-user': '/users/microsoft.graph.agentUser',
} as const;

export const QUERIES = {
  user: (id: string, fields: PersonFields): GraphQuery => ({
    path: `/users/${id}?$select=${fields}&$expand=manager($select=id,displayName,mail)`,
  }),
  users: (): GraphQuery => ({ path: `/users?$select=${BASE}&$top=999` }),
  deletedUsers: (): GraphQuery => ({
    path: `/directory/deletedItems/microsoft.graph.user?$select=${BASE},deletedDateTime&$top=999`,
  }),
  /** What changes from now on of who is there and enabled; a change of anything else is not told. */
  userChanges: (): GraphQuery => ({ path: '/users/delta?$select=accountEnabled&$deltatoken=latest' }),
  /**
   * As an advanced query: Graph takes a filter by its sibling employeeHireDate in no other, and by this one as the
   * public scripts that use it say. Source: learn.microsoft.com/graph/aad-advanced-queries#user-properties
   */
  departedUsers: (at: Date): GraphQuery =>
    advanced({
      path: `/users?$filter=employeeLeaveDateTime le ${at.toISOString()}&$select=${BASE},${LEAVE_DATE}&$top=999`,
    }),
  servicePrincipalOf: (appId: string): GraphQuery => ({
    path: `/servicePrincipals(appId='${appId}')?$select=id,appId,displayName,appRoles`,
  }),
  preAuthorizedClients: (appId: string): GraphQuery => ({
    path: `/applications(appId='${appId}')?$select=id,appId,api`,
  }),
  assignedTo: (servicePrincipalId: string): GraphQuery => ({
    path: `/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo?$top=999`,
  }),
  grants: (key: 'resourceId' | 'clientId' | 'principalId', id: string): GraphQuery => ({
    path: `/oauth2PermissionGrants?$filter=${key} eq '${id}'`,
  }),
  groupMembers: (groupId: string): GraphQuery => ({ path: `/groups/${groupId}/members?$select=id&$top=999` }),
  groupMember: (groupId: string, oid: string): GraphQuery =>
    advanced({ path: `/groups/${groupId}/members?$select=id&$filter=id eq '${oid}'` }),
  groupPeople: (id: string): GraphQuery =>
    advanced({ path: `/groups/${id}/transitiveMembers/microsoft.graph.user?$select=id&$top=999` }),
  groups: (): GraphQuery => ({ path: '/groups?$select=id,visibility' }),
  groupOwners: (groupId: string): GraphQuery => ({ path: `/groups/${groupId}/owners?$select=id&$top=999` }),
  owned: (set: 'applications' | 'servicePrincipals'): GraphQuery => ({
    path: `/${set}?$select=${set === 'applications' ? KEYED : `${KEYED},servicePrincipalType`}&$expand=owners($select=id)&$top=999`,
  }),
  deletedApplications: (how: 'with owners' | 'alone'): GraphQuery => ({
    path: `/directory/deletedItems/microsoft.graph.application?$select=${KEYED},deletedDateTime${how === 'alone' ? '' : '&$expand=owners($select=id)'}&$top=999`,
  }),
  changesBy: (oid: string): GraphQuery => audits(`initiatedBy/user/id eq '${oid}'`),
  credentialChanges: (): readonly GraphQuery[] => [
    audits("activityDisplayName eq 'Add service principal credentials'"),
    // What follows in its name is written with a dash that differs.
    audits("startswith(activityDisplayName,'Update application')"),
  ],
  directoryRoles: (oid: string): GraphQuery => ({
    path: `/roleManagement/directory/roleAssignments?$filter=principalId eq '${oid}'&$expand=roleDefinition($select=id,displayName)`,
  }),
  /** As advanced queries: Graph takes a cast of a list in no other. */
  sponsored: (kind: 'blueprint' | 'agent-user'): GraphQuery =>
    advanced({ path: `${SPONSORED[kind]}?$select=id,displayName&$top=999` }),
  sponsors: (kind: 'blueprint' | 'agent-user', id: string): GraphQuery => ({
    path:
      kind === 'blueprint'
        ? `/applications/${encodeURIComponent(id)}/microsoft.graph.agentIdentityBlueprint/sponsors?$select=id`
        : `/users/${encodeURIComponent(id)}/sponsors?$select=id`,
  }),
  signIns: (oid: string, since: Date, how: 'interactive' | 'silent'): GraphQuery => {
    const silent = how === 'silent' ? " and signInEventTypes/any(t: t eq 'nonInteractiveUser')" : '';
    const filter = `userId eq '${oid}' and createdDateTime ge ${since.toISOString()}${silent}`;
    return { path: `/auditLogs/signIns?$filter=${encodeURIComponent(filter)}&$top=999` };
  },
  applicationsWithCredentials: (): GraphQuery => ({
    path: '/applications?$select=id,appId,displayName,tags&$expand=federatedIdentityCredentials&$top=999',
  }),
} as const;

function audits(filter: string): GraphQuery {
  return { path: `/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}&$top=999` };
}

/** A list cut to those objects whose `key` is one of some values: at most 15 of them in one question. */
export function among(query: GraphQuery, key: string, values: readonly string[]): GraphQuery {
  return { ...query, path: `${query.path}&$filter=${key} in (${values.map((value) => `'${value}'`).join(',')})` };
}
