import type { CaseStudy } from '../../local/tenant/case-study.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { ReportFinding } from '../../src/cases/finding.ts';
import { roundsOf } from '../../src/cases/remedies/plan.ts';
import { deleteFederatedCredential } from '../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import { remedyDefinition } from '../../src/steps/registry.ts';
import { githubReads } from './least-github-calls.ts';
import { listed, type Need, pages, sum } from './need.ts';

/** Who holds the platform, and what stands in it. */
function platformReads({ subscriptions, gatewayObjects }: CaseStudy['states']['arm']): Need[] {
  const of = (type: RegExp): number => gatewayObjects.where(({ id }) => type.test(id)).length;
  const [apis, operations] = [of(/\/apis\/[^/]+$/), of(/\/operations\/[^/]+$/)];
  const [fragments, products] = [of(/\/policyFragments\/[^/]+$/), of(/\/products\/[^/]+$/)];
  const [providers, connections] = [of(/\/authorizationProviders\/[^/]+$/), of(/\/authorizations\/[^/]+$/)];
  return [
    { vendor: 'arm', calls: 6 * subscriptions.size, why: 'roles held and eligible: below, above, and of the leaver' },
    { vendor: 'arm', calls: 3 * subscriptions.size, why: 'what roles give, vaults and container groups' },
    { vendor: 'arm', calls: 4, why: 'the gateway’s users, subscriptions, named values and backends' },
    {
      vendor: 'arm',
      calls: 4 + fragments + products + 2 * apis + operations,
      why: 'lists of fragments, products, APIs and operations, and every place where a policy may be',
    },
    { vendor: 'arm', calls: 1 + providers + connections, why: 'what the credential manager keeps, and for whom' },
    { vendor: 'graph', calls: 2, why: 'which of those with access are groups, and in which of them the leaver is' },
  ];
}

/**
 * The fewest calls with which a case can read everything that it has to and carry out what was found, by what the
 * vendors document: no list that could replace many, full pages, one token per identity, nothing read twice but what may have moved meanwhile. Taken
 * before the case, because it changes the tenant.
 */
export function leastReads({ states }: CaseStudy): Need[] {
  const { arm, devops, entra } = states;
  const lists = WORLD.apim.namedValues.length;
  const registrations = Math.max(pages(entra.applications.size, 999), 1);
  const identityPages = [...arm.subscriptions].map((id) =>
    listed(arm.identities.where(({ subscriptionId }) => subscriptionId === id).length, arm.pageSize),
  );
  // The service names no next page: the list has ended where asking on from its last row brings nothing new.
  const groups = devops.projects
    .all()
    .map(({ id }) => (devops.variableGroups.where((one) => one.projectId === id).length > 0 ? 2 : 1));
  const definitions = devops.projects
    .all()
    .map(({ id }) =>
      pages(devops.definitions.where(({ projectId }) => projectId === id).length, devops.behaviour.pageSize),
    );
  return [
    { vendor: 'login', calls: 1, why: 'keys by which the event’s token is checked' },
    { vendor: 'graph', calls: 2, why: 'the person: not among the users, then among the deleted' },
    { vendor: 'graph', calls: 1, why: 'whether somebody else has the person’s UPN by now' },
    { vendor: 'graph', calls: 1, why: 'accounts for administration by their names; the person has no employee number' },
    { vendor: 'graph', calls: 2, why: 'the gateway’s service principal and its registration' },
    { vendor: 'graph', calls: 3, why: 'grants to and behind the gateway, and its role assignments' },
    {
      vendor: 'graph',
      calls: 2,
      why: 'the second question about both: from the person’s side, and as an advanced query',
    },
    { vendor: 'graph', calls: 2, why: 'names of the clients, and of the pre-authorised ones' },
    { vendor: 'graph', calls: registrations, why: 'app registrations with their federated credentials, by pages' },
    { vendor: 'graph', calls: 1, why: 'service principals of the registrations that trust the leaver' },
    { vendor: 'logs', calls: 1, why: 'whether anything else calls as the identities whose trust is cut' },
    { vendor: 'arm', calls: lists + 2, why: 'the deny list: every named value read, one written and read back' },
    { vendor: 'arm', calls: lists, why: 'the deny list read back' },
    { vendor: 'arm', calls: 1, why: 'subscriptions that no setting names' },
    {
      vendor: 'arm',
      calls: sum(identityPages),
      why: 'managed identities by subscription and page, read until they agree',
    },
    { vendor: 'arm', calls: arm.subscriptions.size, why: 'whether those lists are all there is, by subscription' },
    { vendor: 'arm', calls: arm.identities.size, why: 'federated credentials, one list per identity' },
    { vendor: 'arm', calls: 1, why: 'retention of the audit’s table' },
    ...platformReads(arm),
    { vendor: 'logs', calls: 2, why: 'the audit, and the days that have rows' },
    { vendor: 'vault', calls: 4, why: 'the App’s JWT for each identity: the challenge and the signature' },
    ...githubReads(states.github),
    {
      vendor: 'github',
      calls: 1 + trustedNames(states).size,
      why: 'whom the names stand for that credentials and workflows trust, and the firm’s own',
    },
    { vendor: 'devops', calls: 1, why: 'the person among the users' },
    { vendor: 'devops', calls: 2, why: 'their tokens and SSH keys' },
    {
      vendor: 'devops',
      calls: 2 + 2 * Math.ceil(devops.projects.size / 40),
      why: 'whether the lists of pools, projects, pipelines and variable groups are all there is',
    },
    {
      vendor: 'devops',
      calls: 2 + devops.pools.where(({ isHosted }) => !isHosted).length,
      why: 'pools of both kinds, agents per pool',
    },
    {
      vendor: 'devops',
      calls: 1 + sum(definitions) + sum(groups),
      why: 'projects; pipelines and groups of each',
    },
    { vendor: 'graph', calls: 4, why: 'asked again: the gateway, grants to and behind it, its role assignments' },
    { vendor: 'graph', calls: registrations, why: 'asked again: app registrations, by pages' },
    {
      vendor: 'github',
      calls: 4 + Math.ceil(states.github.repositories.size / 100),
      why: 'asked again: runners, fine-grained tokens, single sign-on credentials, variables; which repositories changed',
    },
    {
      vendor: 'devops',
      calls: 3 + sum(definitions) + sum(groups),
      why: 'asked again: tokens and SSH keys; projects, pipelines and groups of each',
    },
    {
      vendor: 'devops',
      calls: 2 + 2 * Math.ceil(devops.projects.size / 40),
      why: 'asked again: whether those lists are all there is',
    },
    { vendor: 'logs', calls: 1, why: 'on which days the log proves that nothing else calls as those identities' },
    { vendor: 'teams', calls: 1, why: 'the message' },
    { vendor: 'webhook', calls: 1, why: 'the message' },
    { vendor: 'ingestion', calls: 1, why: 'the row of the table of cases' },
  ];
}

/** Logins that stand in subjects without an id beside them, the firm's own apart. */
function trustedNames({ arm, entra }: Pick<CaseStudy['states'], 'arm' | 'entra'>): Set<string> {
  const texts = [
    ...arm.identities.all().flatMap(({ credentials }) => credentials.all()),
    ...entra.federatedCredentials
      .all()
      .map(({ subject, claimsMatchingExpression }) => ({ subject, expression: claimsMatchingExpression?.value })),
  ].map(({ subject, expression }) => subject ?? expression ?? '');
  const owners = texts.flatMap((text) =>
    [...text.matchAll(/(?:repo:|actor:|job_workflow_ref'\] matches ')([a-z\d-]+)(?=[/:]|$)/gi)].map(([, owner = '']) =>
      owner.toLowerCase(),
    ),
  );
  return new Set(owners.filter((owner) => owner !== WORLD.github.organisation));
}

/** Repositories, environments and workflows of GitHub in which something of the leaver's was found. */
function placesOf(findings: readonly ReportFinding[]) {
  const ids = findings.flatMap(({ resource: { system, id } }) => (system === 'github' ? [id] : []));
  const matching = (pattern: RegExp): Set<string> => new Set(ids.flatMap((id) => pattern.exec(id)?.[0] ?? []));
  return {
    repositories: matching(/^[\w.-]+\/[\w.-]+(?=[#/])/),
    environments: matching(/^[\w.-]+\/[\w.-]+\/environments\/[^#/]+/),
    workflows: matching(/^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[^#]+/),
  };
}

/**
 * Each remedy is read, carried out and read back. What only stands in a list is read with its neighbours: one list
 * before and one after, for all of a kind; and GitHub’s lists go by login, which has to be there still.
 */
export function leastForRemedies(findings: readonly ReportFinding[]): Need[] {
  const carriedOut = findings.flatMap(({ remedy, readBack }) =>
    remedy === undefined || readBack === undefined ? [] : [remedy],
  );
  const rounds = roundsOf(carriedOut.map((remedy) => ({ ...remedy, remedyId: remedy.id }))).length;
  const trusting = new Set(
    findings.flatMap(({ remedy }) => {
      const call = deleteFederatedCredential.call.safeParse(remedy?.call);
      return call.success && call.data.parent.type === 'managed-identity' ? [call.data.parent.resourceId] : [];
    }),
  ).size;
  const places = placesOf(findings);
  const around: Need[] = [
    {
      vendor: 'graph',
      calls: 2 * (Math.max(rounds, 1) + 1),
      why: 'the person, read again before each round and before the report is filed',
    },
    {
      vendor: 'github',
      calls: 2 * places.repositories.size + places.environments.size,
      why: 'asked again: variables and runners of each repository with something of the leaver’s, and its environments',
    },
    {
      vendor: 'github',
      calls: 2 * places.workflows.size,
      why: 'asked again: who ran each of its schedules last, and its state',
    },
    { vendor: 'arm', calls: trusting, why: 'asked again: credentials of the identities that had trusted the leaver' },
  ];
  const calls = carriedOut.map(({ call }) => call);
  const remedies = [...Map.groupBy(calls, ({ kind }) => kind)].flatMap(([kind, all]) =>
    remedyDefinition({ kind })
      .leastCalls(all)
      .map((least) => ({ ...least, why: `${kind}, ${all.length} times` })),
  );
  return [...around, ...remedies];
}
