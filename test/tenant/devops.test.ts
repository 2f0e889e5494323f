import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { getBearerHandler, WebApi } from 'azure-devops-node-api';
import { TaskAgentStatus } from 'azure-devops-node-api/interfaces/TaskAgentInterfaces.js';
import { principal } from '../../local/tenant/core/principals.ts';
import { startTenant } from '../../local/tenant/core/start-tenant.ts';
import { emptyDevOps } from '../../local/tenant/devops/state/state.ts';
import { makeDevOps, seedDevOps } from '../../local/tenant/devops/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { seedContext } from '../support/seed-context.ts';

const context = seedContext();
const state = seedDevOps(context);
const app = principal('app', 'f0000000-0000-4000-8000-0000000000f1', 'f0000000-0000-4000-8000-0000000000f2');
for (const scope of ['vso.agentpools', 'vso.project', 'vso.build', 'vso.variablegroups_read']) app.devops.add(scope);
const tenant = await startTenant({
  tenantId: WORLD.tenantId,
  principals: [app],
  vendors: (core) => [makeDevOps(core, state)],
});
after(() => tenant.close());

const token = await tenant.tokens.issue({
  audience: '499b84ac-1321-427f-aa17-267ca6975798',
  oid: app.oid,
  clientId: app.clientId,
});
const organisation = `${tenant.origin('devops')}/${WORLD.devops.organisation}`;
const get = (path: string, bearer = token, origin = organisation): Promise<Response> =>
  fetch(`${origin}/${path}`, { headers: { authorization: `Bearer ${bearer}` }, redirect: 'manual' });

type Row = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
const rows = async (answer: Promise<Response>): Promise<readonly Row[]> =>
  ((await (await answer).json()) as { readonly value: readonly Row[] }).value;

test('Microsoft’s own typed clients find the resources and read them', async () => {
  const api = new WebApi(organisation, getBearerHandler(token));
  const agents = await (await api.getTaskAgentApi()).getAgents(WORLD.devops.agent.poolId, undefined, true);
  assert.deepEqual(
    agents.map(({ name, status, enabled }) => [name, status, enabled]),
    [
      ['laptop-amoreau', TaskAgentStatus.Online, true],
      ['build-amoreau-silva', TaskAgentStatus.Online, true],
    ],
  );
  assert.equal(agents[0]?.systemCapabilities?.USER, 'amoreau');
  const pools = await (await api.getTaskAgentApi()).getAgentPools();
  assert.deepEqual(
    pools.map(({ isHosted }) => isHosted),
    [true, false],
  );
  const projects = await (await api.getCoreApi()).getProjects();
  const definitions = await (await api.getBuildApi()).getDefinitions(projects[0]?.id ?? '');
  assert.deepEqual(
    definitions.map(({ name }) => name),
    ['nightly-document-index'],
  );
  const groups = await (await api.getTaskAgentApi()).getVariableGroups('Trading Desk');
  assert.deepEqual(
    groups.map(({ name, createdBy }) => [name, createdBy?.uniqueName]),
    [['desk-settings', WORLD.colleagues[0].userPrincipalName]],
  );
});

test('a token for another vendor gets a page to sign in on, with a status that sounds like success', async () => {
  const other = await tenant.tokens.issue({ audience: tenant.origin('graph'), oid: app.oid, clientId: app.clientId });
  const answer = await get('_apis/projects?api-version=7.1', other);
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [203, 'text/html; charset=utf-8']);
  state.behaviour.signIn = 'redirect';
  assert.equal((await get('_apis/projects?api-version=7.1', other)).status, 302);
  state.behaviour.signIn = 'page';
});

test('a missing scope is 403, in token administration 401, and a preview without a version 400', async () => {
  const identities = `${tenant.origin('devopsGraph')}/${WORLD.devops.organisation}`;
  assert.equal((await get('_apis/graph/users?api-version=7.1-preview.1', token, identities)).status, 403);
  const path = `_apis/tokenadmin/personalaccesstokens/${WORLD.leaver.devopsDescriptor}`;
  assert.equal((await get(`${path}?api-version=7.1`, token, identities)).status, 401);
  assert.equal((await get(path, token, identities)).status, 400);
});

test('a version that a resource does not have is refused before anybody asks who calls', async () => {
  for (const path of ['_apis/projects', '_apis/distributedtask/pools', 'Platform/_apis/build/definitions']) {
    for (const version of ['7.1-preview.1', '9.9-preview.77', '1.0']) {
      const answer = await get(`${path}?api-version=${version}`);
      assert.equal(answer.status, 400, path);
      assert.equal(((await answer.json()) as { typeKey: string }).typeKey, 'VssInvalidPreviewVersionException');
    }
  }
});

test('variable groups come by their ids, and nothing names the next page', async () => {
  const [first] = state.variableGroups.all();
  assert.ok(first !== undefined);
  for (const id of [901, 902, 903]) state.variableGroups.add({ ...first, id });
  const path = 'Platform/_apis/distributedtask/variablegroups?api-version=7.1&$top=2';
  const ids = async (query: string) => (await rows(get(path + query))).map(({ id }) => Number(id));
  assert.deepEqual(await ids(''), [903, 902], 'the newest first, unless something else is asked');
  assert.deepEqual(await ids('&queryOrder=IdAscending'), [first.id, 901]);
  assert.deepEqual(await ids('&queryOrder=IdAscending&continuationToken=901'), [901, 902]);
  const answer = await get(`${path}&queryOrder=IdAscending`);
  assert.equal(answer.headers.get('x-ms-continuationtoken'), null);
  for (const id of [901, 902, 903]) state.variableGroups.delete(String(id));
});

test('a secret variable has no value for anybody, and references carry no variables at all', async () => {
  const groups = await rows(get('Platform/_apis/distributedtask/variablegroups?api-version=7.1'));
  assert.deepEqual(groups[0]?.variables?.['signing.password'], { value: null, isSecret: true });
  const references = await rows(get('Platform/_apis/build/definitions?api-version=7.1'));
  assert.equal(
    references.some((row) => 'variables' in row),
    false,
  );
});

test('an agent publishes its environment only when asked, and never a value of 1,024 characters', async () => {
  const agents = `_apis/distributedtask/pools/${WORLD.devops.agent.poolId}/agents?api-version=7.1`;
  const bare = await rows(get(agents));
  assert.equal(
    bare.some((row) => 'systemCapabilities' in row),
    false,
  );
  const full = await rows(get(`${agents}&includeCapabilities=true`));
  for (const agent of full) {
    for (const value of Object.values(agent.systemCapabilities ?? {})) assert.ok(String(value).length < 1_024);
  }
});

test('the snapshot holds no planted token', () => {
  const snapshot = JSON.stringify(tenant.vendor('devops').snapshot());
  for (const planted of context.mint.all()) assert.ok(!snapshot.includes(planted));
});

test('each organisation at the same host has everything of its own, and a name that nobody has is not found', async () => {
  const other = emptyDevOps('woodgrove');
  other.projects.add({ id: '0d4a1f52-3c1e-4a65-9c60-9d3c9c4b6d11', name: 'Elsewhere' });
  state.others.add(other);
  const namesIn = async (name: string): Promise<readonly unknown[]> => {
    const listed = await rows(get('_apis/projects?api-version=7.1', token, `${tenant.origin('devops')}/${name}`));
    return listed.map((project) => project.name);
  };
  assert.deepEqual(await namesIn('Woodgrove'), ['Elsewhere']);
  assert.deepEqual(await namesIn(WORLD.devops.organisation), ['Platform', 'Trading Desk']);
  const nobodys = await get('_apis/projects?api-version=7.1', token, `${tenant.origin('devops')}/nobody`);
  assert.equal(nobodys.status, 404);
});
