/**
 * What the simulated firm decided about sources, as its security lead would have: it took note of the standing limits.
 * Nothing is exempt: every source that can be read is read.
 */
const BY = 'Morgan Lee, security lead';
/** Of every standing limit, the firm has taken note. */
const LIMITS = [
  'gateway/upstream-sign-ins',
  'azure/secret-authors',
  'azure/delegation-signatures',
  'azure/shared-keys',
  'azure-devops/key-vault-groups',
  'entra/agent-identities',
  'entra/devices',
  'entra/eligible-directory-roles',
  'entra/eligible-group-memberships',
  'azure-devops/deployment-groups',
  'azure-devops/other-branches',
  'azure-devops/other-organisations',
  'azure-devops/secure-files',
  'entra/guest-home-sessions',
  'github/enterprise',
  'github/codespaces-secrets',
  'github/credentials-without-sign-on',
  'github/codespaces',
  'github/packages',
  'github/caches',
  'github/before-the-log',
  'github/secret-names',
  'github/agent-variables',
  'github/one-job-runners',
  'github/webhooks',
  'github/other-branches',
  'github/ruleset-bypass',
  'github/called-code',
  'machines/inventory',
  'mcp/issued-tokens',
  'mcp/open-streams',
  'mcp/session-ids',
  'mcp/server-tokens',
  'mcp/registered-clients',
  'mcp/long-tasks',
  'mcp/local-clients',
];

/** The settings that say so. */
export const COVERAGE_DECISIONS = {
  ACKNOWLEDGED_LIMITS: JSON.stringify([{ sources: LIMITS, by: BY, on: '2026-11-02' }]),
} as const;
