import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeGraph, seedEntra } from '../../../../local/tenant/entra/vendor.ts';
import {
  deleteApplicationCredential,
  getApplicationCredential,
  listApplicationCredentials,
} from '../../../../src/connectors/graph/applications/applications.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { VENDOR_FAULTS } from '../../../support/faults.ts';
import { seedContext } from '../../../support/seed-context.ts';

const state = seedEntra(seedContext());
const app = await startApp({ vendors: (core) => [makeGraph(core, state)] });
const { config, tenant } = app;
after(() => app.stop());
beforeEach(() => {
  tenant.faults.clear();
  tenant.calls.length = 0;
});

const registrations = state.applications.size;
const credentials = state.federatedCredentials.size;

test('all app registrations and their credentials take one call, flexible ones with their expression', async () => {
  const { items, failure } = await listApplicationCredentials(config);
  assert.equal(failure, undefined);
  assert.equal(items.length, registrations);
  assert.equal(items.flatMap((item) => item.credentials).length, credentials);
  assert.equal(tenant.calls.length, 1);
  const indexer = items.find(({ application }) => application.name === 'docs-indexer');
  assert.deepEqual(
    indexer?.credentials.map(({ subject, expression }) => [subject, expression]),
    [
      [undefined, "claims['sub'] matches 'repo:amoreau/*:ref:refs/heads/*'"],
      [undefined, "claims['sub'] matches 'repo:northwind-capital/*:ref:refs/heads/main'"],
    ],
  );
});

test('all pages are read, and twice, since the list may have moved meanwhile', async () => {
  state.switches.largestPage = 2;
  const { items } = await listApplicationCredentials(config);
  state.switches.largestPage = 999;
  assert.equal(items.length, registrations);
  assert.equal(tenant.calls.length, 2 * Math.ceil(registrations / 2));
});

test('a Graph that refuses the expansion is asked registration by registration', async () => {
  const body = '{"error":{"code":"Request_UnsupportedQuery","message":"no"}}';
  tenant.faults.add({ vendor: 'graph', path: /expand/, effect: { kind: 'answer', status: 400, body } });
  const { items, failure } = await listApplicationCredentials(config);
  assert.equal(failure, undefined);
  assert.equal(items.flatMap((item) => item.credentials).length, credentials);
});

test('a registration whose credentials are cut short in the page is read to its end', async () => {
  const [row] = state.applications.all();
  assert.ok(row);
  const value = [
    {
      id: row.id,
      appId: row.appId,
      displayName: row.displayName,
      federatedIdentityCredentials: [],
      'federatedIdentityCredentials@odata.nextLink': `${tenant.origin('graph')}/beta/applications/${row.id}/federatedIdentityCredentials?$skiptoken=1`,
    },
  ];
  const body = JSON.stringify({ value });
  tenant.faults.add({ vendor: 'graph', path: /expand/, effect: { kind: 'answer', status: 200, body } });
  await listApplicationCredentials(config);
  assert.match(
    decodeURIComponent(tenant.calls[1]?.path ?? ''),
    new RegExp(`/applications/${row.id}/federatedIdentityCredentials`),
  );
});

test('a registration with as many credentials as an expansion gives at the most is read by itself', async () => {
  const [row] = state.applications.all();
  assert.ok(row);
  const one = { name: 'n', issuer: 'https://issuer.example', subject: 's', audiences: [] };
  const inside = Array.from({ length: 20 }, (_, n) => ({ ...one, id: `c${n}` }));
  const registration = { id: row.id, appId: row.appId, federatedIdentityCredentials: inside };
  const body = JSON.stringify({ value: [registration] });
  tenant.faults.add({ vendor: 'graph', path: /expand/, effect: { kind: 'answer', status: 200, body } });
  await listApplicationCredentials(config);
  assert.match(tenant.calls[1]?.path ?? '', new RegExp(`/applications/${row.id}/federatedIdentityCredentials`));
});

test('an odd credential is counted, and the others of its registration are kept', async () => {
  const [row] = state.applications.all();
  assert.ok(row);
  const good = { id: 'c1', name: 'n', issuer: 'https://issuer.example', subject: 's', audiences: [] };
  const body = (value: unknown): string => JSON.stringify({ value });
  const registration = { id: row.id, appId: row.appId, federatedIdentityCredentials: [good, { id: 7 }] };
  for (const [path, value] of [
    [/expand/, [registration]],
    [/federatedIdentityCredentials\?/, [good, { id: 7 }]],
  ] as const) {
    tenant.faults.add({ vendor: 'graph', path, effect: { kind: 'answer', status: 200, body: body(value) } });
  }
  const { items, failure } = await listApplicationCredentials(config);
  assert.deepEqual(
    items.flatMap(({ credentials }) => credentials.map(({ id }) => id)),
    ['c1'],
  );
  assert.match(failure?.message ?? '', /gave 1 of 2 rows in a shape that cannot be read/);
});

for (const { name, effect, kind } of VENDOR_FAULTS) {
  test(`${name}: the list of credentials is never empty by mistake`, async () => {
    tenant.faults.add({ vendor: 'graph', effect });
    const { items, failure } = await listApplicationCredentials(config);
    assert.deepEqual([items.length, failure?.kind], [0, kind]);
    assert.doesNotMatch(failure?.message ?? '', /SECRET/);
  });
}

test('without the permission the answer names it', async () => {
  // The wider one contains it.
  const both = ['Application.Read.All', 'Directory.Read.All'];
  for (const name of both) app.reader.graph.delete(name);
  const { failure } = await listApplicationCredentials(config);
  for (const name of both) app.reader.graph.add(name);
  assert.ok(failure?.kind === 'denied');
  assert.equal(failure.missingPermission, 'Application.Read.All');
});

test('a credential can be read, deleted, and is then not found', async () => {
  const row = state.federatedCredentials.where(({ name }) => name === 'alex-main')[0];
  assert.ok(row);
  const before = await getApplicationCredential(config, row.applicationId, row.id);
  assert.ok(before.ok);
  assert.equal(before.value.subject, 'repo:amoreau/mcp-tools:ref:refs/heads/main');
  const deleted = await deleteApplicationCredential(config, row.applicationId, row.id);
  const again = await deleteApplicationCredential(config, row.applicationId, row.id);
  assert.ok(deleted.ok && again.ok);
  assert.deepEqual([deleted.value, again.value], ['deleted', 'gone']);
  const after = await getApplicationCredential(config, row.applicationId, row.id);
  assert.equal(!after.ok && after.failure.kind, 'not-found');
});
