import { WORLD } from '../../seeds/world.ts';
import { ENTRA, seededGuid } from '../directory.ts';
import type { EntraState } from '../state/state.ts';
import type { FederatedCredentialRow } from '../state/state-applications.ts';

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

type Credential = Pick<FederatedCredentialRow, 'name'> & {
  readonly issuer?: string;
  readonly subject?: string;
  readonly expression?: string;
};

/** App registrations: the gateway itself, and pipelines that sign in with what GitHub says about them. */
export function seedApplications(state: EntraState): void {
  const { gateway, github, leaver } = WORLD;
  const { githubLogin: login, githubId: id } = leaver;
  const organisation = github.organisation;
  const scopes = gateway.scopes.map((value) => ({ id: seededGuid(`scope ${value}`), value }));
  state.applications.add({
    id: gateway.applicationObjectId,
    appId: gateway.appId,
    displayName: 'MCP gateway',
    tags: ['managed-by:terraform'],
    scopes,
    preAuthorized: [
      { appId: ENTRA.inspector.appId, delegatedPermissionIds: scopes.slice(0, 1).map((scope) => scope.id) },
    ],
  });
  const application = (displayName: string, tags: readonly string[], credentials: readonly Credential[]): void => {
    const row = state.applications.add({
      id: seededGuid(`application ${displayName}`),
      appId: seededGuid(`app ${displayName}`),
      displayName,
      tags,
      scopes: [],
      preAuthorized: [],
    });
    // What signs in acts as a service principal: federated tokens of an application without one are refused.
    state.servicePrincipals.add({
      id: seededGuid(`service principal ${displayName}`),
      appId: row.appId,
      displayName,
      appRoleAssignmentRequired: false,
      appRoles: [],
    });
    for (const credential of credentials) state.federatedCredentials.add(credentialRow(row.id, credential));
  };

  application(
    'tool-catalogue-deploy',
    [],
    [
      { name: 'alex-main', subject: `repo:${login}/mcp-tools:ref:refs/heads/main` },
      { name: 'platform-production', subject: `repo:${organisation}/platform:environment:production` },
    ],
  );
  application(
    'docs-indexer',
    [],
    [
      { name: 'alex-any-branch', expression: `claims['sub'] matches 'repo:${login}/*:ref:refs/heads/*'` },
      { name: 'org-main', expression: `claims['sub'] matches 'repo:${organisation}/*:ref:refs/heads/main'` },
    ],
  );
  application(
    'mcp-contract-tests',
    ['terraform'],
    [
      { name: 'alex-production', subject: `repo:${login}@${id}/mcp-tools@880001:environment:production` },
      { name: 'alex-pull-requests', subject: `repo:${mixedCase(login)}/mcp-tools:pull_request` },
      { name: 'any-mcp-tools', expression: `claims['sub'] matches 'repo:a*/mcp-tools:*'` },
    ],
  );
  application(
    'data-catalogue',
    [],
    [
      { name: 'ana-notebooks', subject: `repo:${login}-silva/notebooks:ref:refs/heads/main` },
      { name: 'archive', subject: `repo:${organisation}/${login}-archive:ref:refs/heads/main` },
      { name: 'alex-fix-branch', subject: `repo:${organisation}/platform:ref:refs/heads/${login}` },
      {
        name: 'terraform-cloud',
        issuer: 'https://app.terraform.io',
        subject: 'organization:northwind:project:platform:workspace:prod:run_phase:apply',
      },
    ],
  );
}

function credentialRow(applicationId: string, credential: Credential): FederatedCredentialRow {
  return {
    id: seededGuid(`${applicationId}/${credential.name}`),
    applicationId,
    name: credential.name,
    issuer: credential.issuer ?? GITHUB_ISSUER,
    audiences: ['api://AzureADTokenExchange'],
    description: null,
    subject: credential.subject ?? null,
    claimsMatchingExpression:
      credential.expression === undefined ? null : { value: credential.expression, languageVersion: 1 },
  };
}

/** `amoreau` → `AMoreau`: Entra compares by case, GitHub does not. */
function mixedCase(login: string): string {
  return login.slice(0, 2).toUpperCase() + login.slice(2);
}
