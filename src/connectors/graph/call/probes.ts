import { advanced, type GraphQuery } from './advanced-query.ts';
import { among, PERSON_FIELDS, QUERIES } from './queries.ts';

/** Nobody and nothing has this id: only those are told so who may look. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** What the questions are about: what the app would ask about at this moment. */
export interface ProbedWith {
  readonly gatewayAppId: string;
  /** Object id of the gateway’s service principal; absent where it was not found. */
  readonly gatewayId?: string;
  readonly at: Date;
}

/** A question that the app puts to Graph in its work. `of: 'nobody'`: “there is no such thing” is the answer that is meant. */
export interface Probe extends GraphQuery {
  readonly version?: 'beta';
  readonly of?: 'nobody';
}

/** For each permission of the reader the very questions that take it, the first page of each. */
export const PROBES = {
  'User.Read.All': () => [{ ...QUERIES.user(NOBODY, PERSON_FIELDS.base), of: 'nobody' }, QUERIES.deletedUsers()],
  'User-LifeCycleInfo.Read.All': ({ at }) => [
    { ...QUERIES.user(NOBODY, PERSON_FIELDS.withLeaveDate), of: 'nobody' },
    QUERIES.departedUsers(at),
  ],
  'Application.Read.All': ({ gatewayAppId, gatewayId }) => [
    QUERIES.servicePrincipalOf(gatewayAppId),
    QUERIES.preAuthorizedClients(gatewayAppId),
    ...(gatewayId === undefined ? [] : [QUERIES.assignedTo(gatewayId), advanced(QUERIES.assignedTo(gatewayId))]),
    { ...QUERIES.applicationsWithCredentials(), version: 'beta' },
    QUERIES.owned('applications'),
    QUERIES.owned('servicePrincipals'),
    QUERIES.deletedApplications('alone'),
  ],
  'DelegatedPermissionGrant.Read.All': ({ gatewayId }) => [
    ...(gatewayId === undefined
      ? []
      : [QUERIES.grants('resourceId', gatewayId), QUERIES.grants('clientId', gatewayId)]),
    QUERIES.grants('principalId', NOBODY),
  ],
  'GroupMember.Read.All': () => [
    { ...QUERIES.groupMembers(NOBODY), of: 'nobody' },
    { ...QUERIES.groupMember(NOBODY, NOBODY), of: 'nobody' },
    { ...QUERIES.groupOwners(NOBODY), of: 'nobody' },
    among(QUERIES.groups(), 'id', [NOBODY]),
  ],
  // Sign-in logs take a licence as well, so that their refusal would say nothing about the permission.
  'AuditLog.Read.All': () => [QUERIES.changesBy(NOBODY)],
  'Directory.Read.All': () => [QUERIES.changesBy(NOBODY), QUERIES.directoryRoles(NOBODY)],
} as const satisfies Readonly<Record<string, (about: ProbedWith) => readonly Probe[]>>;

/** The permissions of Graph that reading tells, besides the token. */
export type ProbedPermission = keyof typeof PROBES;
