import assert from 'node:assert/strict';
import type { Fault } from '../../../../../local/tenant/core/faults.ts';
import { ORGANISATION, type startCaseStudyGitHub } from '../case-study.ts';

const FILES = ['ci-files', 'schedules', 'workflow-files', 'workflow-uses'];
const LISTS = [
  ...['deploy-keys', 'environment-reviewers', 'environment-variables'],
  ...['repository-invitations', 'repository-runners', 'repository-variables'],
];
const OF_ORGANISATION = [
  ...['audit-log', 'fine-grained-tokens', 'installed-apps', 'invitations', 'membership', 'organisation-runners'],
  ...['organisation-variables', 'outside-collaborators', 'runner-groups', 'runner-registrations'],
  ...['secret-authors', 'sso-credentials', 'token-requests'],
];
const EVERYTHING = [...OF_ORGANISATION, 'repositories', ...LISTS, ...FILES];

const json = { 'content-type': 'application/json' };
const answer = (status: number, body: string, headers: Readonly<Record<string, string>> = json): Fault['effect'] => ({
  kind: 'answer',
  status,
  body,
  headers,
});
/** Lets GraphQL answer and puts null in the place of its first node. */
const withoutFirst: Fault['effect'] = {
  kind: 'alter',
  alter: (body) => {
    const { data } = Object(body) as { readonly data?: { readonly nodes?: readonly unknown[] } };
    return data?.nodes === undefined ? body : { data: { ...data, nodes: [null, ...data.nodes.slice(1)] } };
  },
};

interface Situation {
  readonly arrange: () => unknown;
  /** Sources whose lines are not complete, and what each of these lines says. */
  readonly gaps: readonly string[];
  readonly says?: RegExp;
  /** Of the sweep, where it differs: it reads no line of the organisation, and none where it has no repositories. */
  readonly sweeps?: readonly string[];
  readonly asksAgain?: true;
  /** A pause stops whoever asks next as well: which that is, is chance. Their lines say the same. */
  readonly stopsOthers?: true;
}

/** What GitHub does that leaves something unread, and how everything is put back. */
export function situationsIn({
  app,
  state,
  organisation,
  installation,
}: Awaited<ReturnType<typeof startCaseStudyGitHub>>) {
  const payments = state.repositories.get(`${ORGANISATION}/payments-api`);
  assert.ok(payments);
  const graphql = (effect: Fault['effect']) => (): unknown =>
    app.tenant.faults.add({ vendor: 'github', path: /graphql/, effect });

  const SITUATIONS: Readonly<Record<string, Situation>> = {
    'nothing is wrong': { arrange: () => {}, gaps: [] },
    'the App is installed on selected repositories': {
      arrange: () => {
        installation.repositorySelection = 'selected';
        for (const { id } of state.repositories.all().slice(0, 3)) installation.selected.add(id);
      },
      gaps: ['repositories'],
      says: /An owner lets it see all/,
    },
    'the App is suspended': {
      arrange: () => Object.assign(installation, { suspendedAt: new Date('2026-11-01T08:00:00Z') }),
      gaps: EVERYTHING,
      sweeps: ['repositories'],
      says: /suspended since 2026-11-01.*an owner ends that in the organisation’s settings/,
    },
    'the organisation has an IP allow list': {
      arrange: () => Object.assign(organisation, { refuses: 'ip-allow-list' }),
      gaps: EVERYTHING,
      sweeps: ['repositories'],
      says: /IP allow list enabled.*put the addresses from which this app calls on that list/,
    },
    'the permission for variables is missing': {
      arrange: () => installation.permissions.delete('actions_variables'),
      gaps: ['repository-variables'],
      says: /needs the permission actions_variables=read/,
    },
    'the permission for environments is missing': {
      arrange: () => installation.permissions.delete('environments'),
      gaps: ['environment-variables'],
      says: /needs the permission environments=read/,
    },
    'the permission for runners of repositories is missing': {
      arrange: () => installation.permissions.delete('administration'),
      gaps: ['deploy-keys', 'repository-invitations', 'repository-runners'],
      says: /needs the permission administration=read/,
    },
    'the permission for files is missing': {
      arrange: () => installation.permissions.delete('contents'),
      gaps: FILES,
      says: /needs the permission contents=read/,
    },
    'GitHub has blocked a repository': {
      arrange: () => Object.assign(payments, { disabled: true }),
      gaps: [...LISTS, ...FILES],
      says: /northwind-capital\/payments-api and answered that the repository is blocked.*GitHub Support/,
    },
    'nothing was ever pushed to a repository': { arrange: () => Object.assign(payments, { empty: true }), gaps: [] },
    'a repository has 10,000 files': {
      arrange: () => {
        for (let file = 0; file < 10_000; file += 1) payments.files.set(`note-${file}.txt`, 'x');
      },
      gaps: [],
    },
    'GraphQL shows the beginning of a file only': {
      arrange: () => Object.assign(state.limits, { blobBytes: 100 }),
      gaps: [],
    },
    'a file is larger than the API gives out': {
      arrange: () => Object.assign(state.limits, { blobBytes: 100, largestBlob: 100 }),
      gaps: ['schedules', 'workflow-files', 'workflow-uses'],
      says: /larger than the 100 MB which the API gives out: look at it by hand/,
    },
    'a query about one repository takes too long, with 502': {
      arrange: () => Object.assign(state.limits, { nodes: 0 }),
      gaps: ['environment-variables', ...FILES],
      says: /answered 502.*for one repository alone.*looked at by hand/,
      asksAgain: true,
    },
    'a query about one repository takes too long, with 200': {
      arrange: () => Object.assign(state.limits, { nodes: 0, tooMuch: 200 }),
      gaps: ['environment-variables', ...FILES],
      says: /for one repository alone.*looked at by hand/,
      asksAgain: true,
    },
    'GraphQL gives data and an error that names no place': {
      arrange: graphql({
        kind: 'alter',
        alter: (body) => ({ ...Object(body), errors: [{ message: 'Something is odd' }] }),
      }),
      gaps: ['repositories', 'environment-variables', ...FILES],
      asksAgain: true,
    },
    'GraphQL gives null for a repository, and no error': {
      arrange: graphql(withoutFirst),
      gaps: ['environment-variables', ...FILES],
      asksAgain: true,
    },
    'GraphQL says with 200 that the limit is reached': {
      arrange: graphql(answer(200, JSON.stringify({ data: null, errors: [{ type: 'RATE_LIMITED', message: 'x' }] }))),
      gaps: ['repositories', ...LISTS, ...FILES],
      sweeps: ['repositories'],
      says: /rate limit was met/,
      asksAgain: true,
    },
    'GraphQL answers 502 with a page': {
      arrange: graphql(answer(502, '<html>', { 'content-type': 'text/html' })),
      gaps: ['repositories', ...LISTS, ...FILES],
      sweeps: ['repositories'],
      says: /answered 502/,
      asksAgain: true,
    },
    'lists are not modified although nothing is known of them': {
      arrange: () => {
        payments.variables.add({ name: 'NEW', value: 'x' });
        app.tenant.faults.add({
          vendor: 'github',
          path: /actions\/variables/,
          effect: { kind: 'answer', status: 304 },
        });
      },
      gaps: ['organisation-variables', 'repository-variables'],
      sweeps: ['repository-variables'],
      says: /answered 304 with a body that is not what it documents/,
      asksAgain: true,
    },
    'a secondary limit comes in the middle of a list': {
      arrange: () => {
        for (let each = 0; each < 40; each += 1) payments.variables.add({ name: `V${each}`, value: 'x' });
        const body = '{"message":"You have exceeded a secondary rate limit."}';
        app.tenant.faults.add({ vendor: 'github', path: /variables.*page=2/, effect: answer(403, body) });
      },
      gaps: ['organisation-variables', 'repository-variables'],
      sweeps: ['repository-variables'],
      says: /rate limit was met/,
      asksAgain: true,
      stopsOthers: true,
    },
  };

  /** Puts everything back as it was. */
  function calm(): void {
    app.tenant.faults.clear();
    installation.repositorySelection = 'all';
    installation.selected.clear();
    delete installation.suspendedAt;
    delete organisation.refuses;
    for (const name of ['actions_variables', 'environments', 'contents', 'administration'])
      installation.permissions.set(name, 'read');
    Object.assign(state.limits, { nodes: 100, tooMuch: 502, blobBytes: 512_000, largestBlob: 100_000_000 });
    Object.assign(payments ?? {}, { disabled: false, empty: false });
    for (const name of payments?.files.keys() ?? []) if (name.startsWith('note-')) payments?.files.delete(name);
    for (const { name } of payments?.variables.all() ?? [])
      if (/^V\d+$|^NEW$/.test(name)) payments?.variables.delete(name);
  }

  return { SITUATIONS, calm };
}
