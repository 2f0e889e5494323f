import { createHash } from 'node:crypto';
import { armCredentials } from '../../../local/tenant/arm/state-identities.ts';
import type { CaseStudy } from '../../../local/tenant/case-study.ts';
import { grantRow } from '../../../local/tenant/entra/applications/grants.ts';
import { assignmentRow } from '../../../local/tenant/entra/applications/service-principals.ts';
import { ENTRA, seededGuid } from '../../../local/tenant/entra/directory.ts';
import type { UserRow } from '../../../local/tenant/entra/state/state-people.ts';
import { makeEnvironment } from '../../../local/tenant/github/state/state-actions.ts';
import { makeOrganisation } from '../../../local/tenant/github/state/state-organisation.ts';
import { makeRepository, type Repository } from '../../../local/tenant/github/state/state-repository.ts';
import { auditRow } from '../../../local/tenant/logs/state.ts';
import type { TokenMint } from '../../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { plantWorkload } from '../../support/plant-workload.ts';
import {
  type Agent,
  type Calls,
  DEVOPS_ORGANISATIONS,
  type DevOpsOrganisation,
  devopsOf,
  type Firm,
  type GitHubVariable,
  type Grant,
  type GroupRole,
  type Held,
  type Item,
  isClassic,
  isMachine,
  itemsOf,
  MOVING,
  ORGANISATIONS,
  type Person,
  personOf,
  type Role,
  type SignOnCredential,
  type Trust,
  type Waiting,
  type Workflow,
  type Workload,
} from './firm.ts';
import { clearPlatform, plantRight, plantText } from './plant-platform.ts';
import { chanceOf } from './random.ts';

type States = CaseStudy['states'];
type Pipelines = Extract<Item, { readonly kind: 'pipeline' | 'variable-group' }>;

const DAY = 86_400_000;
const POOL = 7;
const PROJECT = '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c';

/** What was minted while the firm was planted: none of it may ever be written anywhere. */
export interface Planted {
  readonly secrets: readonly string[];
}

interface Ground {
  readonly states: States;
  readonly firm: Firm;
  readonly mint: TokenMint;
  /** Whole hours, so that two plantings of one firm are equal. */
  readonly now: Date;
  /** Tokens that sign-on lists: by the key of the item, so that a variable can hold the same one. */
  readonly listed: Map<string, string>;
}

/** Makes the tenant be this firm and nothing else. The app's own identities, the gateway and the settings stay. */
export function plant(states: States, firm: Firm, at: Date): Planted {
  const now = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
  const chance = chanceOf(firm.seed * 31 + 7);
  const mint = makeTokenMint({ bytes: chance.bytes, now: () => now.getTime() });
  const ground: Ground = { states, firm, mint, now, listed: new Map() };
  clear(states);
  plantDirectory(ground);
  plantOrganisations(ground);
  plantAzureDevOps(ground);
  for (const item of firm.items) plantItem(ground, item);
  plantLog(ground);
  applyHabits(ground);
  if (firm.habits.moving === true) plantMoving(ground);
  return { secrets: mint.all() };
}

/** The deny list stays: whoever was denied for an earlier firm still is. */
function clear({ entra, arm, github, devops, logs, teams }: States): void {
  for (const row of entra.servicePrincipals.all()) if (row.owners !== undefined) entra.servicePrincipals.delete(row.id);
  entra.directoryAudits.length = 0;
  for (const row of entra.applications.all()) if (row.appId !== WORLD.gateway.appId) entra.applications.delete(row.id);
  for (const rows of [
    entra.users,
    entra.deletedUsers,
    entra.grants,
    entra.assignments,
    entra.groups,
    entra.federatedCredentials,
    arm.identities,
    github.users,
    github.repositories,
    github.organisations,
    ...[devops, ...devops.others.all()].flatMap((each) => [
      each.agents,
      each.definitions,
      each.variableGroups,
      each.machines,
      each.releases,
      each.users,
      each.tokens,
    ]),
  ]) {
    rows.clear();
  }
  clearPlatform(arm);
  logs.rows.length = 0;
  teams.messages.length = 0;
}

function plantDirectory({ states: { entra }, firm, now }: Ground): void {
  const { operator, breakGlass, manager } = WORLD;
  const ago = (days: number): string => new Date(now.getTime() - days * DAY).toISOString();
  const row = (person: Pick<Person, 'oid' | 'displayName' | 'userPrincipalName' | 'mail' | 'guest'>): UserRow => ({
    id: person.oid,
    displayName: person.displayName,
    userPrincipalName: person.userPrincipalName,
    mail: person.mail,
    accountEnabled: true,
    userType: person.guest === true ? 'Guest' : 'Member',
    employeeLeaveDateTime: null,
    signInSessionsValidFromDateTime: ago(400),
    managerId: manager.oid,
    deletedDateTime: null,
  });
  const staff = [
    { ...manager, userPrincipalName: manager.mail },
    { ...operator, displayName: 'Iris Tanaka', mail: operator.userPrincipalName },
    { ...breakGlass, displayName: 'Break glass', mail: null },
  ];
  for (const person of [...staff, ...firm.people.filter(({ outsider }) => outsider !== true)])
    entra.users.add(row(person));
  const leaver = personOf(firm, firm.leaver);
  const { state, daysAgo, recorded } = firm.leaving;
  const leave = recorded ? { employeeLeaveDateTime: ago(daysAgo) } : {};
  const changed = entra.users.patch(leaver.oid, { ...leave, accountEnabled: state !== 'disabled' });
  if (changed === undefined || state === 'active' || state === 'disabled' || state === 'restored') return;
  entra.users.delete(leaver.oid);
  if (state === 'gone') return;
  const userPrincipalName = `${leaver.oid.replaceAll('-', '')}${leaver.userPrincipalName}`;
  entra.deletedUsers.add({ ...changed, userPrincipalName, deletedDateTime: new Date(now.getTime() - 1).toISOString() });
}

function plantOrganisations({ states: { github }, firm }: Ground): void {
  for (const [index, login] of ORGANISATIONS.entries()) {
    const id = WORLD.github.organisationId + index;
    const organisation = {
      ...makeOrganisation(login, id),
      repositoryRunners: firm.habits.repositoryRunners,
      issuer: `https://sts.windows.net/${WORLD.tenantId}/`,
      // Everybody of the firm who has an account is a member, linked or not.
      members: new Set(firm.people.flatMap(({ github: own, outsider }) => (own && outsider !== true ? [own.id] : []))),
      // A further account of somebody, which nobody linked.
      outsideCollaborators: new Set(firm.people.flatMap(({ github: own, also }) => (own && also ? [own.id] : []))),
    };
    if (firm.habits.enterpriseSignOn === true) organisation.identities = null;
    github.organisations.add(organisation);
    const installation = github.installations.get(String(WORLD.github.installationId));
    if (installation === undefined) throw new Error('the App of the case study is not installed');
    const own = { ...installation, id: WORLD.github.installationId + index, organisation: login };
    github.installations.add({ ...own, denials: firm.habits.githubDenials });
  }
  for (const { github: account, displayName } of firm.people) {
    if (account !== undefined) github.users.add({ ...account, name: displayName });
  }
  const many = firm.habits.manyRepositories === true ? 101 : 0;
  for (let n = 0; n < many; n += 1) github.repositories.add(makeRepository(ORGANISATIONS[1], `a-${n}`, 610_000 + n));
  const [owner = '', name = ''] = WORLD.github.securityRepository.split('/');
  github.repositories.add(makeRepository(owner, name, 600_001));
}

function plantAzureDevOps(ground: Ground): void {
  const known = ground.firm.people.flatMap((person) =>
    devopsOf(person).map((organisation) => ({ person, organisation })),
  );
  for (const { person, organisation } of known) {
    devopsIn(ground.states, organisation).users.add({
      descriptor: descriptorOf(person),
      storageKey: storageKeyOf(person, organisation),
      origin: 'aad',
      originId: person.oid,
      principalName: person.devopsName ?? person.userPrincipalName,
      mailAddress: person.mail ?? person.userPrincipalName,
      displayName: person.displayName,
    });
  }
}

/** An organisation's state. */
function devopsIn({ devops }: States, organisation: DevOpsOrganisation | undefined) {
  const [usual] = DEVOPS_ORGANISATIONS;
  const found = organisation === undefined || organisation === usual ? devops : devops.others.get(organisation);
  if (found === undefined) throw new Error(`there is no organisation ${organisation}`);
  return found;
}

/** Each organisation has a key of its own for a person, whose descriptor is the same in all. */
const storageKeyOf = ({ oid }: Person, organisation: DevOpsOrganisation = DEVOPS_ORGANISATIONS[0]): string =>
  `${9 - DEVOPS_ORGANISATIONS.indexOf(organisation)}${oid.slice(1)}`;
const descriptorOf = (person: Person): string => `aad.${Buffer.from(storageKeyOf(person)).toString('base64')}`;
const refOf = (person: Person, organisation?: DevOpsOrganisation) => ({
  id: storageKeyOf(person, organisation),
  displayName: person.displayName,
  uniqueName: person.userPrincipalName,
  descriptor: descriptorOf(person),
});

function plantItem(ground: Ground, item: Item): void {
  switch (item.kind) {
    case 'sign-on': {
      const { github: account } = personOf(ground.firm, item.account);
      const organisation = organisationOf(ground, item.organisation);
      if (account === undefined || organisation.identities === null) return;
      const identity = {
        guid: seededGuid(`${ground.firm.seed} ${item.key}`),
        nameId: item.nameId,
        userId: account.id,
        attributes: item.objectIdOf === undefined ? [] : entraClaims(personOf(ground.firm, item.objectIdOf)),
        ...(item.scimName === undefined
          ? {}
          : { scim: { userName: item.scimName, createdAt: new Date(ground.now.getTime() - 300 * DAY).toISOString() } }),
      };
      organisation.identities.push(identity);
      return;
    }
    case 'grant':
      plantGrant(ground, item);
      return;
    case 'role':
      plantRole(ground, item);
      return;
    case 'group-role':
      plantGroup(ground, item);
      return;
    case 'workload':
      plantedWorkload(ground, item);
      return;
    case 'trust':
      plantTrust(ground, item);
      return;
    case 'fine-grained':
      organisationOf(ground, item.organisation).tokens.add({
        id: item.id,
        tokenId: item.id + 1_000_000,
        name: nameOf(ground, item.name),
        ownerId: personOf(ground.firm, item.person).github?.id ?? 0,
      });
      return;
    case 'waiting':
      plantWaiting(ground, item);
      return;
    case 'sso-credential':
      plantSignOnCredential(ground, item);
      return;
    case 'deploy-key': {
      const { github: account } = personOf(ground.firm, item.person);
      repositoryOf(ground, item.organisation, item.repository, item.archived).deployKeys.add({
        id: item.id,
        key: `ssh-ed25519 ${Buffer.from(`${ground.firm.seed} ${item.key}`).toString('base64')}`,
        title: 'deploy',
        readOnly: item.readOnly,
        addedBy: item.nameless === true ? null : (account?.login ?? null),
      });
      return;
    }
    case 'repository-invitation':
      repositoryOf(ground, item.organisation, item.repository).invitations.add({
        id: item.id,
        inviteeId: personOf(ground.firm, item.person).github?.id ?? 0,
        permissions: 'write',
      });
      return;
    case 'runner': {
      const runner = { id: item.id, name: item.name, os: 'linux', status: 'online', busy: false } as const;
      const organisation = organisationOf(ground, item.organisation);
      if (item.repository === undefined) {
        organisation.runners.add({ ...runner, labels: item.labels });
        return;
      }
      const repository = repositoryOf(ground, item.organisation, item.repository);
      repository.runners.add({ ...runner, labels: item.labels });
      organisation.runnerRepositories.add(repository.id);
      return;
    }
    case 'agent':
      plantAgent(ground, item);
      return;
    case 'variable':
      plantVariable(ground, item);
      return;
    case 'workflow':
      plantWorkflow(ground, item);
      return;
    case 'devops-token': {
      const from = new Date(ground.now.getTime() - 200 * DAY).toISOString();
      const to = new Date(ground.now.getTime() + (item.expired === true ? -1 : 100) * DAY).toISOString();
      devopsIn(ground.states, item.devops).tokens.add({
        authorizationId: authorizationIdOf(item.id),
        descriptor: descriptorOf(personOf(ground.firm, item.person)),
        displayName: nameOf(ground, item.name),
        scope: item.scope,
        validFrom: from,
        validTo: to,
        isPublic: item.ssh === true,
      });
      return;
    }
    case 'pipeline':
    case 'variable-group':
      plantPipeline(ground, item);
      return;
    // The log is planted at the end, in the order of time; refusals begin with the case.
    case 'calls':
    case 'refusal':
      return;
    case 'platform-right':
      plantRight(ground.states.arm, item, personOf(ground.firm, item.person));
      return;
    case 'platform-token':
      plantText(ground.states.arm, item, textOf(ground, item.holds));
      return;
    default:
      item satisfies never;
  }
}

/** How Azure DevOps names the authorisation behind a token. */
function authorizationIdOf(id: number): string {
  return `0a1b2c3d-0000-4000-8000-${String(id).padStart(12, '0')}`;
}

function organisationOf({ states }: Ground, login: string) {
  const found = states.github.organisations.get(login);
  if (found === undefined) throw new Error(`there is no organisation ${login}`);
  return found;
}

function repositoryOf({ states, firm }: Ground, owner: string, name: string, archived = false): Repository {
  const { repositories } = states.github;
  const id = 700_000 + repositories.size + (firm.seed % 1_000) * 100;
  return repositories.get(`${owner}/${name}`) ?? repositories.add(makeRepository(owner, name, id, { archived }));
}

/** Entra forgets what a person was granted when the deletion becomes final. */
function isForgotten({ firm }: Ground, person: string): boolean {
  return person === firm.leaver && firm.leaving.state === 'gone';
}

function plantGrant(ground: Ground, item: Grant): void {
  if (isForgotten(ground, item.person)) return;
  const { states, firm } = ground;
  states.entra.grants.add(
    grantRow({
      clientId: WORLD.clients[item.client].servicePrincipalId,
      resourceId: item.on === 'gateway' ? WORLD.gateway.servicePrincipalId : ENTRA.graph.servicePrincipalId,
      consentType: 'Principal',
      principalId: personOf(firm, item.person).oid,
      scope: item.scope,
    }),
  );
}

function plantRole(ground: Ground, item: Role): void {
  if (isForgotten(ground, item.person)) return;
  const { oid, displayName } = personOf(ground.firm, item.person);
  assign(ground, { id: oid, displayName }, 'User', ENTRA.roles[item.role]);
}

/** Whoever is deleted for good owns nothing any more. */
function plantedWorkload(ground: Ground, { key, name, owners, addedBy, reaches }: Workload): void {
  const { firm, states } = ground;
  const living = owners.filter((owner) => !isForgotten(ground, owner)).map((owner) => personOf(firm, owner).oid);
  const by = addedBy === 'nobody' ? addedBy : personOf(firm, addedBy).oid;
  plantWorkload(states.entra, {
    name,
    owners: living,
    secrets: [{ by }],
    ...(reaches ? { role: 'own' } : {}),
    ids: (what) => seededGuid(`${firm.seed} ${key} ${what}`),
  });
}

function plantGroup(ground: Ground, item: GroupRole): void {
  const id = seededGuid(`group ${ground.firm.seed} ${item.key}`);
  const memberIds = new Set(item.members.map((key) => personOf(ground.firm, key).oid));
  ground.states.entra.groups.add({ id, displayName: item.name, memberIds });
  assign(ground, { id, displayName: item.name }, 'Group', ENTRA.roles.user);
}

function assign(
  { states, now }: Ground,
  principal: { readonly id: string; readonly displayName: string },
  principalType: 'User' | 'Group',
  appRoleId: string,
): void {
  states.entra.assignments.add(
    assignmentRow({
      appRoleId,
      createdDateTime: new Date(now.getTime() - 200 * DAY).toISOString(),
      principalId: principal.id,
      principalType,
      principalDisplayName: principal.displayName,
      resourceId: WORLD.gateway.servicePrincipalId,
      resourceDisplayName: 'MCP gateway',
    }),
  );
}

function plantTrust(ground: Ground, item: Trust): void {
  const { states, firm } = ground;
  const { at } = item;
  if (at.type === 'identity') {
    identityOf(ground, at).credentials.add({
      name: item.name,
      issuer: item.issuer,
      ...(item.subject === undefined ? {} : { subject: item.subject }),
      ...(item.expression === undefined ? {} : { expression: item.expression }),
      audiences: ['api://AzureADTokenExchange'],
    });
    return;
  }
  const id = seededGuid(`application ${firm.seed} ${at.name}`);
  if (states.entra.applications.get(id) === undefined) {
    states.entra.applications.add({
      id,
      appId: seededGuid(`app ${firm.seed} ${at.name}`),
      displayName: at.name,
      tags: at.tags ?? [],
      scopes: [],
      preAuthorized: [],
    });
    states.entra.servicePrincipals.add({
      id: seededGuid(`service principal ${firm.seed} ${at.name}`),
      appId: seededGuid(`app ${firm.seed} ${at.name}`),
      displayName: at.name,
      appRoleAssignmentRequired: false,
      appRoles: [],
    });
  }
  states.entra.federatedCredentials.add({
    id: seededGuid(`${id}/${item.name}`),
    applicationId: id,
    name: item.name,
    issuer: item.issuer,
    audiences: ['api://AzureADTokenExchange'],
    description: null,
    subject: item.subject ?? null,
    claimsMatchingExpression: item.expression === undefined ? null : { value: item.expression, languageVersion: 1 },
  });
}

/** The object id under which a planted identity calls. */
function principalIdOf(firm: Pick<Firm, 'seed'>, name: string): string {
  return seededGuid(`principal ${firm.seed} ${name}`);
}

function identityOf({ states, firm }: Ground, at: Extract<Trust['at'], { readonly type: 'identity' }>) {
  const subscriptionId = WORLD.subscriptions[at.subscription];
  const resourceGroup = 'rg-pipelines';
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${at.name}`;
  return (
    states.arm.identities.get(id) ??
    states.arm.identities.add({
      id,
      subscriptionId,
      resourceGroup,
      name: at.name,
      location: 'westeurope',
      tags: { ...at.tags },
      principalId: principalIdOf(firm, at.name),
      clientId: seededGuid(`client ${firm.seed} ${at.name}`),
      credentials: armCredentials(),
      locked: false,
      writing: false,
    })
  );
}

function plantSignOnCredential(ground: Ground, item: SignOnCredential): void {
  const account = personOf(ground.firm, item.person).github;
  if (account === undefined) return;
  const token = ground.mint.mint(item.type === 'personal access token' ? 'github-classic' : 'github-oauth');
  ground.listed.set(item.key, token);
  const shown =
    item.type === 'SSH key'
      ? { fingerprint: `SHA256:${'k'.repeat(36)}${item.id}` }
      : { tokenLastEight: token.slice(-8), scopes: ['repo'] };
  const { id, type } = item;
  const row = { id, login: account.login, ownerId: account.id, type, ...shown, note: nameOf(ground, item.note) };
  organisationOf(ground, item.organisation).credentials.add(row);
}

/** A name that somebody chose, in which `{token}` stands for one that they pasted there. */
function nameOf({ mint }: Ground, name: string): string {
  return name.replace('{token}', () => mint.mint('github-classic'));
}

const CLAIMS = 'http://schemas.microsoft.com/identity/claims';

/** What Entra sends with every assertion. */
function entraClaims({ oid }: Person): { readonly name: string; readonly value: string }[] {
  return [
    { name: `${CLAIMS}/tenantid`, value: WORLD.tenantId },
    { name: `${CLAIMS}/objectidentifier`, value: oid },
  ];
}

/** The text in which a token stands, and the token for whoever looks for it. */
function textOf(ground: Ground, held: Held): string {
  const token = tokenOf(ground, held);
  switch (held.wrapped) {
    case 'plain':
      return token;
    case 'base64':
      return Buffer.from(`x-access-token:${token}`).toString('base64');
    case 'header':
      return `Authorization: Bearer ${token}`;
    case 'json':
      return JSON.stringify({ registry: 'registry.example', auth: token });
    case 'assignment':
      return `export TOKEN=${token}`;
    default:
      return held.wrapped satisfies never;
  }
}

function tokenOf(ground: Ground, { format, owner, listedAs }: Held): string {
  const known = listedAs === undefined ? undefined : ground.listed.get(listedAs);
  if (known !== undefined) return known;
  if (format !== 'jwt') return ground.mint.mint(format);
  const person = typeof owner === 'object' ? personOf(ground.firm, owner.person) : undefined;
  return ground.mint.jwt({
    aud: 'https://management.azure.com',
    tid: WORLD.tenantId,
    ...(person === undefined
      ? { oid: seededGuid(`service ${ground.firm.seed}`), idtyp: 'app' }
      : { oid: person.oid, upn: person.userPrincipalName, idtyp: 'user' }),
    exp: Math.floor(ground.now.getTime() / 1000) + 40_000,
  });
}

function plantAgent(ground: Ground, item: Agent): void {
  const ago = (days: number): string => new Date(ground.now.getTime() - days * DAY).toISOString();
  const held = (item.holds ?? []).map((each) => [each.name, textOf(ground, each)] as const);
  const devops = devopsIn(ground.states, item.devops);
  const [environment] = isMachine(item) ? devops.environments.all() : [];
  if (environment !== undefined) {
    devops.machines.add({ id: item.id, environmentId: environment.id, name: item.name, agentId: item.id });
  }
  devops.agents.add({
    id: item.id,
    poolId: environment?.poolId ?? POOL,
    name: item.name,
    version: '4.258.1',
    osDescription: 'Linux 6.8.0-45-generic',
    enabled: true,
    status: 'online',
    createdOn: ago(180),
    statusChangedOn: ago(2),
    systemCapabilities: { 'Agent.Name': item.name, ...item.capabilities, ...Object.fromEntries(held) },
  });
}

function plantVariable(ground: Ground, item: GitHubVariable): void {
  const value = 'text' in item.value ? item.value.text : textOf(ground, item.value);
  const { organisation, repository: name, environment } = item;
  if (name === undefined) {
    organisationOf(ground, organisation).variables.add({ name: item.name, value });
    return;
  }
  const repository = repositoryOf(ground, organisation, name, item.archived);
  if (environment === undefined) {
    repository.variables.add({ name: item.name, value });
    return;
  }
  const place =
    repository.environments.get(environment) ??
    repository.environments.add(makeEnvironment(environment, repository.id + repository.environments.size + 1));
  place.variables.add({ name: item.name, value });
}

function plantWorkflow(ground: Ground, item: Workflow): void {
  const repository = repositoryOf(ground, item.organisation, item.repository, item.archived);
  const path = `.github/workflows/${item.file}`;
  const text = workflowText(ground, item);
  repository.files.set(path, text);
  const { runsNextAs, ranAs, cron } = item;
  const author = runsNextAs ?? ranAs[0];
  if (author !== undefined) {
    const { github: account, userPrincipalName: email } = personOf(ground.firm, author);
    const at = new Date(ground.now.getTime() - (runsNextAs === undefined ? 300 * DAY : DAY / 2));
    const lines = { from: 1, to: text.split('\n').length, at, email };
    repository.blame.set(path, [account === undefined ? lines : { ...lines, authorId: account.id }]);
  }
  // What ran before the cron line was changed.
  const headSha = createHash('sha1').update(`${repository.id} ${path}`).digest('hex');
  const changed = runsNextAs !== undefined && cron !== undefined;
  if (changed) repository.history.set(headSha, new Map([[path, text.replace(cron, '30 3 * * 1')]]));
  const id = repository.id * 10 + repository.workflows.size + 1;
  repository.workflows.add({ id, path, name: item.file, state: item.state });
  for (const [index, key] of item.ranAs.entries()) {
    repository.runs.push({
      id: repository.id * 1_000 + repository.runs.length + 1,
      workflowId: id,
      actorId: personOf(ground.firm, key).github?.id ?? 0,
      event: 'schedule',
      ...(changed ? { headSha } : {}),
      createdAt: new Date(ground.now.getTime() - (index + 1) * DAY),
    });
  }
}

function workflowText(ground: Ground, { cron, runsOn, uses, holds }: Workflow): string {
  return [
    'on:',
    ...(cron === undefined ? ['  push:'] : ['  schedule:', `    - cron: '${cron}'`]),
    ...(holds === undefined ? [] : ['env:', `  ${holds.name}: ${JSON.stringify(textOf(ground, holds))}`]),
    'jobs:',
    '  run:',
    `    runs-on: ${runsOn}`,
    '    steps:',
    '      - uses: actions/checkout@v6',
    ...(uses === undefined ? [] : [`      - uses: ${uses.text}`]),
    '      - run: npm test',
    '',
  ].join('\n');
}

function plantPipeline(ground: Ground, item: Pipelines): void {
  const devops = devopsIn(ground.states, item.devops);
  const at = new Date(ground.now.getTime() - 100 * DAY).toISOString();
  const variables = Object.fromEntries(
    item.variables.map((each) => [each.name, { value: 'text' in each ? each.text : textOf(ground, each) }]),
  );
  const who = (key: string) => refOf(personOf(ground.firm, key), item.devops);
  const common = { id: item.id, projectId: PROJECT, name: nameOf(ground, item.name), variables };
  if (item.kind === 'pipeline' && isClassic(item)) {
    const author = who(item.author);
    devops.releases.add({ ...common, createdBy: author, modifiedBy: author, stages: [] });
    return;
  }
  if (item.kind === 'pipeline') {
    devops.definitions.add({ ...common, path: '\\', authoredBy: who(item.author), createdDate: at });
    return;
  }
  const authors = { createdBy: who(item.createdBy), modifiedBy: who(item.modifiedBy) };
  devops.variableGroups.add({ ...common, type: 'Vsts', ...authors, createdOn: at, modifiedOn: at });
}

/** Milliseconds that the firm's clocks are ahead at an instant. */
function aheadAt(time: number): number {
  const parts = new Intl.DateTimeFormat('sv', { timeZone: WORLD.timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${parts.format(time).replace(' ', 'T')}Z`) - Math.floor(time / 1_000) * 1_000;
}

/** Ninety days of quiet work, the same hours every day by the firm's clocks, and the calls that the firm tells of. */
function plantLog({ states: { logs }, firm, now }: Ground): void {
  const midnight = Math.floor(now.getTime() / DAY) * DAY;
  const call = (oid: string, upn: string, time: number) => ({
    at: new Date(time),
    oid,
    upn,
    server: 'github',
    tool: 'get_file_contents',
    resource: 'northwind-capital/handbook/README',
    latencyMs: 30,
  });
  const { oid, mail: userPrincipalName } = WORLD.manager;
  const loud = Array.from({ length: 91 }, (_, day) => day).filter(
    (day) => firm.habits.silentDays?.includes(day) !== true,
  );
  const usual = loud.flatMap((day) =>
    [9, 12, 15, 18].map((hour) => {
      const time = midnight - day * DAY + hour * 3_600_000 + 60_000;
      return call(oid, userPrincipalName, time - aheadAt(time));
    }),
  );
  const told = itemsOf(firm, 'calls').flatMap((item) => callsOf(firm, item, midnight, call));
  logs.rows.push(
    ...[...usual, ...told]
      .filter(({ at }) => at < now)
      .sort((one, other) => one.at.getTime() - other.at.getTime())
      .map(auditRow),
  );
}

function callsOf<T>(
  firm: Firm,
  { by, daysAgo, hour }: Calls,
  midnight: number,
  call: (oid: string, upn: string, time: number) => T,
): T[] {
  const caller = by !== 'nobody' && 'person' in by ? personOf(firm, by.person) : undefined;
  const identity = by !== 'nobody' && 'identity' in by ? principalIdOf(firm, by.identity) : '';
  const oid = caller?.oid ?? identity;
  return daysAgo.map((days) => {
    const time = midnight - days * DAY + hour * 3_600_000;
    return call(oid, caller?.userPrincipalName ?? '', time - aheadAt(time));
  });
}

/** A pipeline of the firm's that stands first, and goes after the first page: what stands behind it moves up. */
function plantMoving(ground: Ground): void {
  const { definitions } = ground.states.devops;
  const [first] = ground.firm.people;
  if (first === undefined) return;
  const others = definitions.all();
  const going = { id: MOVING, projectId: PROJECT, name: 'going', variables: {}, path: '\\' };
  definitions.clear();
  for (const each of [{ ...going, authoredBy: refOf(first), createdDate: ground.now.toISOString() }, ...others])
    definitions.add(each);
}

function applyHabits({ states: { entra, arm, devops, github }, firm: { habits } }: Ground): void {
  entra.switches.pageSize = habits.entraPage;
  entra.switches.largestPage = habits.entraPage;
  entra.switches.hideGrantsOfSoftDeleted = habits.hideGrantsOfSoftDeleted;
  arm.pageSize = habits.armPage;
  for (const { behaviour } of [devops, ...devops.others.all()]) {
    behaviour.betweenPages = () => {};
    behaviour.pageSize = habits.devopsPage;
    behaviour.revocationDelayMs = habits.revocationDelayMs;
  }
  github.revocationDelayMs = habits.revocationDelayMs;
}

function plantWaiting(ground: Ground, { organisation, person, id, as }: Waiting): void {
  const { github: account, mail, userPrincipalName } = personOf(ground.firm, person);
  const place = organisationOf(ground, organisation);
  if (as === 'token-request') {
    place.tokenRequests.add({ id, tokenId: id + 1_000_000, name: 'exports', ownerId: account?.id ?? 0 });
    return;
  }
  place.invitations?.add({ id, login: null, email: mail ?? userPrincipalName, inviterId: 1 });
}
