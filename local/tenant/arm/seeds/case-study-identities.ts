import { WORLD } from '../../seeds/world.ts';
import type { ArmCredential } from '../state-identities.ts';

export interface SeededIdentity {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly credentials: readonly ArmCredential[];
  /** Its id has the segment `resourcegroups` and the group's name in lower case. */
  readonly oldCase?: boolean;
}

const { platform, workloads } = WORLD.subscriptions;
const { githubLogin: login, githubId: id } = WORLD.leaver;
const [ana, ben] = WORLD.colleagues;
const { organisation: org, organisationId: orgId } = WORLD.github;
const CLUSTER = `https://westeurope.oic.prod-aks.azure.com/${WORLD.tenantId}/0b1c2d3e-4f50-4617-a8b9-cadbecfd0e1f/`;
const GITHUB = 'https://token.actions.githubusercontent.com';
const audiences = ['api://AzureADTokenExchange'];

const exact = (name: string, subject: string, issuer = GITHUB): ArmCredential => ({ name, issuer, subject, audiences });
const flexible = (name: string, expression: string): ArmCredential => ({ name, issuer: GITHUB, expression, audiences });

/** Pipeline identities of the firm. The comment says what becomes of each credential. */
export const CASE_STUDY_IDENTITIES: readonly SeededIdentity[] = [
  {
    subscriptionId: platform,
    resourceGroup: 'rg-mcp-gateway-prod',
    name: 'id-deploy-gateway',
    tags: { environment: 'production', 'managed-by': 'terraform' },
    credentials: [
      exact('github-main', `repo:${org}/mcp-gateway:ref:refs/heads/main`), // stays
      exact('github-production', `repo:${org}/mcp-gateway:environment:production`), // stays
      exact('hotfix', `repo:${login}/mcp-gateway:ref:refs/heads/main`), // goes after approval, and from the code
    ],
  },
  {
    subscriptionId: platform,
    resourceGroup: 'RG-MCP-Tools',
    name: 'id-docstore-sync',
    oldCase: true,
    credentials: [
      exact('nightly-sync', `repo:${login}/docstore-sync:ref:refs/heads/main`), // goes
      exact('nightly-env', `repo:AMoreau/docstore-sync:environment:nightly`), // goes: logins have no case
      exact('sync-ana', `repo:${ana.githubLogin}/docstore-sync:ref:refs/heads/main`), // reviewed: a colleague's fork, none of the firm's
    ],
  },
  {
    subscriptionId: platform,
    resourceGroup: 'rg-platform',
    name: 'id-infra-plan',
    tags: { 'managed-by': 'terraform' },
    credentials: [
      exact('plan-pull-request', `repo:${login}@${id}/infra@8801:pull_request`), // goes, and from the code
      exact('plan-main', `repo:${org}@${orgId}/infra@7001:ref:refs/heads/main`), // stays
    ],
  },
  {
    subscriptionId: platform,
    resourceGroup: 'rg-platform',
    name: 'id-sandbox',
    credentials: [
      flexible('personal-repos', `claims['sub'] matches 'repo:${login}/*'`), // goes
      flexible('sandboxes', `claims['sub'] matches 'repo:a*/sandbox:*'`), // a person decides: anybody whose name begins with a
      flexible('org-main', `claims['sub'] matches 'repo:${org}/*:ref:refs/heads/main'`), // stays
      flexible('org-prefix', `claims['sub'] matches 'repo:${org}*:ref:refs/heads/main'`), // reviewed: whoever registers a name that begins alike
    ],
  },
  {
    subscriptionId: workloads,
    resourceGroup: 'rg-reports',
    name: 'id-reports',
    credentials: [
      exact('reports-renamed', `repo:alexm-old@${id}/reports@44:ref:refs/heads/main`), // goes: the leaver's id
      exact('reports-recycled', `repo:${login}@9900123/reports@12:ref:refs/heads/main`), // reported: somebody else by now
      exact('reports-labs', `repo:${org}-labs/reports:environment:test`), // reviewed: an organisation that is no more
      exact('reports-sandbox', `repo:${org}/reports:environment:${login}`), // reviewed
      exact('reports-dotfiles', `repo:${org}/${login}-dotfiles:ref:refs/heads/main`), // stays
    ],
  },
  {
    subscriptionId: workloads,
    resourceGroup: 'rg-mail',
    name: 'id-mail-digest',
    oldCase: true,
    credentials: [
      exact('digest-by-actor', `repo:${org}/mail-digest:ref:refs/heads/main:actor:${login}`), // goes
      exact('digest-branch', `repo:${org}/mail-digest:ref:refs/heads/${login}/feature-x`), // reviewed
      exact('digest-ben', `repo:${ben.githubLogin}/mail-digest:environment:production`), // reviewed: a colleague's, none of the firm's
    ],
  },
  {
    subscriptionId: workloads,
    resourceGroup: 'rg-etl',
    name: 'id-etl',
    credentials: [
      flexible(
        'etl-shared-flow',
        `claims['sub'] eq 'repo:${org}/etl:environment:production' and claims['job_workflow_ref'] matches '${login}/workflows/*'`,
      ), // goes after approval: the leaver's reusable workflow, for production
      exact('etl-main', `repo:${org}/etl:ref:refs/heads/main`), // stays
    ],
  },
  {
    subscriptionId: workloads,
    resourceGroup: 'rg-aks',
    name: 'id-aks-agents',
    credentials: [
      exact('namespace', `system:serviceaccount:${login}:default`, CLUSTER), // stays: a namespace of the firm's own cluster
      exact('build-farm', 'system:serviceaccount:builds:runner', 'https://oidc.build-farm.example'), // reviewed: nobody vouches for it
      exact('gitlab', `project_path:${login}/app:ref_type:branch:ref:main`, 'https://gitlab.com'), // reviewed
    ],
  },
];
