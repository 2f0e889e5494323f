import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { latestName } from '../../../../../activities/runner-credentials/github/inventory/inventory-index.ts';
import { fileInventory } from '../../../../../activities/sweep/inventory/file-inventory.ts';
import { inventoryCredentials } from '../../../../../activities/sweep/inventory/inventory-credentials.ts';
import { listInventory } from '../../../../../activities/sweep/inventory/list-inventory.ts';
import { readInventory } from '../../../../../activities/sweep/inventory/read-inventory.ts';
import type { Fault } from '../../../../../local/tenant/core/faults.ts';
import { type Coverage, isGap } from '../../../../../src/cases/coverage/coverage.ts';
import { sweepRun } from '../../../../../src/sweep/sweep-run.ts';
import { shortForm } from '../../../../support/short-form.ts';
import { ORGANISATION, startCaseStudyGitHub } from '../case-study.ts';

// What GitHub does that leaves something unread, for a case and for the sweep: which lines are not complete, and what
// they say. Whatever is not named here has to be complete, and nothing may throw.

const { app, state, organisation, installation, scanAll } = await startCaseStudyGitHub({
  storage: true,
  repositories: 8,
});
after(() => app.stop());
const payments = state.repositories.get(`${ORGANISATION}/payments-api`);
assert.ok(payments);

let at = Date.now();
/** The part of a sweep that reads repositories, as its orchestration makes it; without memory it has to read all of them. */
async function sweep({ remembers }: { readonly remembers: boolean }) {
  at += 1_000;
  if (!remembers) {
    const nothing = { organisation: ORGANISATION, at: new Date(at).toISOString(), batches: [] };
    const { storage } = app.context.vendors;
    await storage.replaceLatest(latestName(ORGANISATION), { ...nothing, wholeAt: nothing.at });
  }
  let asksAgain = false;
  const instant = new Date(at).toISOString();
  const { organisations } = await listInventory.handler({ at: instant }, app.context);
  const lines = organisations.map(async ({ organisation: name, tasks, wholeAt, coverage, ...log }) => {
    const read = [];
    for (const task of tasks) {
      const { batch, tryAgainAfterMs } = await readInventory.handler({ at: instant, task }, app.context);
      read.push(batch ?? []);
      asksAgain ||= tryAgainAfterMs !== undefined;
    }
    const batches = read.flat();
    await fileInventory.handler({ at: instant, organisation: name, wholeAt, batches, ...log }, app.context);
    const inventory = { organisation: name, coverage, asked: tasks.length, batches: batches.map(({ ref }) => ref) };
    return (await inventoryCredentials(app.context.vendors, inventory)).coverage;
  });
  const coverage = (await Promise.all(lines)).flat();
  return { coverage, asksAgain, run: sweepRun(instant) };
}

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
const graphql = (effect: Fault['effect']) => (): unknown =>
  app.tenant.faults.add({ vendor: 'github', path: /graphql/, effect });
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
      app.tenant.faults.add({ vendor: 'github', path: /actions\/variables/, effect: { kind: 'answer', status: 304 } });
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

const gapsOf = (lines: readonly Coverage[]): Coverage[] => lines.filter(isGap);
const namesOf = (lines: readonly Coverage[]): string[] =>
  [...new Set(lines.map(({ source }) => source.replace(/^github\/(.*):.*$/, '$1')))].toSorted();

// First: neither identity has a token or a JWT yet.
for (const [identity, minutes] of [
  ['reader', -15],
  ['remover', 15],
] as const) {
  test(`GitHub’s clock may be ${minutes} minutes from ours`, async () => {
    state.clockAheadMs = minutes * 60_000;
    const client = await app.context.vendors.github.organisation(identity, ORGANISATION);
    assert.ok(client.ok, client.ok ? '' : client.failure.message);
    const listed = await client.value.listOrganisationRepositories();
    state.clockAheadMs = 0;
    assert.deepEqual([listed.items.length, listed.failure], [state.repositories.size, undefined]);
  });
}

for (const [name, { arrange, gaps, says, sweeps, asksAgain, stopsOthers }] of shortForm(Object.entries(SITUATIONS))) {
  test(`where ${name}, what was not read is told, by a case and by the sweep`, async () => {
    arrange();
    // A case that takes nothing from the sweep before.
    Object.assign(app.context.settings, { INVENTORY_MAX_AGE_HOURS: 0 });
    const { coverage, refs } = await scanAll();
    const swept = await sweep({ remembers: false });
    calm();
    const [inCase, inSweep] = [gapsOf(coverage), gapsOf(swept.coverage)];
    const shown = (lines: readonly Coverage[], expected: readonly string[]): string[] =>
      stopsOthers === true ? namesOf(lines).filter((name) => expected.includes(name)) : namesOf(lines);
    assert.deepEqual(shown(inCase, gaps), gaps.toSorted());
    assert.deepEqual(shown(inSweep, sweeps ?? gaps), (sweeps ?? gaps).toSorted());
    for (const line of [...inCase, ...inSweep]) assert.match(line.detail ?? '', says ?? /GitHub/, line.source);
    assert.equal(
      refs.some(({ tryAgainAfterMs }) => tryAgainAfterMs !== undefined),
      asksAgain === true,
    );
    // What asks for another attempt is not counted as read.
    const [counted] = await app.context.vendors.storage.readProgress(swept.run);
    if (counted?.of !== undefined) assert.equal(counted.done, swept.asksAgain ? 0 : counted.of);
  });
}

test('what is known of repositories stays known while the App is not let in', async () => {
  await sweep({ remembers: true });
  installation.suspendedAt = new Date();
  await sweep({ remembers: true });
  calm();
  const asked = (from: number): number =>
    app.tenant.calls.slice(from).filter(({ path, status }) => path.startsWith('/repos/') && status === 200).length;
  const before = app.tenant.calls.length;
  await sweep({ remembers: true });
  assert.equal(asked(before), 0);
});

test('an organisation without repositories has nothing to read, and that is all of it', async () => {
  for (const { owner, name } of state.repositories.all()) state.repositories.delete(`${owner}/${name}`);
  const { coverage } = await scanAll();
  const swept = await sweep({ remembers: false });
  assert.deepEqual([gapsOf(coverage), gapsOf(swept.coverage)], [[], []]);
  assert.deepEqual(namesOf(swept.coverage), ['repositories']);
});
