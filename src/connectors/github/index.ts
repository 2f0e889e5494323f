import { bind } from '../bind.ts';
import type { IdentityName } from '../credentials.ts';
import { failed, ok, type VendorResult } from '../result.ts';
import type { GitHubSettings } from '../settings.ts';
import { listReviewedEnvironments } from './actions/environment-reviewers.ts';
import { listRunnerGroups, listRunnersOfGroup } from './actions/runner-groups.ts';
import { deleteRunner, getRunner, listRunners, tryReading } from './actions/runners.ts';
import { cancelRun, directAdmins, jobsOfAttempt, jobsOfRun, latestRuns, runsInProgress } from './actions/runs.ts';
import { listSecretNames } from './actions/secret-names.ts';
import { deleteVariableOf, getVariable, listVariables, replaceVariableOf } from './actions/variables.ts';
import {
  disableWorkflowOf,
  enableWorkflowOf,
  getWorkflow,
  latestScheduledRun,
  listWorkflows,
  readBlob,
  scheduledRunUnless,
} from './actions/workflows.ts';
import { loggedChanges, newestLogged, runnerRegistrations, secretWritings } from './audit-log/audit-log.ts';
import { actsAfter, actsOnAccess } from './audit-log/audit-log-acts.ts';
import { keyAdditions } from './audit-log/audit-log-keys.ts';
import { blameFiles } from './audit-log/blame.ts';
import { type GitHubClient, gitHubClient, installationOf } from './call/client.ts';
import { look } from './call/look.ts';
import { pointsOf, timeForPoints } from './call/pacing.ts';
import { trySigning } from './call/sign-app-jwt.ts';
import {
  listFineGrainedTokens,
  listSsoCredentials,
  revokeFineGrainedTokens,
  revokeSsoCredentialOf,
} from './credentials/credentials.ts';
import { countDeployKeys, listDeployKeys } from './credentials/deploy-key-list.ts';
import { addDeployKey, deleteDeployKey, getDeployKey } from './credentials/deploy-keys.ts';
import { revokeValue } from './credentials/revoke-value.ts';
import { denyTokenRequest, listTokenRequests } from './credentials/token-requests.ts';
import { listInstallations } from './installations.ts';
import { appOwner, listInstalledApps } from './installed-apps.ts';
import { organisationPeople } from './people/external-identities.ts';
import { cancelInvitation, listInvitations } from './people/invitations.ts';
import { membershipOf, removeMembership, removeOutsideCollaborator } from './people/membership.ts';
import { listProvisioned } from './people/provisioned.ts';
import { accountWithId, accountWithLogin, listOutsideCollaborators, profileOf } from './people/users.ts';
import { listVerifiedMails } from './people/verified-mails.ts';
import type { Admission } from './points/shared-points.ts';
import {
  branchProtection,
  branchRules,
  listDeploymentBranches,
  listGuardedEnvironments,
  listProtectedBranches,
} from './repositories/branch-guards.ts';
import { readFilesAt, readFileTexts } from './repositories/file-texts.ts';
import { upsertIssue } from './repositories/issues.ts';
import { proposeChange, readFileOnBranch } from './repositories/proposed-change.ts';
import { listOrganisationRepositories, seenRepository } from './repositories/repositories.ts';
import { readRepositoryContents, readRepositoryHeads } from './repositories/repository-contents.ts';
import { cancelRepositoryInvitationOf, listRepositoryInvitations } from './repositories/repository-invitations.ts';

const organisationOf = (client: GitHubClient) => ({
  name: client.installation.organisation,
  /** The API's address, from which that of the pages follows. */
  apiEndpoint: client.settings.GITHUB_API_ENDPOINT,
  /** The App's installation as it is now. */
  refreshed: () => client.refreshed(),
  admit: (work: string, points: number) => admit(client, work, points),
  ...bind(client, {
    accountWithId,
    accountWithLogin,
    actsAfter,
    actsOnAccess,
    addDeployKey,
    appOwner,
    blameFiles,
    branchProtection,
    branchRules,
    cancelInvitation,
    cancelRepositoryInvitationOf,
    cancelRun,
    countDeployKeys,
    deleteDeployKey,
    deleteRunner,
    deleteVariableOf,
    denyTokenRequest,
    directAdmins,
    disableWorkflowOf,
    enableWorkflowOf,
    getDeployKey,
    getRunner,
    getVariable,
    getWorkflow,
    jobsOfAttempt,
    jobsOfRun,
    latestRuns,
    keyAdditions,
    latestScheduledRun,
    listDeployKeys,
    listDeploymentBranches,
    listFineGrainedTokens,
    listGuardedEnvironments,
    listInstalledApps,
    listInvitations,
    listOrganisationRepositories,
    listOutsideCollaborators,
    listProtectedBranches,
    listProvisioned,
    listRepositoryInvitations,
    listReviewedEnvironments,
    listVerifiedMails,
    listRunnerGroups,
    listRunners,
    listRunnersOfGroup,
    listSecretNames,
    listSsoCredentials,
    listTokenRequests,
    listVariables,
    listWorkflows,
    loggedChanges,
    look,
    membershipOf,
    newestLogged,
    organisationPeople,
    profileOf,
    proposeChange,
    readBlob,
    readFileOnBranch,
    readFilesAt,
    readFileTexts,
    readRepositoryContents,
    readRepositoryHeads,
    removeMembership,
    removeOutsideCollaborator,
    replaceVariableOf,
    revokeFineGrainedTokens,
    revokeSsoCredentialOf,
    runnerRegistrations,
    runsInProgress,
    scheduledRunUnless,
    secretWritings,
    seenRepository,
    tryReading,
  }),
});

/**
 * Has so many points of GitHub’s minute set aside for a piece of work, so that it need not stop in the middle; the failure
 * says when its turn may come. `work` is a name under which it keeps its place in the line.
 */
async function admit(
  { settings, installation: { organisation } }: GitHubClient,
  work: string,
  points: number,
): Promise<VendorResult<Admission>> {
  // What needs none waits for nobody.
  if (points === 0) return ok({ ok: true, done: () => Promise.resolve() });
  const admitted = await pointsOf(settings, organisation).admit(work, points);
  if (admitted.ok) return ok(admitted);
  const { tryAgainAfterMs } = admitted;
  const message =
    `What GitHub allows ${organisation} in a minute is spent by other work of this app or by a pause that GitHub asked ` +
    'for; this work waits in line.';
  return failed({ kind: 'throttled', status: 429, tryAgainAfterMs, queued: true, message });
}

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
  ...bind(settings, { installationOf, listInstallations, revokeValue, timeForPoints, trySigning, upsertIssue }),
});

export type GitHub = ReturnType<typeof openGitHub>;
