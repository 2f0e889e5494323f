import type { PermissionRow } from '../permission.ts';

const REFERENCE = 'docs.github.com/rest/authentication/permissions-required-for-github-apps';

/** A permission of the GitHub App that only reads, by the name of GitHub’s API. */
function github(name: string, row: Pick<PermissionRow, 'why' | 'risk' | 'inherent'>): PermissionRow {
  return {
    id: `assessor/github/${name}=read`,
    system: 'github',
    identity: 'assessor',
    grant: { kind: 'github-app-permission', name, level: 'read' },
    source: REFERENCE,
    ...row,
  };
}

/** Signs as the App that only reads, and as no other: a role on this one key. */
const SIGN: PermissionRow = {
  id: 'assessor/key-vault/Microsoft.KeyVault/vaults/keys/sign/action',
  system: 'key-vault',
  identity: 'assessor',
  grant: {
    kind: 'azure-data-action',
    action: 'Microsoft.KeyVault/vaults/keys/sign/action',
    scope: 'assessor-key',
    role: 'assessor-github-key',
  },
  why: 'Signs as the GitHub App that only reads; the key itself never leaves the vault. It may not sign as the App that cuts.',
  source: 'learn.microsoft.com/azure/key-vault/general/rbac-guide',
};

/**
 * Permissions of the assessor’s GitHub App, every one to read. The names of secrets of Dependabot and of Codespaces take
 * others (`dependabot_secrets`, `codespaces_secrets` and theirs of organisations), which it does not have.
 */
export const ASSESSOR_GITHUB_PERMISSIONS: readonly PermissionRow[] = [
  SIGN,
  github('metadata', {
    why: 'Lists the repositories and the rules of branches; every installation has it.',
    inherent: true,
  }),
  github('contents', {
    why: 'Reads workflow files, for what they sign in to Azure with, and lists the protected branches.',
    risk: 'It reads the source of every repository on which the App is installed.',
  }),
  github('actions', {
    why: 'Reads which branches deploy to an environment.',
  }),
  github('administration', {
    why: 'Reads how a branch is protected besides rulesets.',
  }),
  github('environments', {
    why: 'Lists environments, and the names of their secrets; never a value, which GitHub tells nobody.',
  }),
  github('secrets', {
    why: 'Lists the names of the secrets of repositories; never a value, which GitHub tells nobody.',
  }),
  github('organization_secrets', {
    why: 'Lists the names of the organisation’s secrets; never a value, which GitHub tells nobody.',
  }),
];
