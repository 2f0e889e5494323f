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
      'github/runner-groups',
      'github/agent-variables',
      'github/secret-names',
      'github/deploy-keys',
      'github/token-requests',
      'github/membership',
      'github/outside-collaborators',
      'github/invitations',
      'github/installed-apps',
      'github/webhooks',
      'github/environment-reviewers',
      'github/ruleset-bypass',
    ],
    reason: 'The organisation’s owners go through members, keys, Apps and hooks by hand on the last day.',
  },
  {
    sources: ['github/other-branches', 'github/audit-log'],
    reason: 'The security team searches code and the audit log by hand for every leaver with write access.',
  },
];

/** Of everything that no app can read, the firm has taken note. */
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
