import * as z from 'zod';
import type { Places } from '../places.ts';
import { defineProbe, so } from '../probe.ts';
import { FEW, fieldsAmong, rowsOf, rowsWith, SAMPLE } from '../rows.ts';

const MEMBERS = 'reader/github/members=read';
const ORGANISATION = 'reader/github/organization_administration=read';
const RUNNERS = 'reader/github/organization_self_hosted_runners=read';
const METADATA = 'reader/github/metadata=read';

const Run = z.object({ path: z.string() });
const SHORT = /^\.github\/workflows\/[^@]+$/;
const WITH_REF = /^\.github\/workflows\/.+@.+$/;
const LONG = /^[^/]+\/[^/]+\/\.github\/workflows\/.+$/;

/** The newest repositories that are not archived. */
async function someRepositories({ github }: Places['github']) {
  const { items, failure } = await github.listOrganisationRepositories();
  if (failure !== undefined && items.length === 0) return { failure };
  const live = items.filter(({ archived }) => !archived);
  const newest = live.toSorted((one, other) => other.changedAt.localeCompare(one.changedAt));
  return { repositories: newest.slice(0, FEW) };
}

/** What else an organisation shows an App. */
export const GITHUB_PROBES = [
  defineProbe({
    id: 'github-verified-mails',
    vendor: 'github',
    question: 'Does GitHub show an App the verified addresses of members?',
    asked: 'organizationVerifiedDomainEmails of every member.',
    permissions: [MEMBERS],
    answers: {
      shown: so('It does.', 'An address that is nobody else’s is strong evidence.'),
      none: so('It does; nobody has one: no domain is verified.', 'Addresses tell nothing.'),
      refused: so('It answers FORBIDDEN.', 'Says that verified addresses were not read; rests on the rest.'),
    },
    run: async ({ github }) => {
      const { items, failure } = await github.listVerifiedMails();
      if (failure?.kind === 'denied') return { answer: 'refused' };
      if (failure !== undefined) return { failure };
      const withMails = items.filter(({ mails }) => mails.length > 0).length;
      return { answer: withMails > 0 ? 'shown' : 'none', counts: { members: items.length, withMails } };
    },
  }),
  defineProbe({
    id: 'github-audit-name-id',
    vendor: 'github',
    question: 'Do sign-in events of the audit log carry external_identity_nameid?',
    asked: 'Up to 50 events org.sso_response; names of known fields are noted.',
    permissions: [ORGANISATION],
    answers: {
      present: so('They do.', 'Such events could name whose account it is; not used yet.'),
      absent: so('They do not.', 'The log tells nothing of identities.'),
      'no-events': so('There is no such event.', 'Nothing is known.'),
      'no-log': so('The organisation’s plan has no audit log.', 'Says in the coverage that the log was not read.'),
    },
    run: async ({ github }) => {
      const read = await github.look({
        path: '/orgs/{org}/audit-log',
        parameters: { phrase: 'action:org.sso_response', include: 'all', per_page: SAMPLE },
        permission: 'organization_administration=read',
      });
      if (!read.ok) return read.failure.kind === 'not-found' ? { answer: 'no-log' } : { failure: read.failure };
      const events = rowsOf(read.value);
      const known = ['actor_id', 'external_identity_nameid', 'external_identity_username', 'user_id'];
      const each = events.map((event) => fieldsAmong(event, known));
      const having = each.filter((fields) => 'external_identity_nameid' in fields);
      const counts = { events: events.length, withNameId: having.length };
      if (events.length === 0) return { answer: 'no-events' };
      const fields = having[0] ?? each[0] ?? {};
      return { answer: having.length > 0 ? 'present' : 'absent', counts, fields };
    },
  }),
  defineProbe({
    id: 'github-inherited-runners',
    vendor: 'github',
    question: 'Are the runners of a group listed that the enterprise shares?',
    asked: 'The runner groups; the runners of up to 10 inherited ones.',
    permissions: [RUNNERS],
    answers: {
      listed: so('They are.', 'Examines them like the organisation’s own.'),
      empty: so('The list is empty.', 'Says that runners of the enterprise are not shown.'),
      refused: so('The list is refused.', 'Says that runners of the enterprise were not read.'),
      'no-case': so('The enterprise shares none.', 'Nothing is known.'),
    },
    run: async ({ github }) => {
      const { items, failure } = await github.listRunnerGroups();
      if (failure !== undefined) return { failure };
      const inherited = items.filter((group) => group.inherited).slice(0, FEW);
      if (inherited.length === 0) return { answer: 'no-case' };
      const lists = await Promise.all(inherited.map((group) => github.listRunnersOfGroup(group)));
      const runners = lists.reduce((sum, list) => sum + list.items.length, 0);
      const counts = { inherited: inherited.length, runners };
      if (runners > 0) return { answer: 'listed', counts };
      const failed = lists.flatMap((list) => list.failure ?? []);
      const [first] = failed;
      if (first === undefined) return { answer: 'empty', counts };
      return failed.every(({ kind }) => kind === 'denied' || kind === 'not-found')
        ? { answer: 'refused', counts }
        : { failure: first };
    },
  }),
  defineProbe({
    id: 'github-run-path',
    vendor: 'github',
    question: 'In which form do runs of a schedule name their workflow file?',
    asked: 'The newest scheduled runs of up to 10 repositories.',
    permissions: [METADATA, 'reader/github/actions=read'],
    answers: {
      short: so('.github/workflows/x.yml', 'Runs are joined by the workflow’s number, in whichever form.'),
      'with-ref': so('.github/workflows/x.yml@ref', 'Runs are joined by the workflow’s number.'),
      'with-repository': so('owner/name/.github/workflows/x.yml@ref', 'Runs are joined by the workflow’s number.'),
      mixed: so('In different forms.', 'Runs are joined by the workflow’s number.'),
      'no-runs': so('There is none.', 'Nothing is known.'),
    },
    run: async (place) => {
      const some = await someRepositories(place);
      if ('failure' in some) return { failure: some.failure };
      const reads = await Promise.all(
        some.repositories.map(({ name: repo }) =>
          place.github.look({
            path: '/repos/{org}/{repo}/actions/runs',
            parameters: { repo, event: 'schedule', per_page: FEW },
            permission: 'actions=read',
          }),
        ),
      );
      const paths = reads.flatMap((read) => (read.ok ? rowsWith(read.value, Run) : [])).map(({ path }) => path);
      const failed = reads.find((read) => !read.ok);
      if (paths.length === 0 && failed?.ok === false) return { failure: failed.failure };
      const of = (form: RegExp): number => paths.filter((path) => form.test(path)).length;
      const counts = { runs: paths.length, short: of(SHORT), withRef: of(WITH_REF), withRepository: of(LONG) };
      if (paths.length === 0) return { answer: 'no-runs' };
      if (counts.short === paths.length) return { answer: 'short', counts };
      if (counts.withRef === paths.length) return { answer: 'with-ref', counts };
      return { answer: counts.withRepository === paths.length ? 'with-repository' : 'mixed', counts };
    },
  }),
  defineProbe({
    id: 'github-private-apps',
    vendor: 'github',
    question: 'Does GitHub say who owns the other Apps on the organisation?',
    asked: 'The installed Apps; of up to 50 their owner.',
    permissions: [ORGANISATION],
    answers: {
      'all-shown': so('It does, of all.', 'Finds Apps whose keys the leaver can have.'),
      'some-hidden': so('Not of some, which are private.', 'Says of those that their owner is not shown.'),
      'all-hidden': so('Of none.', 'Says of those that their owner is not shown.'),
      'no-apps': so('No other App is installed.', 'Nothing is known.'),
    },
    run: async ({ github }) => {
      const { items, failure } = await github.listInstalledApps();
      if (failure !== undefined) return { failure };
      if (items.length === 0) return { answer: 'no-apps' };
      const owners = await Promise.all(items.slice(0, SAMPLE).map(({ slug }) => github.appOwner(slug)));
      const failed = owners.find((owner) => !owner.ok);
      if (failed?.ok === false) return { failure: failed.failure };
      const hidden = owners.filter((owner) => owner.ok && owner.value === undefined).length;
      const counts = { apps: owners.length, hidden };
      return {
        answer: hidden === 0 ? 'all-shown' : hidden === owners.length ? 'all-hidden' : 'some-hidden',
        counts,
      };
    },
  }),
  defineProbe({
    id: 'github-deploy-key-makers',
    vendor: 'github',
    question: 'Does every deploy key say who added it?',
    asked: 'The deploy keys of up to 10 repositories.',
    permissions: [METADATA, 'reader/github/administration=read'],
    answers: {
      'all-named': so('It does.', 'Finds the keys that the leaver added.'),
      'some-unnamed': so('Some do not.', 'Says of those that nobody knows who added them.'),
      'no-keys': so('There is none in these.', 'Nothing is known.'),
    },
    run: async (place) => {
      const some = await someRepositories(place);
      if ('failure' in some) return { failure: some.failure };
      const lists = await Promise.all(
        some.repositories.map(({ name: repository }) =>
          place.github.listDeployKeys({ organisation: place.organisation, repository }),
        ),
      );
      const failure = lists.find((list) => list.failure !== undefined)?.failure;
      if (failure !== undefined) return { failure };
      const keys = lists.flatMap(({ items }) => items);
      const unnamed = keys.filter(({ addedBy }) => addedBy === null).length;
      const counts = { repositories: lists.length, keys: keys.length, unnamed };
      if (keys.length === 0) return { answer: 'no-keys' };
      return { answer: unnamed > 0 ? 'some-unnamed' : 'all-named', counts };
    },
  }),
];
