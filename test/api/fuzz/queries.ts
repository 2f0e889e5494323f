/*
 * The queries that the API builds, without the values that they carry. A value from outside that becomes a part of a
 * query makes another one than these.
 */

const PERSON =
  'id,displayName,userPrincipalName,mail,accountEnabled,userType,givenName,surname,createdDateTime,employeeId,otherMails,proxyAddresses,onPremisesSamAccountName,onPremisesDomainName';
const HOLDER = 'id,displayName,surname,userPrincipalName,mail,otherMails,proxyAddresses,employeeId';
const MANAGER = '$expand=manager($select=id,displayName,mail)';

/** Of Graph: paths with their query. */
export const ASKED_OF_GRAPH: ReadonlySet<string> = new Set([
  // One person, or everybody who has a name.
  `/v1.0/users/{id} $select=${PERSON},employeeLeaveDateTime ${MANAGER}`,
  `/v1.0/users/{id} $select=${PERSON} ${MANAGER}`,
  `/v1.0/directory/deletedItems/{id}/microsoft.graph.user $select=${PERSON},employeeLeaveDateTime,deletedDateTime`,
  ...['userPrincipalName in (…)', 'mail in (…)', 'proxyAddresses/any(p:p eq …)', 'otherMails/any(m:m eq …)'].map(
    (filter) => `/v1.0/users $filter=${filter} $select=${HOLDER} $top=999`,
  ),
  `/v1.0/directory/deletedItems/microsoft.graph.user $select=${HOLDER} $top=999`,
  '/v1.0/groups $filter=mail eq … $select=id,displayName',
  ...['servicePrincipals', 'applications', 'groups'].map((kind) => `/v1.0/${kind}/{id} $select=id,displayName`),
  '/v1.0/users $count=true $search="displayName:…" OR "userPrincipalName:…" OR "mail:…" $select=id,displayName,userPrincipalName,mail,accountEnabled $top=25',
  // What GET /api/doctor tries.
  "/v1.0/servicePrincipals(appId='{id}') $select=id,appId,displayName,appRoles",
  "/v1.0/applications(appId='{id}') $select=id,appId,api",
  '/v1.0/directory/deletedItems/microsoft.graph.user $select=id,displayName,userPrincipalName,mail,accountEnabled,userType,deletedDateTime $top=999',
  '/v1.0/users $filter=employeeLeaveDateTime le {instant} $select=id,displayName,userPrincipalName,mail,accountEnabled,userType,employeeLeaveDateTime $top=999 $count=true',
  '/beta/applications $select=id,appId,displayName,tags $expand=federatedIdentityCredentials $top=999',
  '/v1.0/applications $select=id,appId,displayName,passwordCredentials,keyCredentials $expand=owners($select=id) $top=999',
  '/v1.0/servicePrincipals $select=id,appId,displayName,passwordCredentials,keyCredentials,servicePrincipalType $expand=owners($select=id) $top=999',
  '/v1.0/directory/deletedItems/microsoft.graph.application $select=id,appId,displayName,passwordCredentials,keyCredentials,deletedDateTime $top=999',
  '/v1.0/oauth2PermissionGrants $filter=principalId eq …',
  '/v1.0/groups/{id}/members $select=id $top=999',
  '/v1.0/groups/{id}/members $select=id $filter=id eq … $count=true',
  '/v1.0/groups/{id}/owners $select=id $top=999',
  '/v1.0/groups $select=id,visibility $filter=id in (…)',
  '/v1.0/auditLogs/directoryAudits $filter=initiatedBy/user/id eq … $top=999',
  '/v1.0/roleManagement/directory/roleAssignments $filter=principalId eq … $expand=roleDefinition($select=id,displayName)',
]);

/** Of tables: filters. */
export const ASKED_OF_TABLES: ReadonlySet<string> = new Set([
  'PartitionKey eq …',
  // An exception by its id.
  'RowKey eq …',
  ...['gt …', 'ge …', 'lt …', 'gt … and RowKey lt …', 'ge … and RowKey lt …'].map(
    (range) => `PartitionKey eq … and RowKey ${range}`,
  ),
  // The first number of a metric.
  'PartitionKey eq … and (state eq … or state eq …)',
  `(${Array.from({ length: 5 }, () => 'state ne …').join(' and ')}) or readAgainAt gt … or followUps gt …`,
]);

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** A path of Graph whose ids, literals and instants are placeholders. */
export function pathWithoutValues(path: string): string {
  const { pathname, searchParams } = new URL(path, 'https://graph.invalid');
  const query = [...searchParams].map(([name, value]) => {
    if (name === '$search') return `${name}=${value.replaceAll(/"(\w+):[^"\\]+"/g, '"$1:…"')}`;
    return `${name}=${name === '$filter' ? filterWithoutValues(value) : value}`;
  });
  return [pathname.replaceAll(GUID, '{id}'), ...query].join(' ');
}

/** An OData filter whose literals are placeholders. A list of literals is one, whatever their number. */
export function filterWithoutValues(filter: string): string {
  return filter
    .replaceAll(/'(?:[^']|'')*'/g, '…')
    .replaceAll(/…(?:,…)+/g, '…')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '{instant}');
}
