/**
 * What the simulated firm decided about sources that this version does not read, as its security lead would have: with
 * a reason for each group, and a last day. A source that a later version adds without reading it is not among them, so
 * that the scenarios say so.
 */
const BY = 'Morgan Lee, security lead';
/** A year from now, whatever today is. */
const UNTIL = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);

const EXEMPT: readonly { readonly sources: readonly string[]; readonly reason: string }[] = [
  {
    sources: [
      'gateway/named-values',
      'gateway/backends',
      'gateway/policies',
      'gateway/credential-manager',
      'gateway/users',
      'gateway/subscription-keys',
      'azure/container-environment',
    ],
    reason: 'The platform is deployed from code that is reviewed for credentials; nobody signs in to it by hand.',
  },
  {
    sources: ['azure/role-assignments', 'azure/eligible-roles', 'azure/key-vault-access'],
    reason: 'People hold Azure roles by activation only, which ends with the account; access is reviewed each month.',
  },
  {
    sources: [
      'entra/service-principal-roles',
      'entra/owners',
      'entra/client-secrets',
      'entra/directory-audit',
      'entra/agent-identities',
      'entra/deleted-applications',
      'entra/gateway-group-owners',
    ],
    reason: 'Only the platform team registers applications; its leavers’ secrets are rotated by its own checklist.',
  },
  {
    sources: ['entra/devices', 'entra/directory-roles', 'entra/eligible-group-memberships', 'entra/sign-ins'],
    reason: 'The identity team’s own leaver process covers accounts, roles and devices, and files its own record.',
  },
  {
    sources: [
      'azure-devops/environment-machines',
      'azure-devops/deployment-groups',
      'azure-devops/classic-releases',
      'azure-devops/service-connections',
      'azure-devops/yaml-files',
      'azure-devops/secure-files',
      'azure-devops/service-hooks',
      'azure-devops/memberships',
      'azure-devops/audit-log',
      'azure-devops/other-organisations',
    ],
    reason:
      'Azure DevOps is being given up: nothing is deployed from it, and its administrators check the rest by hand.',
  },
];

/** Of everything that no app can read, the firm has taken note. */
const LIMITS = [
  'azure/secret-authors',
  'azure/delegation-signatures',
  'azure/shared-keys',
  'azure-devops/key-vault-groups',
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
  'github/webhooks',
  'github/other-branches',
  'github/ruleset-bypass',
  'github/called-code',
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
  EXEMPT_SOURCES: JSON.stringify(EXEMPT.map((each) => ({ ...each, by: BY, until: UNTIL }))),
  ACKNOWLEDGED_LIMITS: JSON.stringify([{ sources: LIMITS, by: BY, on: '2026-11-02' }]),
} as const;
