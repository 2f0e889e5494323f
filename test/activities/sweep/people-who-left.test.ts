import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { withoutDisabledSchedules } from '../../../activities/sweep/disabled-schedules.ts';
import { findOrphanedCredentials } from '../../../activities/sweep/find-orphaned-credentials.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import { tableOf } from '../../../src/connectors/storage/base/tables.ts';
import type { Oid } from '../../../src/people/oid.ts';
import type { Orphaned } from '../../../src/sweep/find-orphans.ts';
import type { SweepFindings } from '../../../src/sweep/sweep-report.ts';
import { startAccountsApp } from '../case/accounts-app.ts';

const { app, entra, github, organisation } = await startAccountsApp({ storage: true });
after(() => app.stop());
const mint = makeTokenMint();
const [{ oid, userPrincipalName }] = WORLD.colleagues;
const colleague = entra.users.get(oid);
assert.ok(colleague);
afterEach(() => {
  app.tenant.faults.clear();
  entra.users.add(colleague);
  entra.users.patch(oid, { accountEnabled: true });
  Object.assign(app.context.settings, { DISABLED_MEANS_LEFT_AFTER_DAYS: 0 });
});

const HOUR = 3_600_000;
type Admitted = Awaited<ReturnType<GitHubOrganisation['admit']>>;
/** The list of everybody. */
const LIVING = /\/users\?\$select=id,displayName,userPrincipalName,mail,accountEnabled,userType&\$top/;
let at = Date.now();
/** What a sweep so many hours after the one before says of the colleague. */
async function sweep(hours = 1) {
  at += hours * HOUR;
  const { found } = await findOrphanedCredentials.handler({ at: new Date(at).toISOString() }, app.context);
  const { orphaned, coverage, faults } = await app.context.vendors.storage.getJson<SweepFindings>(found);
  const line = coverage.find(({ source }) => source === 'entra/users');
  return {
    person: orphaned.find(({ person }) => person.oid === oid)?.person,
    line,
    faults,
    at: new Date(at).toISOString(),
  };
}

test('who was deleted for good has left where the person is remembered, under the name that is remembered', async () => {
  assert.equal((await sweep()).person, undefined);
  entra.users.delete(oid);
  const { person, line } = await sweep();
  assert.deepEqual(person, { oid, state: 'gone', userPrincipalName: userPrincipalName.toLowerCase() });
  assert.equal(line?.state, 'complete');
});

test('where the directory was not read to its end, nobody is gone', async () => {
  entra.users.delete(oid);
  app.tenant.faults.add({
    vendor: 'graph',
    path: LIVING,
    effect: { kind: 'answer', status: 503, body: '{}' },
  });
  const { person, line } = await sweep();
  assert.deepEqual([person, line?.state], [undefined, 'unavailable']);
});

test('disabled means nothing unless the setting says so, and then for as many days as sweeps saw it', async () => {
  entra.users.patch(oid, { accountEnabled: false });
  assert.equal((await sweep()).person, undefined);
  Object.assign(app.context.settings, { DISABLED_MEANS_LEFT_AFTER_DAYS: 2 });
  const first = await sweep();
  assert.equal(first.person, undefined);
  assert.equal((await sweep(30)).person, undefined);
  const { person } = await sweep(30);
  assert.deepEqual([person?.state, person?.disabledSince], ['disabled', first.at]);

  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: LIVING,
    effect: { kind: 'answer', status: 503, body: '{}' },
  });
  assert.equal((await sweep()).line?.state, 'unavailable');
  lift();
  assert.equal((await sweep()).person?.disabledSince, first.at, 'a list that fails does not begin the days anew');

  entra.users.patch(oid, { accountEnabled: true });
  assert.equal((await sweep()).person, undefined);
  entra.users.patch(oid, { accountEnabled: false });
  assert.equal((await sweep()).person, undefined, 'who was enabled meanwhile is disabled anew');
  assert.equal((await sweep(60)).person, undefined, 'nor is it known what was between two sweeps that far apart');
});

test('a row of the disabled that cannot be read hides its person alone, and the sweep says whom', async () => {
  const [, { oid: other }] = WORLD.colleagues;
  const table = tableOf(app.config, 'people');
  for (const each of [oid, other]) entra.users.patch(each, { accountEnabled: false });
  Object.assign(app.context.settings, { DISABLED_MEANS_LEFT_AFTER_DAYS: 2 });
  assert.equal((await sweep()).line?.state, 'complete');
  await sweep(30);
  for (const row of ['{', '{}', JSON.stringify({ oid: other, from: 'then', to: 'now' })]) {
    await table.upsertEntity({ partitionKey: 'disabled', rowKey: other, row }, 'Replace');
    const { person, line, faults } = await sweep(row === '{' ? 30 : 1);
    assert.equal(person?.state, 'disabled', row);
    assert.equal(line?.state, 'partial', row);
    assert.match(line?.detail ?? '', new RegExp(other));
    assert.ok(faults.some((fault) => fault.includes(other)));
  }
  entra.users.patch(other, { accountEnabled: true });
  assert.equal((await sweep()).line?.state, 'complete', 'who is enabled again needs no row');
});

test('where nobody can tell since when people are disabled, the sweep says so', async (t) => {
  entra.users.patch(oid, { accountEnabled: false });
  Object.assign(app.context.settings, { DISABLED_MEANS_LEFT_AFTER_DAYS: 2 });
  await sweep();
  await sweep(30);
  const refused = () => Promise.reject(new Error('the table does not answer'));
  const unwritten = t.mock.method(app.context.vendors.storage, 'rememberDisabled', refused);
  const told = await sweep(30);
  assert.deepEqual([told.person?.state, told.line?.state], ['disabled', 'partial'], 'who is known counts');
  unwritten.mock.restore();
  t.mock.method(app.context.vendors.storage, 'readDisabled', refused);
  const { person, line, faults } = await sweep();
  assert.deepEqual([person, line?.state], [undefined, 'partial']);
  assert.match(line?.detail ?? '', /could not be read from storage/);
  assert.ok(faults.includes(line?.detail ?? ''));
});

test('a schedule that is switched off is no reason for a case, and one of which that is not known is', async () => {
  const { organisation } = WORLD.github;
  const orphan = (...kinds: readonly ('schedule' | 'fine-grained-token')[]): Orphaned => ({
    person: { oid: oid as Oid, state: 'gone' },
    credentials: kinds.map((kind) => ({
      kind,
      source: `github/schedules:${organisation}`,
      id: 'billing-exports/.github/workflows/export.yml',
    })),
  });
  const left = async (...orphaned: readonly Orphaned[]) =>
    (await withoutDisabledSchedules(app.context.vendors, orphaned)).orphaned.map(
      ({ credentials }) => credentials.length,
    );
  assert.deepEqual(await left(orphan('schedule')), [1]);
  const workflow = github.repositories.get(`${organisation}/billing-exports`)?.workflows.all()[0];
  assert.ok(workflow);
  assert.match(workflow.path, /export\.yml$/);
  workflow.state = 'disabled_manually';
  assert.deepEqual(await left(orphan('schedule')), []);
  assert.deepEqual(await left(orphan('schedule', 'fine-grained-token')), [2]);
  app.tenant.faults.add({
    vendor: 'github',
    path: /\/actions\/workflows\//,
    effect: { kind: 'answer', status: 500 },
  });
  assert.deepEqual(await left(orphan('schedule')), [1]);
});

test('schedules are asked a few at once, out of points that are set aside for all of them', async (t) => {
  const { organisation } = WORLD.github;
  const orphaned = Array.from(
    { length: 40 },
    (_, at): Orphaned => ({
      person: { oid: oid as Oid, state: 'gone' },
      credentials: [{ kind: 'schedule', source: `github/schedules:${organisation}`, id: `repo-${at}/ci.yml` }],
    }),
  );
  const client = await app.context.vendors.github.organisation('reader', organisation);
  assert.ok(client.ok);
  const seen = { now: 0, most: 0, done: 0 };
  const getWorkflow = t.mock.method(client.value, 'getWorkflow', async () => {
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    await Promise.resolve();
    seen.now -= 1;
    return { ok: true, value: { id: 1, path: 'ci.yml', state: 'disabled_manually' } };
  });
  const done = async () => {
    seen.done += 1;
  };
  const admit = t.mock.method(
    client.value,
    'admit',
    async (): Promise<Admitted> => ({ ok: true, value: { ok: true, done } }),
  );
  assert.deepEqual(await withoutDisabledSchedules(app.context.vendors, orphaned), { orphaned: [], failures: [] });
  assert.deepEqual([getWorkflow.mock.callCount(), seen.most, seen.done], [40, 10, 1]);
  assert.deepEqual(
    admit.mock.calls.map((call) => call.arguments),
    [[`sweep schedules ${organisation}`, 40]],
  );
  const failure = { kind: 'throttled', status: 429, tryAgainAfterMs: 1_000, queued: true, message: 'in line' } as const;
  admit.mock.mockImplementation(async (): Promise<Admitted> => ({ ok: false, failure }));
  const waiting = await withoutDisabledSchedules(app.context.vendors, orphaned);
  assert.deepEqual([waiting.orphaned.length, waiting.failures], [40, [failure]], 'who was not asked about counts');
  assert.equal(getWorkflow.mock.callCount(), 40);
});

test('a token in a variable of the organisation is its owner’s by the object id in it, in our tenant alone', async () => {
  const kinds = async () => {
    at += HOUR;
    const { found } = await findOrphanedCredentials.handler({ at: new Date(at).toISOString() }, app.context);
    const { orphaned } = await app.context.vendors.storage.getJson<SweepFindings>(found);
    const own = orphaned.find(({ person }) => person.oid === oid)?.credentials ?? [];
    return own.filter(({ source }) => source.startsWith('github/organisation-variables:')).map(({ kind }) => kind);
  };
  const tokenOf = (tenantId: string): string =>
    mint.jwt({ iss: `https://login.microsoftonline.com/${tenantId}/v2.0`, oid });
  entra.users.delete(oid);
  const { variables } = organisation;
  variables.add({ name: 'FOREIGN', value: tokenOf('0ddba11a-0000-4000-8000-000000000001') });
  assert.deepEqual(await kinds(), []);
  variables.add({ name: 'OURS', value: tokenOf(WORLD.tenantId) });
  assert.deepEqual(await kinds(), ['token-in-repository']);
});
