import { bind } from '../bind.ts';
import type { IdentityName } from '../credentials.ts';
import { ok, type VendorResult } from '../result.ts';
import type { GitHubSettings } from '../settings.ts';
import { runnerRegistrations } from './audit-log.ts';
import { blameFiles } from './blame.ts';
import { type GitHubClient, gitHubClient, installationOf } from './client.ts';
import {
  listFineGrainedTokens,
  listSsoCredentials,
  revokeFineGrainedTokens,
  revokeSsoCredentialOf,
} from './credentials.ts';
import { externalIdentities } from './external-identities.ts';
import { upsertIssue } from './issues.ts';
import { listOrganisationRepositories } from './repositories.ts';
import { readRepositoryContents } from './repository-contents.ts';
import { deleteRunner, getRunner, listRunners, tryReading } from './runners.ts';
import { trySigning } from './sign-app-jwt.ts';
import { isLoginTaken } from './users.ts';
import { deleteVariableOf, getVariable, listVariables } from './variables.ts';
import { disableWorkflowOf, getWorkflow, latestScheduledRun, listWorkflows, readBlob } from './workflows.ts';

const organisationOf = (client: GitHubClient) => ({
  name: client.installation.organisation,
  /** The API's address, from which that of the pages follows. */
  apiEndpoint: client.settings.GITHUB_API_ENDPOINT,
  /** The App's installation as it is now. */
  refreshed: () => client.refreshed(),
  ...bind(client, {
    blameFiles,
    deleteRunner,
    deleteVariableOf,
    disableWorkflowOf,
    externalIdentities,
    getRunner,
    getVariable,
    getWorkflow,
    isLoginTaken,
    latestScheduledRun,
    listFineGrainedTokens,
    listOrganisationRepositories,
    listRunners,
    listSsoCredentials,
    listVariables,
    listWorkflows,
    readBlob,
    readRepositoryContents,
    revokeFineGrainedTokens,
    revokeSsoCredentialOf,
    runnerRegistrations,
    tryReading,
  }),
});

const organisations = new WeakMap<GitHubClient, GitHubOrganisation>();

/** The same object for the same client, so that questions asked at one moment can share an answer. */
function shared(client: GitHubClient): GitHubOrganisation {
  const known = organisations.get(client) ?? organisationOf(client);
  organisations.set(client, known);
  return known;
}

/** One organisation of GitHub, as the App sees it. */
export type GitHubOrganisation = ReturnType<typeof organisationOf>;

/** GitHub, through the App: by organisation, or as the App itself. */
export const openGitHub = (settings: GitHubSettings) => ({
  /** The API's address, from which that of the pages follows. */
  apiEndpoint: settings.GITHUB_API_ENDPOINT,
  /** The App on one organisation; a failure is the reason why nothing there can be asked. */
  organisation: async (identity: IdentityName, name: string): Promise<VendorResult<GitHubOrganisation>> => {
    const connected = await gitHubClient(settings, identity, name);
    return connected.ok ? ok(shared(connected.value)) : connected;
  },
  ...bind(settings, { installationOf, trySigning, upsertIssue }),
});

export type GitHub = ReturnType<typeof openGitHub>;
