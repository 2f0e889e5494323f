import type { SeedContext } from '../../seeds/seed-context.ts';
import { WORLD } from '../../seeds/world.ts';
import { type DevOpsState, emptyDevOps } from '../state/state.ts';
import type { IdentityRef, User } from '../state/state-people.ts';
import { environment, seedAgents } from './seed-agents.ts';
import { scaleDevOps } from './seed-scale.ts';

const DAY = 86_400_000;

const PLATFORM = '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c';

const TRADING = '8f2d6a40-7b1c-4e0d-9a3f-51c0d2e4b7a8';

/**
 * The case study's organisation: the laptop that still runs as an agent with its owner's credentials in its
 * environment, and colleagues whose agents, variables and tokens must stay as they are.
 */
export function seedDevOps(context: SeedContext): DevOpsState {
  const state = emptyDevOps(WORLD.devops.organisation);
  const daysAgo = (days: number): string => new Date(context.now.getTime() - days * DAY).toISOString();
  const leaver = person(WORLD.leaver.oid, WORLD.leaver.userPrincipalName, WORLD.leaver.displayName, {
    descriptor: WORLD.leaver.devopsDescriptor,
    storageKey: WORLD.leaver.devopsStorageKey,
  });
  // Entra deleted the account, and the organisation knows by now.
  leaver.active = false;
  const [ana, ben] = WORLD.colleagues.map((one) => person(one.oid, one.userPrincipalName, one.displayName)) as [
    User,
    User,
  ];
  for (const user of [leaver, ana, ben]) state.users.add(user);
  state.users.add({
    ...person('00000000-0000-4000-8000-00000000c0de', 'auditor@partner.example', 'External Auditor'),
    origin: 'msa',
  });
  state.projects.add({ id: PLATFORM, name: 'Platform' });
  state.projects.add({ id: TRADING, name: 'Trading Desk' });
  seedAgents(state, context, daysAgo);
  seedVariables(state, context, daysAgo, { leaver: refOf(leaver), ana: refOf(ana) });
  seedTokens(state, daysAgo, { leaver, ana });
  seedProjects(state, daysAgo, { ana, ben });
  scaleDevOps(state, context, refOf(ben));
  return state;
}

function seedVariables(
  state: DevOpsState,
  context: SeedContext,
  daysAgo: (days: number) => string,
  { leaver, ana }: { readonly leaver: IdentityRef; readonly ana: IdentityRef },
): void {
  state.definitions.add({
    id: 11,
    projectId: PLATFORM,
    name: 'nightly-document-index',
    path: '\\',
    authoredBy: leaver,
    createdDate: daysAgo(300),
    variables: {
      'index.root': { value: '/srv/documents' },
      GH_TOKEN: { value: context.mint.mint('github-oauth') },
      'nuget.key': { value: 'kept in the service', isSecret: true },
    },
  });
  state.definitions.add({
    id: 12,
    projectId: TRADING,
    name: 'release',
    path: '\\desk',
    authoredBy: ana,
    createdDate: daysAgo(90),
    variables: { 'deploy.ring': { value: 'canary' } },
  });
  state.variableGroups.add({
    id: 21,
    projectId: PLATFORM,
    name: 'release-legacy',
    type: 'Vsts',
    createdBy: leaver,
    modifiedBy: ana,
    createdOn: daysAgo(250),
    modifiedOn: daysAgo(60),
    variables: {
      'artifacts.pat': { value: context.mint.mint('azure-devops-legacy') },
      'signing.password': { value: 'kept in the service', isSecret: true },
      region: { value: 'westeurope' },
    },
  });
  state.variableGroups.add({
    id: 22,
    projectId: TRADING,
    name: 'desk-settings',
    type: 'Vsts',
    createdBy: ana,
    modifiedBy: ana,
    createdOn: daysAgo(80),
    modifiedOn: daysAgo(80),
    variables: { 'feed.url': { value: 'https://feeds.northwind-capital.example/desk' } },
  });
}

function seedTokens(
  state: DevOpsState,
  daysAgo: (days: number) => string,
  { leaver, ana }: { readonly leaver: User; readonly ana: User },
): void {
  const token = (id: number, owner: User, displayName: string, scope: string, from: number, to: number) => ({
    authorizationId: `0a1b2c3d-0000-4000-8000-${String(id).padStart(12, '0')}`,
    descriptor: owner.descriptor,
    displayName,
    scope,
    validFrom: daysAgo(from),
    validTo: daysAgo(to),
    isPublic: false,
  });
  state.tokens.add(token(1, leaver, 'laptop agent', 'app_token', 120, -60));
  state.tokens.add(token(2, leaver, 'artifacts feed', 'vso.packaging_write', 200, -165));
  state.tokens.add(token(3, leaver, 'old laptop', 'vso.code', 500, 135));
  state.tokens.add({ ...token(4, leaver, 'alex@laptop', 'vso.ssh', 390, -340), isPublic: true });
  state.tokens.add(token(5, ana, 'desk release', 'vso.build_execute', 40, -50));
}

/** What the projects hold besides, all of it colleagues' or the firm's; and an audit log that is kept. */
function seedProjects(
  state: DevOpsState,
  daysAgo: (days: number) => string,
  { ana, ben }: { readonly ana: User; readonly ben: User },
): void {
  const [first, second] = [refOf(ana), refOf(ben)];
  state.environments.add({ id: 5, projectId: TRADING, name: 'production', poolId: 19 });
  state.pools.add({ id: 19, name: 'production-pool', isHosted: false, kind: 'environment' });
  state.machines.add({ id: 1, environmentId: 5, name: 'desk-01', agentId: 61 });
  state.agents.add({
    id: 61,
    poolId: 19,
    name: 'desk-01',
    version: '4.258.1',
    osDescription: 'Linux 6.8.0-45-generic',
    enabled: true,
    status: 'online',
    createdOn: daysAgo(300),
    statusChangedOn: daysAgo(3),
    systemCapabilities: environment('desk-01', 'azagent'),
  });
  state.releases.add({
    id: 3,
    projectId: TRADING,
    name: 'desk',
    createdBy: first,
    modifiedBy: first,
    variables: { region: { value: 'westeurope' } },
    stages: [{ name: 'production', variables: { slots: { value: '2' } } }],
  });
  state.connections.add({
    id: 'c0ffee00-0000-4000-8000-0000000000c1',
    projectIds: [PLATFORM],
    name: 'registry',
    type: 'dockerregistry',
    scheme: 'UsernamePassword',
    secret: 'never told',
    createdBy: second,
    modifiedBy: second,
    creationDate: daysAgo(210),
    modificationDate: daysAgo(210),
    isDisabled: false,
    uses: [],
  });
  state.hooks.add({
    id: 'c0ffee00-0000-4000-8000-0000000000f1',
    status: 'enabled',
    eventType: 'build.complete',
    consumerId: 'webHooks',
    createdBy: first,
    modifiedBy: first,
    consumerInputs: { url: 'https://hooks.northwind-capital.example/builds' },
  });
  state.audit.add({
    id: 'c0ffee00-0000-4000-8000-0000000000a1',
    actionId: 'Library.VariableGroupModified',
    timestamp: daysAgo(12),
    actorUserId: ana.storageKey,
    actorUPN: ana.principalName,
    data: { VariableGroupName: 'desk-settings' },
  });
}

function person(
  oid: string,
  principalName: string,
  displayName: string,
  known: { readonly descriptor?: string; readonly storageKey?: string } = {},
): User {
  const storageKey = known.storageKey ?? `9${oid.slice(1)}`;
  return {
    descriptor: known.descriptor ?? `aad.${Buffer.from(storageKey).toString('base64')}`,
    storageKey,
    origin: 'aad',
    originId: oid,
    principalName,
    mailAddress: principalName,
    displayName,
  };
}

function refOf({ storageKey, displayName, principalName, descriptor }: User): IdentityRef {
  return { id: storageKey, displayName, uniqueName: principalName, descriptor };
}
