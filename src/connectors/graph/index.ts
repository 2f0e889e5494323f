import { bind } from '../bind.ts';
import type { GraphSettings } from '../settings.ts';
import { listSponsored } from './applications/agent-sponsors.ts';
import {
  createAssignment,
  deleteAssignment,
  listAssignedTo,
  readAssignment,
} from './applications/app-role-assignments.ts';
import { listDeletedApplications, listOwned, listOwners, readCredentials } from './applications/application-owners.ts';
import {
  createApplicationCredential,
  deleteApplicationCredential,
  getApplicationCredential,
  listApplicationCredentials,
} from './applications/applications.ts';
import { addOwner, removeOwner, removeSecret } from './applications/change-application.ts';
import { createGrant, deleteGrant, listGrants, readGrant } from './applications/grants.ts';
import {
  findServicePrincipal,
  listServicePrincipals,
  readPreAuthorizedClients,
} from './applications/service-principals.ts';
import { findObject } from './directory-objects.ts';
import { listDirectoryRoles } from './directory-roles.ts';
import { resumeTask } from './lifecycle-workflows.ts';
import { changesBy, credentialChanges } from './logs/directory-audit.ts';
import { provisionedFor, provisionedTo } from './logs/provisioning-log.ts';
import { listSignIns } from './logs/sign-ins.ts';
import { ownRoles, tryReading } from './own-roles.ts';
import { countPeople } from './people/count-people.ts';
import {
  hasMember,
  listGroupMembers,
  listGroupOwners,
  listGroupPeople,
  listGroupsThatHideMembers,
} from './people/group-members.ts';
import { memberGroupsAmong } from './people/member-groups.ts';
import {
  deletedHolders,
  formerHolders,
  holdersOfEmployeeId,
  holdersOfNames,
  holdersOfPrincipalNames,
  peopleAmong,
} from './people/name-holders.ts';
import { listHolders } from './people/people-by-name.ts';
import { searchPeople } from './people/search-people.ts';
import { sessionsValidFrom } from './people/sign-in-sessions.ts';
import { beginUserChanges, readUserChanges } from './people/user-changes.ts';
import {
  findPerson,
  holderOfUpn,
  listDeletedUsers,
  listInactiveUsers,
  listUsers,
  revokeSignInSessions,
} from './people/users.ts';
import { createSubscription, listSubscriptions, renewSubscription } from './subscriptions.ts';

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
