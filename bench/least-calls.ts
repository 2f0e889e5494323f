import type { CaseStudy } from '../local/tenant/case-study.ts';
import { WORLD } from '../local/tenant/seeds/world.ts';
import type { ReportFinding } from '../src/cases/finding.ts';
import { remedyDefinition } from '../src/steps/registry.ts';
import { githubReads } from './least-github-calls.ts';
import { type Need, pages, sum } from './need.ts';

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
    pages(arm.identities.where(({ subscriptionId }) => subscriptionId === id).length, arm.pageSize),
  );
  const definitions = devops.projects
    .all()
    .map(({ id }) =>
      pages(devops.definitions.where(({ projectId }) => projectId === id).length, devops.behaviour.pageSize),
    );
  return [
    { vendor: 'login', calls: 1, why: 'keys by which the event’s token is checked' },
    { vendor: 'graph', calls: 2, why: 'the person: not among the users, then among the deleted' },
    { vendor: 'graph', calls: 1, why: 'whether somebody else has the person’s UPN by now' },
    { vendor: 'graph', calls: 2, why: 'the gateway’s service principal and its registration' },
    { vendor: 'graph', calls: 3, why: 'grants to and behind the gateway, and its role assignments' },
    { vendor: 'graph', calls: 2, why: 'names of the clients, and of the pre-authorised ones' },
    { vendor: 'graph', calls: registrations, why: 'app registrations with their federated credentials, by pages' },
    { vendor: 'graph', calls: 1, why: 'service principals of the registrations that trust the leaver' },
    { vendor: 'arm', calls: lists + 1, why: 'the deny list: every named value read, one written' },
    { vendor: 'arm', calls: lists, why: 'the deny list read back' },
    { vendor: 'arm', calls: sum(identityPages), why: 'managed identities by subscription and page' },
    { vendor: 'arm', calls: arm.subscriptions.size, why: 'whether those lists are all there is, by subscription' },
    { vendor: 'arm', calls: arm.identities.size, why: 'federated credentials, one list per identity' },
    { vendor: 'arm', calls: 1, why: 'retention of the audit’s table' },
    { vendor: 'logs', calls: 2, why: 'the audit, and the days that have rows' },
    { vendor: 'vault', calls: 4, why: 'the App’s JWT for each identity: the challenge and the signature' },
    ...githubReads(states.github),
    { vendor: 'devops', calls: 1, why: 'the person among the users' },
    { vendor: 'devops', calls: 2, why: 'their tokens and SSH keys' },
    {
      vendor: 'devops',
      calls: 2 + 2 * Math.ceil(devops.projects.size / 40),
      why: 'whether the lists of pools, projects, pipelines and variable groups are all there is',
    },
    {
      vendor: 'devops',
      calls: 1 + devops.pools.where(({ isHosted }) => !isHosted).length,
      why: 'pools, agents per pool',
    },
    {
      vendor: 'devops',
      calls: 1 + sum(definitions) + devops.projects.size,
      why: 'projects; pipelines and groups of each',
    },
    { vendor: 'teams', calls: 1, why: 'the message' },
  ];
}

/**
 * Each remedy is read, carried out and read back. What only stands in a list is read with its neighbours: one list
 * before and one after, for all of a kind; and GitHub’s lists go by login, which has to be there still.
 */
export function leastForRemedies(findings: readonly ReportFinding[]): Need[] {
  const carriedOut = findings.flatMap(({ remedy, readBack }) =>
    remedy === undefined || readBack === undefined ? [] : [remedy.call],
  );
  return [...Map.groupBy(carriedOut, ({ kind }) => kind)].flatMap(([kind, calls]) =>
    remedyDefinition({ kind })
      .leastCalls(calls)
      .map((least) => ({ ...least, why: `${kind}, ${calls.length} times` })),
  );
}
