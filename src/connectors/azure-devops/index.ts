import { bind } from '../bind.ts';
import type { DevOpsSettings } from '../settings.ts';
import { disableAgent, listAgentPools, listAgents, removeAgent } from './agents.ts';
import { listAuditEntries } from './audit-log.ts';
import { cancelBuild, getBuild } from './builds.ts';
import { getEnvironmentPool, listEnvironmentMachines, listEnvironments } from './environments.ts';
import { look } from './look.ts';
import { getStorageKey, isActiveMember, listMemberships, nameGroups, removeEntitlement } from './memberships.ts';
import { anyProject, mayChange, mayManagePools, tryScope } from './own-permissions.ts';
import { listPersonalTokens, revokePersonalToken, tryRevokingNothing } from './personal-tokens.ts';
import { listDefinitions, listProjects, listVariableGroups } from './pipelines.ts';
import { listReleaseDefinitions } from './releases.ts';
import { listRepositories, readRepositoryFile } from './repository-files.ts';
import { disableServiceConnection, listConnectionUses, listServiceConnections } from './service-connections.ts';
import { disableServiceHook, listServiceHooks } from './service-hooks.ts';
import { findEntraUsers, listEntraUsers } from './users.ts';
import { hiddenInOrganisation, hiddenInProjects } from './visibility.ts';

/** Azure DevOps; every call names its organisation. */
export const openDevOps = (settings: DevOpsSettings) => ({
  /** Where its pages are, e.g. `https://dev.azure.com`. */
  webUrl: settings.DEVOPS_ENDPOINT,
  ...bind(settings, {
    anyProject,
    cancelBuild,
    disableAgent,
    disableServiceConnection,
    disableServiceHook,
    findEntraUsers,
    getBuild,
    getEnvironmentPool,
    getStorageKey,
    hiddenInOrganisation,
    hiddenInProjects,
    isActiveMember,
    listAgentPools,
    listAgents,
    listAuditEntries,
    listConnectionUses,
    listDefinitions,
    listEntraUsers,
    listEnvironmentMachines,
    listEnvironments,
    listMemberships,
    listPersonalTokens,
    listProjects,
    listReleaseDefinitions,
    listRepositories,
    listServiceConnections,
    listServiceHooks,
    listVariableGroups,
    look,
    mayChange,
    mayManagePools,
    nameGroups,
    readRepositoryFile,
    removeAgent,
    removeEntitlement,
    revokePersonalToken,
    tryRevokingNothing,
    tryScope,
  }),
});

export type DevOps = ReturnType<typeof openDevOps>;
