import type { GitHubInstallation } from '../github/call/client.ts';
import { type GitHubOrganisation, openGitHub } from '../github/index.ts';
import type { InstalledOn } from '../github/installations.ts';
import type { Listing } from '../listing.ts';
import { ok, type VendorResult } from '../result.ts';
import type { GitHubSettings } from '../settings.ts';

/** One organisation of GitHub as the assessor sees it; its token can do nothing but read. */
export type AssessedOrganisation = Pick<
  GitHubOrganisation,
  | 'apiEndpoint'
  | 'branchProtection'
  | 'branchRules'
  | 'listDeploymentBranches'
  | 'listGuardedEnvironments'
  | 'listOrganisationRepositories'
  | 'listProtectedBranches'
  | 'listSecretNames'
  | 'look'
  | 'name'
  | 'readBlob'
  | 'readFilesAt'
  | 'readFileTexts'
  | 'readRepositoryContents'
  | 'refreshed'
  | 'seenRepository'
>;

/** GitHub through the App that only reads. */
export interface AssessorGitHub {
  /** The API's address, from which that of the pages follows. */
  readonly apiEndpoint: string;
  organisation(name: string): Promise<VendorResult<AssessedOrganisation>>;
  installationOf(name: string): Promise<VendorResult<GitHubInstallation>>;
  listInstallations(): Promise<Listing<InstalledOn>>;
  trySigning(): Promise<VendorResult<undefined>>;
}

/** Undefined where no such App is configured: then nothing of GitHub is read for the checklist, least of all as the other. */
export function openAssessorGitHub(settings: GitHubSettings): AssessorGitHub | undefined {
  const { ASSESSOR_GITHUB_APP_ID: app, ASSESSOR_GITHUB_APP_KEY_ID: key } = settings;
  if (app === undefined || key === undefined) return undefined;
  const github = openGitHub({ ...settings, GITHUB_APP_ID: app, GITHUB_APP_KEY_ID: key });
  return {
    apiEndpoint: github.apiEndpoint,
    organisation: async (name) => {
      const connected = await github.organisation('assessor', name);
      return connected.ok ? ok(connected.value) : connected;
    },
    installationOf: (name) => github.installationOf('assessor', name),
    listInstallations: () => github.listInstallations('assessor'),
    trySigning: () => github.trySigning('assessor'),
  };
}
