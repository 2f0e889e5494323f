import { bind } from '../bind.ts';
import type { DevOpsSettings } from '../settings.ts';
import { listAuditEntries } from './audit-log.ts';
import { look } from './look.ts';
import { anyProject, mayChange, mayManagePools, tryScope } from './own-permissions.ts';
import { getStorageKey, isActiveMember, listMemberships, nameGroups, removeEntitlement } from './people/memberships.ts';
import { listPersonalTokens, revokePersonalToken, tryRevokingNothing } from './people/personal-tokens.ts';
import { findEntraUsers, listEntraUsers } from './people/users.ts';
import { disableAgent, listAgentPools, listAgents, removeAgent } from './pipelines/agents.ts';
import { cancelBuild, getBuild } from './pipelines/builds.ts';
import { getEnvironmentPool, listEnvironmentMachines, listEnvironments } from './pipelines/environments.ts';
import { listDefinitions, listProjects, listVariableGroups } from './pipelines/pipelines.ts';
import { listReleaseDefinitions } from './pipelines/releases.ts';
import { listRepositories, readRepositoryFile } from './pipelines/repository-files.ts';
import {
  disableServiceConnection,
  listConnectionUses,
  listServiceConnections,
} from './pipelines/service-connections.ts';
import { disableServiceHook, listServiceHooks } from './pipelines/service-hooks.ts';
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
