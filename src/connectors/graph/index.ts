import { bind } from '../bind.ts';
import type { GraphSettings } from '../settings.ts';
import { deleteAssignment, listAssignedTo, readAssignment } from './app-role-assignments.ts';
import { deleteApplicationCredential, getApplicationCredential, listApplicationCredentials } from './applications.ts';
import { deleteGrant, listGrants, readGrant } from './grants.ts';
import { listGroupMembers, listGroupsThatHideMembers } from './group-members.ts';
import {
  deletedHolders,
  formerHolders,
  holdersOfEmployeeId,
  holdersOfNames,
  holdersOfPrincipalNames,
  peopleAmong,
} from './name-holders.ts';
import { ownRoles, tryReading } from './own-roles.ts';
import { findServicePrincipal, listServicePrincipals, readPreAuthorizedClients } from './service-principals.ts';
import { createSubscription, listSubscriptions, renewSubscription } from './subscriptions.ts';
import { findPerson, holderOfUpn, listInactiveUsers, revokeSignInSessions } from './users.ts';

/** Microsoft Graph, asked with these settings. */
export const openGraph = (settings: GraphSettings) =>
  bind(settings, {
    createSubscription,
    deleteApplicationCredential,
    deleteAssignment,
    deleteGrant,
    deletedHolders,
    findPerson,
    findServicePrincipal,
    getApplicationCredential,
    formerHolders,
    holderOfUpn,
    holdersOfEmployeeId,
    holdersOfNames,
    holdersOfPrincipalNames,
    listApplicationCredentials,
    listAssignedTo,
    listGrants,
    listGroupMembers,
    listGroupsThatHideMembers,
    listInactiveUsers,
    listServicePrincipals,
    listSubscriptions,
    ownRoles,
    peopleAmong,
    readAssignment,
    readGrant,
    readPreAuthorizedClients,
    renewSubscription,
    revokeSignInSessions,
    tryReading,
  });

export type Graph = ReturnType<typeof openGraph>;
