import { bind } from '../bind.ts';
import type { GraphSettings } from '../settings.ts';
import { deleteAssignment, listAssignedTo, readAssignment } from './app-role-assignments.ts';
import { deleteApplicationCredential, getApplicationCredential, listApplicationCredentials } from './applications.ts';
import { deleteGrant, listGrants, readGrant } from './grants.ts';
import { hasMember, listGroupMembers, listGroupsThatHideMembers } from './group-members.ts';
import { ownRoles, tryReading } from './own-roles.ts';
import { findServicePrincipal, listServicePrincipals, readPreAuthorizedClients } from './service-principals.ts';
import { createSubscription, listSubscriptions, renewSubscription } from './subscriptions.ts';
import { findPerson, holderOfUpn, listDeletedUsers, listInactiveUsers, revokeSignInSessions } from './users.ts';

/** Microsoft Graph, asked with these settings. */
export const openGraph = (settings: GraphSettings) =>
  bind(settings, {
    createSubscription,
    deleteApplicationCredential,
    deleteAssignment,
    deleteGrant,
    findPerson,
    findServicePrincipal,
    getApplicationCredential,
    hasMember,
    holderOfUpn,
    listApplicationCredentials,
    listAssignedTo,
    listDeletedUsers,
    listGrants,
    listGroupMembers,
    listGroupsThatHideMembers,
    listInactiveUsers,
    listServicePrincipals,
    listSubscriptions,
    ownRoles,
    readAssignment,
    readGrant,
    readPreAuthorizedClients,
    renewSubscription,
    revokeSignInSessions,
    tryReading,
  });

export type Graph = ReturnType<typeof openGraph>;
