import { bind } from '../bind.ts';
import type { DevOpsSettings } from '../settings.ts';
import { disableAgent, listAgentPools, listAgents } from './agents.ts';
import { anyProject, mayManagePools, tryScope } from './own-permissions.ts';
import { listPersonalTokens, revokePersonalToken, tryRevokingNothing } from './personal-tokens.ts';
import { listDefinitions, listProjects, listVariableGroups } from './pipelines.ts';
import { findEntraUsers } from './users.ts';
import { hiddenInOrganisation, hiddenInProjects } from './visibility.ts';

/** Azure DevOps; every call names its organisation. */
export const openDevOps = (settings: DevOpsSettings) => ({
  /** Where its pages are, e.g. `https://dev.azure.com`. */
  webUrl: settings.DEVOPS_ENDPOINT,
  ...bind(settings, {
    anyProject,
    disableAgent,
    findEntraUsers,
    hiddenInOrganisation,
    hiddenInProjects,
    listAgentPools,
    listAgents,
    listDefinitions,
    listPersonalTokens,
    listProjects,
    listVariableGroups,
    mayManagePools,
    revokePersonalToken,
    tryRevokingNothing,
    tryScope,
  }),
});

export type DevOps = ReturnType<typeof openDevOps>;
