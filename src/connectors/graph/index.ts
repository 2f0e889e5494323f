import { bind } from '../bind.ts';
import type { GraphSettings } from '../settings.ts';
import { deleteAssignment, listAssignedTo, readAssignment } from './app-role-assignments.ts';
import { deleteApplicationCredential, getApplicationCredential, listApplicationCredentials } from './applications.ts';
import { findObject } from './directory-objects.ts';
import { deleteGrant, listGrants, readGrant } from './grants.ts';
import { hasMember, listGroupMembers, listGroupsThatHideMembers } from './group-members.ts';
import {
  deletedHolders,
  formerHolders,
  holdersOfEmployeeId,
  holdersOfNames,
  holdersOfPrincipalNames,
  peopleAmong,
} from './name-holders.ts';
import { ownRoles, tryReading } from './own-roles.ts';
import { listHolders } from './people-by-name.ts';
import { provisionedFor, provisionedTo } from './provisioning-log.ts';
import { findServicePrincipal, listServicePrincipals, readPreAuthorizedClients } from './service-principals.ts';
import { sessionsValidFrom } from './sign-in-sessions.ts';
import { createSubscription, listSubscriptions, renewSubscription } from './subscriptions.ts';
import {
  findPerson,
  holderOfUpn,
  listDeletedUsers,
  listInactiveUsers,
  listUsers,
  revokeSignInSessions,
} from './users.ts';

/** Microsoft Graph, asked with these settings. */
export const openGraph = (settings: GraphSettings) =>
  bind(settings, {
    createSubscription,
    deleteApplicationCredential,
    deleteAssignment,
    deleteGrant,
    findObject,
    deletedHolders,
    findPerson,
    findServicePrincipal,
    getApplicationCredential,
    formerHolders,
    hasMember,
    holderOfUpn,
    holdersOfEmployeeId,
    holdersOfNames,
    holdersOfPrincipalNames,
    listApplicationCredentials,
    listAssignedTo,
    listDeletedUsers,
    listGrants,
    listGroupMembers,
    listGroupsThatHideMembers,
    listHolders,
    listInactiveUsers,
    listUsers,
    listServicePrincipals,
    listSubscriptions,
    ownRoles,
    peopleAmong,
    provisionedFor,
    provisionedTo,
    readAssignment,
    readGrant,
    readPreAuthorizedClients,
    renewSubscription,
    revokeSignInSessions,
    sessionsValidFrom,
    tryReading,
  });

export type Graph = ReturnType<typeof openGraph>;
