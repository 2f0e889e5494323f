import { bind } from '../bind.ts';
import type { GraphSettings } from '../settings.ts';
import { listSponsored } from './agent-sponsors.ts';
import { createAssignment, deleteAssignment, listAssignedTo, readAssignment } from './app-role-assignments.ts';
import { listDeletedApplications, listOwned, listOwners, readCredentials } from './application-owners.ts';
import {
  createApplicationCredential,
  deleteApplicationCredential,
  getApplicationCredential,
  listApplicationCredentials,
} from './applications.ts';
import { addOwner, removeOwner, removeSecret } from './change-application.ts';
import { countPeople } from './count-people.ts';
import { changesBy, credentialChanges } from './directory-audit.ts';
import { findObject } from './directory-objects.ts';
import { listDirectoryRoles } from './directory-roles.ts';
import { createGrant, deleteGrant, listGrants, readGrant } from './grants.ts';
import {
  hasMember,
  listGroupMembers,
  listGroupOwners,
  listGroupPeople,
  listGroupsThatHideMembers,
} from './group-members.ts';
import { resumeTask } from './lifecycle-workflows.ts';
import { memberGroupsAmong } from './member-groups.ts';
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
import { searchPeople } from './search-people.ts';
import { findServicePrincipal, listServicePrincipals, readPreAuthorizedClients } from './service-principals.ts';
import { sessionsValidFrom } from './sign-in-sessions.ts';
import { listSignIns } from './sign-ins.ts';
import { createSubscription, listSubscriptions, renewSubscription } from './subscriptions.ts';
import { beginUserChanges, readUserChanges } from './user-changes.ts';
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
    addOwner,
    searchPeople,
    beginUserChanges,
    changesBy,
    createApplicationCredential,
    createAssignment,
    createGrant,
    createSubscription,
    credentialChanges,
    deleteApplicationCredential,
    deleteAssignment,
    deleteGrant,
    findObject,
    deletedHolders,
    countPeople,
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
    listDeletedApplications,
    listDeletedUsers,
    listDirectoryRoles,
    listGrants,
    listGroupMembers,
    listGroupOwners,
    listGroupPeople,
    listGroupsThatHideMembers,
    listHolders,
    listInactiveUsers,
    listOwned,
    listOwners,
    listUsers,
    listServicePrincipals,
    listSponsored,
    listSignIns,
    listSubscriptions,
    memberGroupsAmong,
    ownRoles,
    peopleAmong,
    provisionedFor,
    provisionedTo,
    readAssignment,
    readCredentials,
    readGrant,
    readPreAuthorizedClients,
    readUserChanges,
    removeOwner,
    removeSecret,
    renewSubscription,
    resumeTask,
    revokeSignInSessions,
    sessionsValidFrom,
    tryReading,
  });

export type Graph = ReturnType<typeof openGraph>;
