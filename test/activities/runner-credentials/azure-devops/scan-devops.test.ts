import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { resolveDevOpsAccounts } from '../../../../activities/case/accounts/resolve-devops-accounts.ts';
import { scanDevOps } from '../../../../activities/runner-credentials/azure-devops/scan-devops.ts';
import { makeDevOps, seedDevOps } from '../../../../local/tenant/devops/vendor.ts';
import { makeGitHub, seedGitHub } from '../../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../../local/tenant/vault/vendor.ts';
import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { isStandingLimit } from '../../../../src/cases/coverage/coverage.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { StepResult, StepResultRef } from '../../../../src/cases/step-result.ts';
import { getJson } from '../../../../src/connectors/storage/evidence/evidence.ts';
import { openVendors } from '../../../../src/connectors/vendors.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { parseOid } from '../../../../src/people/oid.ts';
import type { RemedyCall } from '../../../../src/steps/registry.ts';
import { disableAgent } from '../../../../src/steps/runner-credentials/remedies/azure-devops/disable-agent.ts';
import { revokeDevOpsToken } from '../../../../src/steps/runner-credentials/remedies/azure-devops/revoke-devops-token.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { VENDOR_FAULTS } from '../../../support/faults.ts';
import { seedContext } from '../../../support/seed-context.ts';

const context = seedContext();
const state = seedDevOps(context);
const vault = seedVault(context);
const github = seedGitHub(context, vault);
const app = await startApp({
  vendors: (core) => [makeDevOps(core, state), makeVault(core, vault), makeGitHub(core, github)],
  storage: 'memory',
});
const { config, tenant } = app;
after(() => app.stop());
afterEach(() => tenant.faults.clear());

const { organisation } = WORLD.devops;
const oid = parseOid(WORLD.leaver.oid);
assert.ok(oid !== undefined);
let cases = 0;
const leaver: Leaver = {
  oid,
  state: 'soft-deleted',
  userPrincipalName: WORLD.leaver.userPrincipalName,
  github: [{ login: WORLD.leaver.githubLogin, id: WORLD.leaver.githubId, source: 'test', confidence: 'proved' }],
  devops: [{ organisation, descriptor: WORLD.leaver.devopsDescriptor, source: 'test', confidence: 'proved' }],
};

async function scan(who: Leaver = leaver): Promise<{ readonly ref: StepResultRef; readonly part: StepResult }> {
  cases += 1;
  const ref = await scanDevOps.handler(
    { caseId: makeCaseId(leaver.oid, cases), leaver: who, organisation },
    app.context,
  );
  return { ref, part: await getJson<StepResult>(config, ref.ref) };
}

const kinds = (findings: readonly Finding[]): string[] =>
  findings.map(({ kind, status, severity }) => `${kind} ${status} ${severity}`).sort();
const states = (coverage: readonly Coverage[]): Record<string, string> =>
  Object.fromEntries(
    coverage.map(({ source, state: how, looked }) => [source, `${how} ${looked.count} ${looked.unit}`]),
  );

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

/** Changes every row of a list. */
function altered(path: RegExp, row: (row: object) => object): void {
  const alter = (body: unknown) => ({ ...(body as object), value: (body as { value: object[] }).value.map(row) });
  tenant.faults.add({ vendor: 'devops', path, effect: { kind: 'alter', alter } });
}

for (const size of ['3', null, undefined, -1]) {
  test(`a pool that says to have ${JSON.stringify(size)} agents and lists none is partial: nobody knows that it has none`, async () => {
    altered(/pools\?/, (pool) => ({ ...pool, size }));
    const alter = () => ({ count: 0, value: [] });
    tenant.faults.add({ vendor: 'devops', path: /pools\/\d+\/agents/, effect: { kind: 'alter', alter } });
    const { part } = await scan();
    const line = part.coverage.find(({ source }) => source === 'azure-devops/agents:northwind');
    assert.equal(line?.state, 'unavailable');
    assert.match(line?.detail ?? '', /does not say how many agents pool .* has, and lists 0/);
  });
}

for (const [name, more, works] of [
  ['valid, with an end that was never set', { isValid: true, validTo: '0001-01-01T00:00:00' }, true],
  ['valid, with an end that has just passed', { isValid: true, validTo: new Date(Date.now() - 60_000) }, true],
  ['valid, with no end', { isValid: true, validTo: null }, true],
  [
    'neither valid nor invalid, with an end that was never set',
    { isValid: null, validTo: '0001-01-01T00:00:00' },
    true,
  ],
  ['neither valid nor invalid, with an end that is to come', { isValid: null, validTo: '2999-01-01T00:00:00' }, true],
  ['neither valid nor invalid, with an end that has passed', { isValid: null, validTo: '2020-01-01T00:00:00' }, false],
  ['invalid, with an end that is to come', { isValid: false, validTo: '2999-01-01T00:00:00' }, false],
] as const) {
  test(`a token that the service calls ${name}, ${works ? 'works' : 'opens nothing'}`, async () => {
    altered(/personalaccesstokens/, (token) => ({ ...token, ...more }));
    const { part } = await scan();
    const found = part.findings.filter(({ kind }) => kind === 'devops-token');
    assert.equal(found.length > 0, works);
  });
}

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

const NO_NAMES_ASKED = { memory: undefined, holders: { of: async () => new Map() }, now: new Date() };

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

test('a token of whatever format is a finding, and one that GitHub lists is named as its owner’s', async () => {
  const group = state.variableGroups.all().find(({ id }) => id === 22);
  assert.ok(group !== undefined);
  const { variables } = group;
  const [listed] =
    github.organisations
      .get(WORLD.github.organisation)
      ?.credentials.where(({ login, tokenLastEight }) => login === 'bokafor' && tokenLastEight !== undefined) ?? [];
  const theirs = context.mint.all().find((token) => token.endsWith(listed?.tokenLastEight ?? '?'));
  const basic = Buffer.from(`x-access-token:${theirs}`).toString('base64');
  const several = `${context.mint.mint('aws-access-key')} ${context.mint.mint('openai')}`;
  Object.assign(group, {
    variables: {
      ...variables,
      'registry.auth': { value: context.mint.mint('npm') },
      'git.header': { value: `AUTHORIZATION: basic ${basic}` },
      'model.keys': { value: `${several} ${several}` },
    },
  });
  const { part } = await scan();
  Object.assign(group, { variables });
  const found = part.findings.filter(({ resource }) => resource.name === 'Trading Desk/desk-settings');
  assert.deepEqual(found.map(({ title, status, severity }) => `${title}: ${status} ${severity}`).sort(), [
    '1 token of unknown owners in variable registry.auth of variable group desk-settings: manual-action medium',
    '2 tokens of unknown owners in variable model.keys of variable group desk-settings: manual-action medium',
    'A token of bokafor (github-classic) stands in variable git.header of variable group desk-settings: nothing-to-do info',
  ]);
  const together = found.find(({ title }) => title.startsWith('2 tokens'));
  assert.deepEqual(together?.evidence.tokenTypes, ['aws-access-key', 'openai']);
});

test('where GitHub’s lists cannot be read, its tokens stay findings and the scan is tried again', async () => {
  tenant.faults.add({ vendor: 'github', path: /credential-authorizations/, effect: { kind: 'answer', status: 502 } });
  const { ref, part } = await scan();
  assert.equal(part.findings.filter(({ evidence }) => evidence.tokenType === 'github-classic').length, 1);
  assert.notEqual(ref.tryAgainAfterMs, undefined);
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

for (const faultName of VENDOR_FAULTS) {
  test(`${faultName.name} is filed as coverage that says so, and is tried again`, async () => {
    tenant.faults.add({ vendor: 'devops', effect: faultName.effect });
    const { ref, part } = await scan();
    assert.deepEqual(part.findings, []);
    assert.ok(part.coverage.length >= 4 && part.coverage.every((line) => line.state !== 'complete' && line.detail));
    assert.equal(ref.tryAgainAfterMs !== undefined, faultName.kind === 'throttled' || faultName.kind === 'unavailable');
  });
}

const IN_PROJECTS = [
  'environment-machines',
  'pipeline-variables',
  'variable-groups',
  'classic-releases',
  'yaml-files',
  'service-connections',
];

test('a missing scope makes its own source denied, names the scope, and stops nothing else', async () => {
  const denials: readonly (readonly [scope: string, sources: readonly string[]])[] = [
    ['vso.agentpools', ['agents', 'deployment-agents', 'environment-machines']],
    ['vso.build', ['pipeline-variables', 'environment-machines', 'yaml-files', 'service-hooks']],
    ['vso.variablegroups_read', ['variable-groups']],
    ['vso.project', IN_PROJECTS],
    ['vso.tokenadministration', ['tokens', 'ssh-keys']],
    ['vso.code', ['yaml-files']],
    ['vso.release', ['classic-releases']],
    ['vso.serviceendpoint', ['service-connections']],
    ['vso.auditlog', ['audit-log']],
  ];
  for (const [scope, sources] of denials) {
    app.reader.devops.delete(scope);
    const { part } = await scan();
    app.reader.devops.add(scope);
    for (const line of part.coverage.filter((each) => !isStandingLimit(each))) {
      const hit = sources.some((source) => line.source === `azure-devops/${source}:${organisation}`);
      assert.equal(line.state, hit ? 'denied' : 'complete', `${scope} ${line.source}`);
      if (hit) assert.equal(line.missingPermission, scope);
    }
    assert.ok(part.findings.length > 0);
  }
});

test('one project that fails leaves the others’ findings, and the coverage partial', async () => {
  const trading = state.projects.all()[1]?.id ?? '';
  tenant.faults.add({ vendor: 'devops', path: new RegExp(`/${trading}/`), effect: { kind: 'reset' } });
  const { ref, part } = await scan();
  const variables = part.coverage.filter(({ source }) => /variable/.test(source));
  assert.deepEqual(
    variables.map((line) => `${line.state} ${line.looked.count}`),
    ['partial 1', 'partial 1'],
  );
  assert.ok(part.findings.some(({ kind }) => kind === 'token-in-variable-group'));
  assert.equal(ref.tryAgainAfterMs, 0);
});

test('an organisation that shows no pool or no project hides something', async () => {
  const body = JSON.stringify({ count: 0, value: [] });
  const empty = { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body } as const;
  tenant.faults.add({ vendor: 'devops', path: /\/pools\?|\/projects\?/, effect: empty });
  const { part } = await scan();
  const denied = part.coverage.filter((line) => line.state === 'denied').map(({ source }) => source);
  assert.deepEqual(denied, [
    'azure-devops/agents:northwind',
    ...IN_PROJECTS.map((source) => `azure-devops/${source}:northwind`),
  ]);
});

test('a pool, a project, pipelines or a library that lists leave out without a word make their source denied', async () => {
  const [project] = state.projects.all();
  assert.ok(project !== undefined);
  const hidden: readonly (readonly [token: string, scope: string, sources: readonly string[]])[] = [
    [`AgentPools/${WORLD.devops.agent.poolId}`, 'vso.agentpools', ['agents', 'deployment-agents']],
    [`$PROJECT:vstfs:///Classification/TeamProject/${project.id}`, 'vso.project', IN_PROJECTS],
    [project.id, 'vso.build', ['pipeline-variables', 'yaml-files']],
    [`Environments/${project.id}`, 'vso.build', ['environment-machines']],
    [`releases/${project.id}`, 'vso.release', ['classic-releases']],
    [`endpoints/${project.id}`, 'vso.serviceendpoint', ['service-connections']],
    ['PublisherSecurity/c0ffee00-0000-4000-8000-0000000000f1', 'vso.build', ['service-hooks']],
    [`Library/${project.id}`, 'vso.variablegroups_read', ['variable-groups']],
  ];
  for (const [token, scope, sources] of hidden) {
    state.behaviour.unseen.add(token);
    tenant.calls.length = 0;
    const { ref, part } = await scan();
    state.behaviour.unseen.delete(token);
    assert.ok(
      tenant.calls.every(({ status }) => status === 200),
      'nothing is refused',
    );
    for (const line of part.coverage.filter((each) => !isStandingLimit(each))) {
      const hit = sources.some((source) => line.source === `azure-devops/${source}:${organisation}`);
      assert.deepEqual(
        [line.state, line.missingPermission],
        hit ? ['denied', scope] : ['complete', undefined],
        line.source,
      );
    }
    assert.deepEqual([ref.coverage, ref.tryAgainAfterMs], ['denied', undefined]);
  }
});

test('a person whose account is not known yet is looked up before their tokens are called none', async () => {
  const unknown = { ...leaver, devops: [] };
  const { part } = await scan(unknown);
  assert.equal(states(part.coverage)['identity/azure-devops:northwind'], 'complete 3 users');
  assert.ok(part.findings.some(({ kind }) => kind === 'devops-token'));

  app.reader.devops.delete('vso.graph');
  const denied = await scan(unknown);
  app.reader.devops.add('vso.graph');
  const line = denied.part.coverage.find(({ source }) => source === 'identity/azure-devops:northwind');
  assert.deepEqual([line?.state, line?.missingPermission], ['denied', 'vso.graph']);
});

test('every account of the organisation is listed, and one that only may be the leaver’s is not the whole answer', async () => {
  const [own] = leaver.devops;
  assert.ok(own);
  const other = { ...own, descriptor: 'aad.second', confidence: 'likely' } as const;
  const [user] = state.users.where(({ descriptor }) => descriptor === own.descriptor);
  const [token] = state.tokens.where(({ descriptor }) => descriptor === own.descriptor);
  assert.ok(user !== undefined && token !== undefined);
  state.users.add({ ...user, descriptor: other.descriptor, originId: '00000000-1111-4222-8333-555555555555' });
  state.tokens.add({ ...token, authorizationId: 'second-token', descriptor: other.descriptor });
  const listed = async (accounts: Leaver['devops']) => {
    const { part } = await scan({ ...leaver, devops: accounts });
    const tokens = part.findings.filter(({ resource }) => resource.id.endsWith('/second-token'));
    return [tokens.length, part.coverage.find(({ source }) => source === `azure-devops/tokens:${organisation}`)?.state];
  };
  assert.deepEqual(await listed([own, other]), [1, 'complete']);
  assert.deepEqual(await listed([{ ...other, confidence: 'weak' }]), [1, 'partial']);
  state.tokens.delete('second-token');
  state.users.delete(other.descriptor);
});

test('where some user belongs to nobody provable, no tokens were listed is not that there are none', async () => {
  const stranger = parseOid('00000000-1111-4222-8333-444444444444');
  const [user] = state.users.where(({ descriptor }) => descriptor === WORLD.leaver.devopsDescriptor);
  assert.ok(stranger !== undefined && user !== undefined);
  state.users.add({ ...user, descriptor: 'aad.odd', originId: 'not-an-id', principalName: 'odd', mailAddress: 'odd' });
  const who = { ...leaver, oid: stranger, userPrincipalName: 'n@firm.example', mail: 'n@firm.example', devops: [] };
  const { part } = await scan(who);
  state.users.delete('aad.odd');
  for (const what of ['tokens', 'ssh-keys']) {
    const line = part.coverage.find(({ source }) => source === `azure-devops/${what}:${organisation}`);
    assert.equal(line?.state, 'unavailable', what);
    assert.match(line?.detail ?? '', /belong to nobody provable/);
  }
});

/** What is taken for a person's; nobody is asked about names. */
const resolve = (person: Partial<Leaver>) =>
  resolveDevOpsAccounts(openVendors(config), config, { ...leaver, ...person }, NO_NAMES_ASKED);

test('accounts are resolved by object id, and a stranger has none', async () => {
  const { accounts, failures, seen } = await resolve({});
  assert.deepEqual(
    accounts.map(({ descriptor, confidence, evidence }) => [descriptor, confidence, evidence?.at(-1)?.code]),
    [[WORLD.leaver.devopsDescriptor, 'proved', 'P4']],
  );
  assert.deepEqual(
    seen.map(({ id, oid, code }) => [id, oid, code]),
    [[WORLD.leaver.devopsDescriptor, WORLD.leaver.oid, 'P4']],
  );
  assert.deepEqual(failures, []);
  const stranger = parseOid('00000000-1111-4222-8333-444444444444');
  assert.ok(stranger !== undefined);
  const { mail: _, ...others } = leaver;
  const nobody = await resolve({
    ...others,
    oid: stranger,
    userPrincipalName: 'n@firm.example',
    mail: 'n@firm.example',
  });
  assert.deepEqual([nobody.accounts, nobody.coverage[0]?.state, nobody.findings], [[], 'complete', []]);
});

test('a user of the leaver’s name with another’s object id is told, and is nobody’s to cut', async () => {
  const stranger = parseOid('00000000-1111-4222-8333-444444444444');
  assert.ok(stranger !== undefined);
  // Somebody new who was given the UPN of somebody else is not that person.
  const { accounts, coverage, findings } = await resolve({ oid: stranger });
  assert.deepEqual([accounts, coverage[0]?.state], [[], 'complete']);
  assert.deepEqual(
    findings.map(({ kind, status, remedy }) => [kind, status, remedy]),
    [['account-of-another', 'nothing-to-do', undefined]],
  );
  assert.ok(findings[0]?.reason.includes(WORLD.leaver.oid));
});

test('tokens of an account that is only likely the leaver’s wait for a person, and of a weak one nothing is planned', async () => {
  const [account] = leaver.devops;
  assert.ok(account);
  const tokensOf = async (confidence: 'likely' | 'weak') => {
    const { part } = await scan({ ...leaver, devops: [{ ...account, confidence }] });
    const tokens = part.findings.filter(({ kind }) => kind === 'devops-token');
    assert.ok(tokens.length > 0);
    return new Set(tokens.map(({ status, remedy }) => `${status} ${remedy?.risk ?? 'no remedy'}`));
  };
  assert.deepEqual(await tokensOf('likely'), new Set(['awaiting-decision disruptive']));
  assert.deepEqual(await tokensOf('weak'), new Set(['manual-action no remedy']));
});

test('disabling the agent takes it out of service, and the colleague’s stays', async () => {
  const call = remedyOf<'disable-agent'>((await scan()).part, 'disable-agent');
  const before = await disableAgent.read(app.context.vendors, call);
  assert.ok(before.ok && before.value.state === 'present');
  for (const planted of context.mint.all()) assert.ok(!JSON.stringify(before.value.image).includes(planted));

  const acted = await disableAgent.act(app.context.vendors, call);
  assert.ok(acted.ok && acted.value.effect === 'done' && acted.requestId !== undefined);
  assert.deepEqual(await disableAgent.read(app.context.vendors, call), { ok: true, value: { state: 'gone' } });
  assert.ok((await disableAgent.act(app.context.vendors, call)).ok);
  assert.deepEqual(
    state.agents.all().map(({ name, enabled }) => [name, enabled]),
    [
      ['laptop-amoreau', false],
      ['build-amoreau-silva', true],
      ['desk-01', true],
    ],
  );
  const again = (await scan()).part.findings.find(({ kind }) => kind === 'runner-of-leaver');
  assert.deepEqual([again?.status, again?.remedy], ['nothing-to-do', undefined]);
});

test('an agent that is gone counts as cut; one whose pool may not be seen does not', async () => {
  const call = {
    kind: 'disable-agent',
    organisation,
    poolId: WORLD.devops.agent.poolId,
    agentId: 999,
    name: 'gone',
    expected: { name: 'gone', registeredAt: null },
  } as const;
  assert.deepEqual(await disableAgent.read(app.context.vendors, call), { ok: true, value: { state: 'gone' } });
  assert.ok((await disableAgent.act(app.context.vendors, call)).ok);
  assert.equal((await disableAgent.read(app.context.vendors, { ...call, poolId: 99 })).ok, false);
  assert.equal((await disableAgent.act(app.context.vendors, { ...call, poolId: 99 })).ok, false);
});

test('a revoked token is queued, stands while the service still lists it as valid, and is gone afterwards', async () => {
  const call = remedyOf<'revoke-devops-token'>((await scan()).part, 'revoke-devops-token');
  state.behaviour.revocationDelayMs = 3_600_000;
  const acted = await revokeDevOpsToken.act(app.context.vendors, call);
  assert.ok(acted.ok && acted.value.effect === 'queued');
  const meanwhile = await revokeDevOpsToken.read(app.context.vendors, call);
  assert.ok(meanwhile.ok && meanwhile.value.state === 'present');
  state.behaviour.revocationDelayMs = 0;
  assert.deepEqual(await revokeDevOpsToken.read(app.context.vendors, call), { ok: true, value: { state: 'gone' } });
  const revoked = state.tokens.where((token) => token.revokedAt !== undefined);
  assert.deepEqual(
    revoked.map(({ authorizationId }) => authorizationId),
    [call.authorizationId],
  );
});

test('a token list that breaks off does not prove that a token is gone', async () => {
  state.behaviour.pageSize = 1;
  tenant.faults.add({ vendor: 'devops', path: /continuationToken=/, effect: { kind: 'truncate' } });
  const call = {
    kind: 'revoke-devops-token',
    organisation,
    descriptor: WORLD.leaver.devopsDescriptor,
    authorizationId: 'not-on-the-first-page',
    expected: { owner: null },
  } as const;
  assert.equal((await revokeDevOpsToken.read(app.context.vendors, call)).ok, false);
  state.behaviour.pageSize = 1_000;
});

function remedyOf<K extends RemedyCall['kind']>(part: StepResult, kind: K): Extract<RemedyCall, { readonly kind: K }> {
  const call = part.findings.map(({ remedy }) => remedy?.call).find((one) => one?.kind === kind);
  assert.ok(call !== undefined);
  return call as Extract<RemedyCall, { readonly kind: K }>;
}

for (const [blockedBy, state] of [
  [undefined, 'partial'],
  [{ person: 'User.Read.All' }, 'denied'],
] as const) {
  test(`where no name of the person is known (${blockedBy?.person ?? 'they are gone'}), the agents’ line is ${state} and says so`, async () => {
    const { userPrincipalName: _, ...nameless } = leaver;
    const { part } = await scan({ ...nameless, github: [], ...(blockedBy === undefined ? {} : { blockedBy }) });
    const line = part.coverage.find(({ source }) => source === `azure-devops/agents:${organisation}`);
    assert.deepEqual([line?.state, line?.missingPermission], [state, blockedBy?.person]);
    assert.match(line?.detail ?? '', /No name of the person is known/);
  });
}
