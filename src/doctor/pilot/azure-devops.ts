import * as z from 'zod';
import type { VendorResult } from '../../connectors/result.ts';
import { parseGuid } from '../../people/oid.ts';
import type { Places } from './places.ts';
import { defineProbe, so, type Told } from './probe.ts';
import { ESTABLISHED, FEW, fieldsAmong, rowsOf, rowsWith, SAMPLE } from './rows.ts';

type Place = Places['azure-devops'];

const DAY_MS = 86_400_000;
const Pool = z.object({ id: z.number(), poolType: z.string().nullish() });
const User = z.object({
  descriptor: z.string(),
  origin: z.string().nullish(),
  domain: z.string().nullish(),
  originId: z.string().nullish(),
});
const Environment = z.object({ id: z.number() });
const Machine = z.object({ agent: z.unknown().optional() });

/** A question that either is answered or is denied: whether a service principal may ask it at all. */
function mayAsk(read: VendorResult<unknown>): Told<'answered' | 'denied'> {
  if (read.ok) return { answer: 'answered', counts: { rows: rowsOf(read.value).length } };
  return read.failure.kind === 'denied' ? { answer: 'denied' } : { failure: read.failure };
}

async function someUsers({ devops, organisation }: Place, which: 'users' | 'users of every kind') {
  const read = await devops.look(organisation, which);
  return read.ok ? { ok: true as const, value: rowsWith(read.value, User) } : read;
}

/** What an organisation of Azure DevOps shows a service principal. */
export const DEVOPS_PROBES = [
  defineProbe({
    id: 'devops-pools-of-no-kind',
    vendor: 'azure-devops',
    question: 'Which pools are listed where no kind is asked for?',
    asked: 'Pools without a kind, by the kind that each says.',
    permissions: ['reader/azure-devops/vso.agentpools'],
    answers: {
      'automation-alone': so('Agent pools alone.', 'Asks for each kind by itself.'),
      'every-kind': so('Deployment pools too.', 'Asks for each kind by itself; a pool that comes twice is one.'),
      'kind-not-told': so('Rows do not say their kind.', 'Asks for each kind by itself.'),
    },
    run: async ({ devops, organisation }) => {
      const read = await devops.look(organisation, 'pools of no kind');
      if (!read.ok) return { failure: read.failure };
      const pools = rowsWith(read.value, Pool);
      const of = (kind: string): number => pools.filter(({ poolType }) => poolType?.toLowerCase() === kind).length;
      const counts = { pools: pools.length, automation: of('automation'), deployment: of('deployment') };
      if (counts.deployment > 0) return { answer: 'every-kind', counts };
      return { answer: counts.automation > 0 || pools.length === 0 ? 'automation-alone' : 'kind-not-told', counts };
    },
  }),
  defineProbe({
    id: 'devops-pools-seen',
    vendor: 'azure-devops',
    question: 'Does the reader see every agent and deployment pool?',
    asked: 'The service’s own account of whether the reader may view all pools.',
    permissions: ['reader/azure-devops/vso.agentpools'],
    answers: {
      all: so('It does.', 'Takes the lists of pools as whole.'),
      'not-all': so('Some are hidden from it.', 'Says in the coverage that agents may be missing.'),
    },
    run: async ({ devops, organisation }) => {
      const hidden = await devops.hiddenInOrganisation(organisation, 'agent pools');
      if (hidden === undefined) return { answer: 'all' };
      return hidden.kind === 'denied' && hidden.status === 200 ? { answer: 'not-all' } : { failure: hidden };
    },
  }),
  defineProbe({
    id: 'devops-environment-machines',
    vendor: 'azure-devops',
    question: 'Do the machines of environments name their agents, and with what they publish?',
    asked: 'The machines of up to 10 environments of up to 10 projects, in the preview of 7.2.',
    permissions: ['reader/azure-devops/vso.project', 'reader/azure-devops/vso.build'],
    answers: {
      'with-capabilities': so('Agents come with capabilities.', 'Reads the agents of the environment’s pool besides.'),
      'by-reference': so('Agents come by reference.', 'Reads the agents of the environment’s pool.'),
      'without-agents': so('No agent is named.', 'Reads the agents of the environment’s pool; a machine has no tie.'),
      'no-machines': so(
        'None is listed: there is none, or the reader may not see it.',
        'Compare it with a project that is known to have some.',
      ),
    },
    run: async ({ devops, organisation }) => {
      const projects = await devops.listProjects(organisation);
      if (projects.failure !== undefined && projects.items.length === 0) return { failure: projects.failure };
      let environments = 0;
      const machines: z.output<typeof Machine>[] = [];
      for (const { id } of projects.items.slice(0, FEW)) {
        const listed = await devops.look(organisation, 'environments', id);
        if (!listed.ok) return { failure: listed.failure };
        for (const environment of rowsWith(listed.value, Environment).slice(0, FEW - environments)) {
          environments += 1;
          const read = await devops.look(organisation, 'machines', id, String(environment.id));
          if (!read.ok) return { failure: read.failure };
          machines.push(...rowsWith(read.value, Machine));
        }
      }
      const named = machines.filter(({ agent }) => agent !== undefined && agent !== null);
      const fields = fieldsAmong(named[0]?.agent, ['id', 'name', 'enabled', 'systemCapabilities', 'userCapabilities']);
      const counts = { projects: projects.items.length, environments, machines: machines.length, named: named.length };
      if (machines.length === 0) return { answer: 'no-machines', counts };
      if (named.length === 0) return { answer: 'without-agents', counts };
      return { answer: 'systemCapabilities' in fields ? 'with-capabilities' : 'by-reference', counts, fields };
    },
  }),
  defineProbe({
    id: 'devops-tokens-by-principal',
    vendor: 'azure-devops',
    question: 'May a service principal read the tokens of people?',
    asked: 'The tokens of the first user of the list; none of them is kept.',
    permissions: ['reader/azure-devops/vso.graph', 'reader/azure-devops/vso.tokenadministration'],
    answers: {
      answered: so('It may.', 'Lists and revokes personal access tokens.'),
      denied: so('It may not.', 'Says in the coverage that tokens were not read; they are revoked by hand.'),
      'no-users': so('The organisation lists nobody.', 'Nothing is known.'),
    },
    run: async (place): Promise<Told<'answered' | 'denied' | 'no-users'>> => {
      const users = await someUsers(place, 'users');
      if (!users.ok) return { failure: users.failure };
      const [first] = users.value;
      if (first === undefined) return { answer: 'no-users' };
      return mayAsk(await place.devops.look(place.organisation, 'tokens', first.descriptor));
    },
  }),
  defineProbe({
    id: 'devops-hooks-by-principal',
    vendor: 'azure-devops',
    question: 'May a service principal list service hooks?',
    asked: 'The service hooks of the organisation.',
    permissions: ['reader/azure-devops/vso.build'],
    answers: {
      answered: so('It may.', 'Lists the hooks that the leaver made.'),
      denied: so('It may not.', 'Says in the coverage that service hooks were not read.'),
    },
    run: async ({ devops, organisation }) => mayAsk(await devops.look(organisation, 'service hooks')),
  }),
  defineProbe({
    id: 'devops-audit-log',
    vendor: 'azure-devops',
    question: 'Is auditing on, and may the reader read it?',
    asked: 'One page of the last 30 days.',
    permissions: ['reader/azure-devops/vso.auditlog'],
    answers: {
      entries: so('It is.', 'Says who registered agents and made connections.'),
      empty: so('Nothing is in it: it is off, or nothing happened.', 'Takes an empty log as not known.'),
      denied: so('The reader may not read it.', 'Says in the coverage that the log was not read.'),
    },
    run: async ({ devops, organisation, now }) => {
      const from = new Date(now.getTime() - 30 * DAY_MS).toISOString();
      const read = await devops.look(organisation, 'audit log', from, now.toISOString());
      if (!read.ok) return read.failure.kind === 'denied' ? { answer: 'denied' } : { failure: read.failure };
      const [first] = rowsOf(read.value);
      const known = ['actionId', 'actorUserId', 'actorCUID', 'actorUPN', 'timestamp', 'data', 'details'];
      return first === undefined ? { answer: 'empty' } : { answer: 'entries', fields: fieldsAmong(first, known) };
    },
  }),
  defineProbe({
    id: 'devops-users-of-other-origin',
    vendor: 'azure-devops',
    question: 'Does the list of Entra users leave out personal accounts?',
    asked: 'The first page of users, with the filter for Entra and without it, by origin.',
    permissions: ['reader/azure-devops/vso.graph'],
    answers: {
      none: so('There are no other accounts on that page.', 'Takes the list as everybody.'),
      some: so('There are: the filter hides them.', 'Personal accounts are not examined: look at them by hand.'),
    },
    run: async (place) => {
      const users = await someUsers(place, 'users of every kind');
      if (!users.ok) return { failure: users.failure };
      const of = (origin: string): number => users.value.filter((user) => user.origin === origin).length;
      const counts = { users: users.value.length, aad: of('aad'), msa: of('msa'), ad: of('ad') };
      return { answer: counts.msa > 0 ? 'some' : 'none', counts };
    },
  }),
  defineProbe({
    id: 'devops-origin-ids',
    vendor: 'azure-devops',
    question: 'Is the origin id of a user their object id in this tenant?',
    asked: 'Up to 50 users, whether their domain is the tenant and their origin id somebody of the directory.',
    permissions: ['reader/azure-devops/vso.graph', 'reader/graph/User.Read.All'],
    answers: {
      'object-ids': so('It is.', 'An account is proved by origin, domain and origin id.'),
      'some-foreign': so('Some are of another tenant.', 'Those are nobody’s here; their names are weak evidence.'),
      'not-people': so('Fewer than 95 % are people of the directory.', 'Look into it before the first case.'),
      'no-users': so('The organisation lists nobody.', 'Nothing is known.'),
    },
    run: async (place) => {
      const users = await someUsers(place, 'users');
      if (!users.ok) return { failure: users.failure };
      const some = users.value.slice(0, SAMPLE);
      if (some.length === 0) return { answer: 'no-users' };
      const tenant = place.settings.TENANT_ID.toLowerCase();
      const ours = some.filter(({ domain }) => domain?.toLowerCase() === tenant);
      const ids = ours.flatMap(({ originId }) => (originId && parseGuid(originId)) || []);
      const [people, gone] = await Promise.all([place.graph.peopleAmong(ids), place.deleted()]);
      const failure = people.failure ?? gone.failure;
      if (failure !== undefined) return { failure };
      const known = new Set([...people.items, ...gone.items].map(({ oid }) => oid));
      const persons = ids.filter((id) => known.has(id)).length;
      const counts = { users: some.length, ofThisTenant: ours.length, people: persons };
      if (ours.length < some.length) return { answer: 'some-foreign', counts };
      return { answer: persons >= some.length * ESTABLISHED ? 'object-ids' : 'not-people', counts };
    },
  }),
];
