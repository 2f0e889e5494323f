import assert from 'node:assert/strict';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { FastStack } from '../support/fast-stack.ts';

const { leaver } = WORLD;
const KINDS = ['github-classic', 'azure-devops', 'gitlab', 'anthropic-oauth', 'docker-hub'] as const;

type States = FastStack['states'];
/** Mints a token of a vendor for a place, and keeps it. */
type Token = (where: string) => string;

/** Puts a token into every name that vendors let anybody write; returns each by where it was planted. */
export function plantTokens({ states, mint }: Pick<FastStack, 'states' | 'mint'>): ReadonlyMap<string, string> {
  const planted = new Map<string, string>();
  const token: Token = (where) => {
    const value = mint.mint(KINDS[planted.size % KINDS.length] ?? 'github-classic');
    planted.set(where, value);
    return value;
  };
  plantGitHub(states.github, token);
  plantDevOps(states.devops, token);
  plantEntra(states.entra, token);
  plantArm(states.arm, token);
  return planted;
}

function plantGitHub(github: States['github'], token: Token): void {
  const organisation = github.organisations.get(WORLD.github.organisation);
  assert.ok(organisation !== undefined);
  organisation.runners.add({
    id: 901,
    name: `laptop-${leaver.githubLogin}-${token('runner')}`,
    os: 'linux',
    status: 'online',
    busy: false,
    labels: [leaver.githubLogin, token('label of a runner')],
  });
  organisation.tokens.add({
    id: 902,
    tokenId: 9902,
    name: `ci ${token('fine-grained token')}`,
    ownerId: leaver.githubId,
  });
  organisation.credentials.add({
    id: 903,
    login: leaver.githubLogin,
    type: 'personal access token',
    tokenLastEight: 'abcd1234',
    note: `for ${token('note of a credential')}`,
  });
  organisation.variables.add({
    name: `ALEX_MOREAU_${token('variable')}`,
    value: token('value of a variable'),
  });
  const repository = github.repositories.all().find(({ owner, archived }) => owner === organisation.login && !archived);
  assert.ok(repository !== undefined);
  const path = `.github/workflows/${token('path of a workflow')}.yml`;
  const name = `nightly ${token('name of a workflow')}`;
  repository.files.set(path, `name: ${name}\non:\n  schedule:\n    - cron: '17 3 * * *'\njobs: {}\n`);
  repository.workflows.add({ id: 904, path, name, state: 'active' });
  repository.runs.push({
    id: 905,
    workflowId: 904,
    actorId: leaver.githubId,
    event: 'schedule',
    createdAt: new Date(),
  });
  repository.environments.add({
    id: 906,
    name: `env-${token('environment')}`,
    variables: { ...repository.variables },
    secrets: { ...repository.secrets },
  });
  const code = `${leaver.githubLogin}/tools@${token('version of foreign code')}`;
  const image = `ghcr.io/${leaver.githubLogin}/builder:${token('tag of an image')}`;
  repository.files.set(
    '.github/workflows/foreign.yml',
    `on: push\njobs:\n  a:\n    container: ${image}\n    steps:\n      - uses: ${code}\n`,
  );
  const written = { actorId: leaver.githubId, at: new Date() };
  organisation.auditLog = [
    {
      ...written,
      id: 'log-1',
      action: 'org.update_actions_secret',
      more: { key: `DEPLOY_${token('secret in the audit log')}` },
    },
    {
      ...written,
      id: 'log-2',
      action: 'org.register_self_hosted_runner',
      more: { runner_name: `box-${token('runner in the audit log')}` },
    },
  ];
}

function plantDevOps(devops: States['devops'], token: Token): void {
  const [project] = devops.projects.all();
  const pool = devops.pools.get(String(WORLD.devops.agent.poolId));
  const person = devops.users.get(leaver.devopsDescriptor);
  const definition = devops.definitions
    .all()
    .find(({ authoredBy }) => authoredBy.descriptor === leaver.devopsDescriptor);
  const group = devops.variableGroups.all().find(({ createdBy }) => createdBy.descriptor === leaver.devopsDescriptor);
  const [personalToken] = devops.tokens.where(({ descriptor }) => descriptor === leaver.devopsDescriptor);
  const agent = devops.agents.get(`${WORLD.devops.agent.poolId}/${WORLD.devops.agent.id}`);
  assert.ok(project && pool && person && definition && group && personalToken && agent);
  devops.tokens.add({
    ...personalToken,
    authorizationId: '00000000-0000-4000-8000-000000000907',
    displayName: `laptop ${token('title of a token')}`,
  });
  devops.definitions.add({
    ...definition,
    id: 908,
    name: `release ${token('pipeline')}`,
    variables: {
      [`ALEX_MOREAU_${token('variable of a pipeline')}`]: { value: token('value of a variable of a pipeline') },
      [`key ${token('secret variable')}`]: { value: 'hidden', isSecret: true },
    },
  });
  devops.variableGroups.add({
    ...group,
    id: 909,
    name: `shared ${token('variable group')}`,
    variables: { PLAIN: { value: token('value in a group') }, secret: { value: 'hidden', isSecret: true } },
  });
  devops.agents.add({
    ...agent,
    id: 910,
    name: `laptop-amoreau-${token('agent')}`,
    systemCapabilities: {
      ...agent.systemCapabilities,
      [`AMOREAU_${token('capability')}`]: token('value of a capability'),
    },
  });
  devops.pools.add({ ...pool, name: `On-premises ${token('pool')}` });
  devops.users.add({ ...person, displayName: `Alex ${token('display name in Azure DevOps')}` });
  devops.projects.add({ ...project, name: `Platform ${token('project')}` });
}

function plantEntra(entra: States['entra'], token: Token): void {
  entra.users.patch(leaver.oid, { displayName: `Alex Moreau ${token('display name of the leaver')}` });
  entra.users.patch(WORLD.manager.oid, { displayName: `Priya ${token('display name of the manager')}` });
  for (const { servicePrincipalId } of Object.values(WORLD.clients)) {
    Object.assign(entra.servicePrincipals.get(servicePrincipalId) ?? {}, {
      displayName: `App ${token(`client ${servicePrincipalId}`)}`,
    });
  }
  for (const group of entra.groups.all()) Object.assign(group, { displayName: `Team ${token(`group ${group.id}`)}` });
  for (const assignment of entra.assignments.all()) {
    if (assignment.principalType === 'Group')
      Object.assign(assignment, { principalDisplayName: `Team ${token('group of an assignment')}` });
  }
  const [credential] = entra.federatedCredentials.all();
  assert.ok(credential !== undefined);
  Object.assign(entra.applications.get(credential.applicationId) ?? {}, { displayName: `App ${token('application')}` });
  entra.federatedCredentials.add({
    ...credential,
    id: '00000000-0000-4000-8000-000000000911',
    name: `trust-${token('credential of an application')}`,
    subject: `repo:${leaver.githubLogin}/x:ref:refs/heads/${token('subject of an application')}`,
    claimsMatchingExpression: null,
    description: `by ${token('description')}`,
  });
}

function plantArm(arm: States['arm'], token: Token): void {
  const [identity] = arm.identities.all();
  assert.ok(identity !== undefined);
  identity.credentials.add({
    name: `gh-${token('credential of an identity')}`,
    issuer: 'https://token.actions.githubusercontent.com',
    subject: `repo:${leaver.githubLogin}/y:ref:refs/heads/${token('subject of an identity')}`,
    audiences: ['api://AzureADTokenExchange'],
  });
  identity.credentials.add({
    name: 'site',
    issuer: `https://${leaver.githubLogin}.github.io/${token('issuer')}`,
    subject: 'anything',
    audiences: [`api://${token('audience')}`],
  });
  identity.credentials.add({
    name: 'flexible',
    issuer: 'https://token.actions.githubusercontent.com',
    expression: `claims['sub'] matches 'repo:${leaver.githubLogin}/*:ref:refs/heads/${token('expression')}'`,
    audiences: ['api://AzureADTokenExchange'],
  });
  Object.assign(identity.tags, { owner: token('tag') });
}
