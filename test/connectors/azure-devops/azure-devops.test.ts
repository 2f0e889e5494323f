import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { revokePersonalToken } from '../../../src/connectors/azure-devops/people/personal-tokens.ts';
import { findEntraUsers } from '../../../src/connectors/azure-devops/people/users.ts';
import { disableAgent, removeAgent } from '../../../src/connectors/azure-devops/pipelines/agents.ts';
import { listProjects } from '../../../src/connectors/azure-devops/pipelines/pipelines.ts';
import { VENDOR_FAULTS } from '../../support/faults.ts';
import { type AzureDevopsWorld, agentId, organisation, PAGED, poolId, startAzureDevops } from './azure-devops-world.ts';

let state: AzureDevopsWorld['state'];
let app: AzureDevopsWorld['app'];
let config: AzureDevopsWorld['config'];
let tenant: AzureDevopsWorld['tenant'];
let LISTS: AzureDevopsWorld['LISTS'];
before(async () => {
  ({ state, app, config, tenant, LISTS } = await startAzureDevops());
});
after(() => app.stop());
afterEach(() => {
  tenant.faults.clear();
  state.behaviour.pageSize = 1_000;
  state.behaviour.pages = 'honest';
  state.behaviour.betweenPages = () => {};
  state.behaviour.signIn = 'page';
  delete state.behaviour.slowDownSeconds;
});

for (const faultName of VENDOR_FAULTS) {
  test(`every list answers ${faultName.name} with a failure, never with an empty list`, async () => {
    tenant.faults.add({ vendor: 'devops', effect: faultName.effect });
    const answers = await Promise.all(Object.entries(LISTS).map(async ([name, list]) => ({ name, ...(await list()) })));
    for (const { name, items, failures } of answers) {
      assert.equal(items, 0, name);
      assert.deepEqual(
        failures.map(({ kind }) => kind),
        [faultName.kind],
        name,
      );
      const [failure] = failures;
      if (faultName.tryAgainAfterMs !== undefined) {
        assert.ok(failure !== undefined && 'tryAgainAfterMs' in failure);
        assert.equal(failure.tryAgainAfterMs, faultName.tryAgainAfterMs, name);
      }
      assert.doesNotMatch(JSON.stringify(failure), /SECRET-IN-BODY/);
    }
  });
}

test('a body that trickles in without end is a time-out', async () => {
  const { certificate, key } = tenant.certificate;
  const server = createServer({ cert: certificate, key }, (_, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' });
    const drip = setInterval(() => answer.write(' '), 50);
    answer.once('close', () => clearInterval(drip));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const impatient = { ...config, DEVOPS_ENDPOINT: `https://localhost:${port}`, REQUEST_TIMEOUT_SECONDS: 1 };
  const { failure } = await listProjects(impatient, organisation);
  server.closeAllConnections();
  server.close();
  assert.equal(failure?.kind, 'unavailable');
});

test('TF400733, blocked for using too much, is throttling', async () => {
  tenant.faults.add({
    vendor: 'devops',
    effect: {
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '12' },
      body: JSON.stringify({ typeKey: 'RequestBlockedException', message: 'TF400733: The request has been canceled' }),
    },
  });
  const { failure } = await listProjects(config, organisation);
  assert.deepEqual(
    [failure?.kind, failure && 'tryAgainAfterMs' in failure && failure.tryAgainAfterMs],
    ['throttled', 12_000],
  );
});

test('a page to sign in on, by 203 or by redirect, is a denial', async () => {
  const page = { status: 203, headers: { 'content-type': 'text/html' }, body: '<html>Sign In</html>' };
  const redirect = { status: 302, headers: { location: 'https://login.localhost/signin' } };
  for (const effect of [page, redirect]) {
    tenant.faults.clear();
    tenant.faults.add({ vendor: 'devops', effect: { kind: 'answer', ...effect } });
    const { failure } = await listProjects(config, organisation);
    assert.equal(failure?.kind, 'denied');
  }
});

test('a missing scope is named, list by list', async () => {
  const scopes: Readonly<Record<string, string>> = {
    users: 'vso.graph',
    pools: 'vso.agentpools',
    agents: 'vso.agentpools',
    projects: 'vso.project',
    pipelines: 'vso.build',
    'variable groups': 'vso.variablegroups_read',
    'personal tokens': 'vso.tokenadministration',
  };
  for (const [name, list] of Object.entries(LISTS)) {
    const scope = scopes[name] ?? '';
    app.reader.devops.delete(scope);
    const { failures } = await list();
    app.reader.devops.add(scope);
    const [failure] = failures;
    assert.ok(failure?.kind === 'denied', name);
    assert.equal(failure.missingPermission, scope);
  }
});

test('lists are read to their end, page by page, by header and by body, and twice, since they may move', async () => {
  const whole = await Promise.all(PAGED.map((name) => LISTS[name]?.()));
  state.behaviour.pageSize = 1;
  for (const [at, name] of PAGED.entries()) {
    const before = tenant.calls.length;
    const paged = await LISTS[name]?.();
    assert.deepEqual(paged, whole[at], name);
    // The search for a person whom the list does not have is one call more.
    const more = name === 'users' ? 1 : 0;
    assert.equal(tenant.calls.length - before, 2 * (paged?.items ?? 0) + more, name);
  }
});

test('a later page that fails keeps what was read, and says so', async () => {
  state.behaviour.pageSize = 1;
  tenant.faults.add({ vendor: 'devops', path: /continuationToken=/, effect: { kind: 'reset' } });
  for (const name of PAGED) {
    const { items, failures } = (await LISTS[name]?.()) ?? { items: 0, failures: [] };
    assert.deepEqual([items, failures.map(({ kind }) => kind)], [1, ['unavailable']], name);
  }
});

test('a list whose next page is always the same does not go on for ever', async () => {
  const body = JSON.stringify({ count: 1, value: [{ id: 'p', name: 'P' }] });
  const headers = { 'content-type': 'application/json', 'x-ms-continuationtoken': 'again' };
  tenant.faults.add({ vendor: 'devops', effect: { kind: 'answer', status: 200, headers, body } });
  const { items, failure } = await listProjects(config, organisation);
  assert.deepEqual([items.length, failure?.kind], [1, 'unavailable']);
});

test('looking for a person stops at the page that holds them', async () => {
  state.behaviour.pageSize = 1;
  const before = tenant.calls.length;
  const { items } = await findEntraUsers(config, organisation, WORLD.leaver.oid);
  assert.equal(items.at(-1)?.descriptor, WORLD.leaver.devopsDescriptor);
  assert.equal(tenant.calls.length - before, 1);
});

test('a pause that a successful answer asks for is reported with the whole list', async () => {
  state.behaviour.slowDownSeconds = 0.02;
  const list = await listProjects(config, organisation);
  assert.deepEqual([list.items.length, list.failure, list.slowDownMs], [2, undefined, 20]);
});

for (const headers of [{ 'retry-after': '0.05' }, { 'x-ratelimit-delay': '0.050' }])
  test(`nobody is asked before the pause is over that a successful answer asks for by ${Object.keys(headers)}`, async () => {
    const [project] = state.projects.all();
    const body = JSON.stringify({ count: 1, value: [project] });
    const more = { 'content-type': 'application/json', ...headers };
    tenant.faults.add({ vendor: 'devops', times: 1, effect: { kind: 'answer', status: 200, headers: more, body } });
    const before = tenant.calls.length;
    await listProjects(config, organisation);
    await listProjects(config, organisation);
    const [first, second] = tenant.calls.slice(before).filter(({ vendor }) => vendor === 'devops');
    assert.ok(first !== undefined && second !== undefined && second.at - first.at >= 48);
  });

test('an organisation that does not exist is no empty organisation', async () => {
  const { items, failure } = await listProjects(config, 'elsewhere');
  assert.deepEqual([items.length, failure === undefined], [0, false]);
});

test('disabling and revoking answer every fault with a failure', async () => {
  const [token] = state.tokens.all();
  assert.ok(token !== undefined);
  for (const faultName of VENDOR_FAULTS) {
    tenant.faults.clear();
    tenant.faults.add({ vendor: 'devops', effect: faultName.effect });
    const disabled = await disableAgent(config, { organisation, poolId, agentId });
    assert.equal(disabled.ok, false, faultName.name);
    const removed = await removeAgent(config, { organisation, poolId, agentId });
    // Removing is answered without a body; whether it happened is read back.
    if (!/without a body|breaks off/.test(faultName.name)) assert.equal(removed.ok, false, faultName.name);
    const revoked = await revokePersonalToken(config, organisation, token.authorizationId);
    // Revoking is answered without a body; whether it happened is read back.
    if (!/without a body|breaks off/.test(faultName.name)) assert.equal(revoked.ok, false, faultName.name);
  }
});
