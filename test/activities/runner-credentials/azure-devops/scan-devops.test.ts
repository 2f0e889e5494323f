import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { resolveDevOpsAccounts } from '../../../../activities/case/accounts/resolve-devops-accounts.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { NO_NAMES_ASKED, organisation, type ScanDevopsWorld, startScanDevops, states } from './scan-devops-world.ts';

let context: ScanDevopsWorld['context'];
let state: ScanDevopsWorld['state'];
let app: ScanDevopsWorld['app'];
let config: ScanDevopsWorld['config'];
let tenant: ScanDevopsWorld['tenant'];
let oid: ScanDevopsWorld['oid'];
let leaver: ScanDevopsWorld['leaver'];
let scan: ScanDevopsWorld['scan'];
let altered: ScanDevopsWorld['altered'];
before(async () => {
  ({ context, state, app, config, tenant, oid, leaver, scan, altered } = await startScanDevops());
});
after(() => app.stop());
afterEach(() => tenant.faults.clear());

const kinds = (findings: readonly Finding[]): string[] =>
  findings.map(({ kind, status, severity }) => `${kind} ${status} ${severity}`).sort();

test('the laptop, the tokens in its environment, those in variables and the personal ones are all found', async () => {
  const { part } = await scan();
  assert.deepEqual(kinds(part.findings), [
    'agent-can-be-removed nothing-to-do low',
    'devops-ssh-key manual-action high',
    'devops-token planned critical',
    'devops-token planned high',
    'runner-of-leaver awaiting-decision high',
    'secret-of-leaver manual-action medium',
    'secret-of-leaver manual-action medium',
    'token-in-capability manual-action critical',
    'token-in-capability manual-action high',
    'token-in-capability manual-action high',
    'token-in-capability manual-action high',
    'token-in-capability nothing-to-do info',
    'token-in-pipeline-variable manual-action high',
    'token-in-variable-group manual-action high',
  ]);
  assert.deepEqual(states(part.coverage), {
    'azure-devops/agents:northwind': 'complete 2 agents',
    'azure-devops/deployment-agents:northwind': 'complete 0 agents',
    'azure-devops/pipeline-variables:northwind': 'complete 2 pipelines',
    'azure-devops/variable-groups:northwind': 'complete 2 variable groups',
    'azure-devops/tokens:northwind': 'complete 3 personal access tokens',
    'azure-devops/ssh-keys:northwind': 'complete 1 SSH keys',
    'azure-devops/environment-machines:northwind': 'complete 1 machines',
    'azure-devops/classic-releases:northwind': 'complete 1 release pipelines',
    'azure-devops/yaml-files:northwind': 'complete 2 files',
    'azure-devops/service-connections:northwind': 'complete 1 service connections',
    'azure-devops/service-hooks:northwind': 'complete 1 service hooks',
    'azure-devops/memberships:northwind': 'complete 1 accounts',
    'azure-devops/audit-log:northwind': 'complete 1 events',
    'machines/inventory': 'not-examined 0 machines',
  });
});

test('a pool that says to have more agents than its list shows is partial, and what is listed is found', async () => {
  const pool = state.pools.get(String(WORLD.devops.agent.poolId));
  assert.ok(pool !== undefined);
  const whole = await scan();
  state.pools.add({ ...pool, size: 4 });
  const { part } = await scan();
  state.pools.add(pool);
  const line = part.coverage.find(({ source }) => source === 'azure-devops/agents:northwind');
  assert.equal(line?.state, 'partial');
  assert.match(line?.detail ?? '', /has 4 agents, and lists \d/);
  assert.deepEqual(kinds(part.findings), kinds(whole.part.findings));
});

test('a machine of a deployment pool, which the list of agent pools leaves out, is found as well', async () => {
  state.pools.add({ id: 9, name: 'Trading floor', isHosted: false, kind: 'deployment' });
  const [laptop] = state.agents.all();
  assert.ok(laptop !== undefined);
  state.agents.add({ ...laptop, id: 91, poolId: 9, name: 'laptop-amoreau-2' });
  const { part } = await scan();
  state.pools.delete('9');
  state.agents.delete('9/91');
  const found = part.findings.find(({ resource }) => resource.id === `${organisation}/pools/9/agents/91`);
  assert.deepEqual([found?.kind, found?.remedy?.call.kind], ['runner-of-leaver', 'disable-agent']);
  assert.match(found?.resource.url ?? '', /deploymentpools\?poolId=9/);
  assert.equal(states(part.coverage)['azure-devops/deployment-agents:northwind'], 'complete 1 agents');
});

test('whom the list of users leaves out is found by name, and nobody counts as absent whom no search looked for', async () => {
  const [account] = state.users.where(({ originId }) => originId === oid);
  assert.ok(account !== undefined);
  const { userPrincipalName: _, mail: _mail, ...nameless } = leaver;
  const lookUp = async (who: Leaver) => {
    const { accounts, coverage } = await resolveDevOpsAccounts(app.context.vendors, config, who, NO_NAMES_ASKED);
    return [accounts.map(({ descriptor }) => descriptor), coverage[0]?.state];
  };
  const { list, search } = state.behaviour.leftOut;
  list.add(oid);
  assert.deepEqual(await lookUp(leaver), [[account.descriptor], 'complete']);
  assert.deepEqual(await lookUp(nameless), [[], 'partial'], 'there is no name to search for');
  search.add(oid);
  assert.deepEqual(await lookUp(leaver), [[], 'complete'], 'two questions agree');
  tenant.faults.add({ vendor: 'devops', path: /subjectquery/, effect: { kind: 'answer', status: 500 } });
  assert.deepEqual(await lookUp(leaver), [[], 'partial']);
  list.clear();
  search.clear();
});

test('references in place of definitions do not pass for pipelines without variables', async () => {
  state.behaviour.shallowDefinitions = true;
  const { part } = await scan();
  state.behaviour.shallowDefinitions = false;
  const line = part.coverage.find(({ source }) => source === 'azure-devops/pipeline-variables:northwind');
  assert.equal(line?.state, 'partial');
  assert.match(line?.detail ?? '', /gave 1 of them without their variables/);
});

test('a token’s time without a zone is UTC, wherever the app runs', async () => {
  const zone = process.env.TZ;
  const [token] = state.tokens.where(({ displayName }) => displayName === 'artifacts feed');
  assert.ok(token !== undefined);
  state.tokens.add({ ...token, validTo: new Date(Date.now() + 3_600_000).toISOString() });
  // Its end alone tells whether it works.
  altered(/personalaccesstokens/, (row) => ({ ...row, isValid: null }));
  process.env.TZ = 'Asia/Tokyo';
  const { part } = await scan();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  state.tokens.add(token);
  assert.ok(part.findings.some(({ kind, title }) => kind === 'devops-token' && title.includes('artifacts feed')));
});

test('a token in an agent’s environment is described by name, type, digest and last four', async () => {
  const { part } = await scan();
  const found = part.findings.filter(({ kind }) => kind === 'token-in-capability');
  const described = found.map(
    ({ evidence }) => `${evidence.variable} ${evidence.tokenType} ${evidence.checksum} ${evidence.owner}`,
  );
  assert.deepEqual(described.sort(), [
    'AZURE_DEVOPS_EXT_PAT azure-devops valid likely',
    'CLAUDE_CODE_OAUTH_TOKEN anthropic-oauth none likely',
    'DEPLOY_TOKEN github-installation none service',
    'GITHUB_TOKEN github-classic valid likely',
    'MCP_GATEWAY_TOKEN jwt none leaver',
  ]);
  for (const { evidence } of found) assert.match(String(evidence.sha256), /^[0-9a-f]{64}$/);
  const session = found.find(({ evidence }) => evidence.tokenType === 'jwt');
  assert.ok(session?.residual !== undefined && Date.parse(session.residual.until) > Date.now());
});

test('nothing of the colleague with the similar name is left to do', async () => {
  const { part } = await scan();
  const open = part.findings.filter(({ status }) => status !== 'nothing-to-do');
  const told = JSON.stringify(open.map(({ resource, remedy }) => ({ resource, remedy })));
  for (const theirs of ['build-amoreau-silva', 'desk-settings', 'desk release', 'agents/32']) {
    assert.ok(!told.includes(theirs), theirs);
  }
});

test('no planted token is in the filed part or in the log', async () => {
  const { part } = await scan();
  const written = JSON.stringify(part) + app.context.lines.join('\n');
  for (const token of context.mint.all()) {
    // The claims of a JWT are no secret; its signature is.
    const planted = token.split('.').at(-1) ?? '';
    for (let at = 0; at + 12 <= planted.length; at += 12) {
      assert.ok(!written.includes(planted.slice(at, at + 12)), `a piece of a planted token was written`);
    }
  }
});

test('the same access found again has the same ids', async () => {
  const [one, two] = [await scan(), await scan()];
  assert.deepEqual(
    one.part.findings.map(({ id }) => id),
    two.part.findings.map(({ id }) => id),
  );
  assert.equal(new Set(one.part.findings.map(({ id }) => id)).size, one.part.findings.length);
});
