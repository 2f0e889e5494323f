import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { seedLeftBehind } from '../../../../local/tenant/devops/seeds/seed-left-behind.ts';
import { type DevOpsState, REPOSITORY } from '../../../../local/tenant/devops/state/state.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { type Coverage, isGap } from '../../../../src/cases/coverage/coverage.ts';
import type { StepResult } from '../../../../src/cases/step-result.ts';
import { type LeftBehindWorld, of, organisation, startLeftBehind } from './left-behind-world.ts';

let context: LeftBehindWorld['context'];
let state: LeftBehindWorld['state'];
let app: LeftBehindWorld['app'];
let tenant: LeftBehindWorld['tenant'];
let platform: LeftBehindWorld['platform'];
let scan: LeftBehindWorld['scan'];
before(async () => {
  ({ context, state, app, tenant, platform, scan } = await startLeftBehind());
});
after(() => app.stop());
beforeEach(() => seedLeftBehind(state));
afterEach(() => tenant.faults.clear());

const author = { id: 'x', displayName: 'x', uniqueName: 'x@northwind.example', descriptor: 'aad.x' };

const lineOf = ({ coverage }: StepResult, what: string): Coverage => {
  const line = coverage.find(({ source }) => source === `azure-devops/${what}:${organisation}`);
  assert.ok(line !== undefined, what);
  return line;
};
const add = <K extends 'files' | 'definitions' | 'audit' | 'agents' | 'machines'>(
  where: K,
  row: Parameters<DevOpsState[K]['add']>[0],
): void => void state[where].add(row as never);

test('a machine of the leaver’s in an environment is found with the tokens that it publishes', async () => {
  const token = context.mint.mint('github-classic');
  add('agents', {
    id: 62,
    poolId: 19,
    name: 'laptop-amoreau-2',
    version: '4.258.1',
    osDescription: 'Linux',
    enabled: true,
    status: 'online',
    createdOn: '2026-02-01T09:00:00Z',
    statusChangedOn: '2026-02-01T09:00:00Z',
    systemCapabilities: { USER: 'alex.moreau', HOME: '/home/alex.moreau', GH_TOKEN: token },
  });
  add('machines', { id: 2, environmentId: 5, name: 'laptop-amoreau-2', agentId: 62 });
  const part = await scan();
  const mine = of(part, 'runner-of-leaver').find(({ resource }) => resource.id.endsWith('/pools/19/agents/62'));
  assert.equal(mine?.remedy?.call.kind, 'disable-agent');
  assert.match(mine?.resource.url ?? '', /_environments\/5/);
  assert.ok(of(part, 'token-in-capability').some(({ resource }) => resource.id.endsWith('/pools/19/agents/62')));
  assert.equal(lineOf(part, 'environment-machines').looked.count, 2);
  // Its agent is not in the pool's list: nobody looked at it.
  add('machines', { id: 2, environmentId: 5, name: 'laptop-amoreau-2', agentId: 99 });
  const partial = lineOf(await scan(), 'environment-machines');
  assert.equal(partial.state, 'partial');
  assert.match(partial.detail ?? '', /has 2 machines, and the agents of 1 of them/);
  state.machines.delete('2');
  state.agents.delete('19/62');
});

test('tokens of classic releases and of YAML files are found, templates followed, and code of the leaver’s told', async () => {
  const [first, second, third] = [1, 2, 3].map(() => context.mint.mint('github-classic'));
  state.releases.add({
    id: 9,
    projectId: platform.id,
    name: 'legacy',
    createdBy: author,
    modifiedBy: author,
    variables: { GH: { value: first ?? '' }, hidden: { value: 'x', isSecret: true } },
    stages: [{ name: 'live', variables: { GH: { value: second ?? '' } } }],
  });
  add('definitions', {
    id: 77,
    projectId: platform.id,
    name: 'templated',
    path: '\\',
    authoredBy: author,
    createdDate: '2026-02-01T09:00:00Z',
    variables: {},
  });
  const text = `resources:\n  repositories:\n    - repository: t\n      type: github\n      name: ${WORLD.leaver.githubLogin}/templates\nsteps:\n  - template: common/build.yml\n`;
  add('files', { repositoryId: REPOSITORY, branch: 'main', path: 'pipelines/77.yml', text });
  add('files', {
    repositoryId: REPOSITORY,
    branch: 'main',
    path: 'pipelines/common/build.yml',
    text: `env:\n  T: ${third}\n`,
  });
  const part = await scan();
  const told = JSON.stringify(of(part, 'unowned-tokens'));
  for (const place of ['variable GH of release pipeline legacy', '(stage live)', 'pipelines/common/build.yml']) {
    assert.ok(told.includes(place), `${place} in ${told}`);
  }
  const [code] = of(part, 'runs-leavers-code');
  assert.deepEqual([code?.resource.type, code?.status], ['pipeline-file', 'needs-code-change']);
  assert.match(lineOf(part, 'classic-releases').detail ?? '', /1 secret value/);
  // A file of GitHub's is GitHub's source; the line says that it is none of these.
  state.definitions.patch('77', { repositoryType: 'GitHub' });
  assert.match(lineOf(await scan(), 'yaml-files').detail ?? '', /1 pipeline more lies in GitHub or elsewhere/);
  state.definitions.delete('77');
  state.releases.delete('9');
});

for (const status of [400, 403, 404, 409] as const) {
  test(`files of disabled repositories, answered ${status}, are not read and the line says so; what else is read stays`, async () => {
    const [calm, line] = [await scan(), (part: StepResult) => lineOf(part, 'yaml-files')];
    assert.ok(line(calm).looked.count > 0);
    state.behaviour.disabledRepositories = status;
    const part = await scan();
    delete state.behaviour.disabledRepositories;
    assert.notEqual(line(part).state, 'complete');
    assert.deepEqual([line(part).looked.count, line(part).looked.asked], [0, line(calm).looked.asked]);
    assert.match(line(part).detail ?? '', /GitRepositoryDisabledException/);
    const others = ({ coverage }: StepResult) =>
      coverage
        .filter(({ source }) => !source.includes('yaml-files'))
        .map(({ source, state: how }) => `${source} ${how}`);
    assert.deepEqual(others(part), others(calm));
  });
}

test('an audit log that is off says so, and one that is on tells who registered an agent', async () => {
  state.behaviour.auditing = 'off';
  const off = lineOf(await scan(), 'audit-log');
  state.behaviour.auditing = 'on';
  assert.deepEqual([off.state, off.why], ['not-examined', 'not-configured']);
  assert.match(off.detail ?? '', /auditing is off: turn it on/);
  const at = new Date(Date.now() - 20 * 86_400_000).toISOString();
  state.agents.patch('19/61', { createdOn: at });
  add('audit', {
    id: 'c0ffee00-0000-4000-8000-0000000000a2',
    actionId: 'Library.AgentAdded',
    timestamp: at,
    actorUserId: WORLD.leaver.devopsStorageKey,
    actorUPN: WORLD.leaver.userPrincipalName,
    data: { AgentName: 'desk-01', AgentPoolName: '19' },
  });
  const part = await scan();
  const machine = of(part, 'runner-named-after-leaver').find(({ resource }) => resource.name === 'desk-01');
  assert.match(String(machine?.evidence.signs), /medium: the leaver’s account registered it/);
  assert.equal(machine?.remedy, undefined);
  // Pages are followed to their end, and the page that is named behind it is not asked for.
  state.behaviour.pageSize = 1;
  assert.deepEqual(
    [lineOf(await scan(), 'audit-log').state, lineOf(await scan(), 'audit-log').looked.count],
    ['complete', 2],
  );
  state.behaviour.pageSize = 1_000;
});

test('a page to sign in on is no answer, and an answer that asks for a pause is one', async () => {
  const hosts = [
    /_apis\/release/,
    /_apis\/serviceendpoint/,
    /_apis\/hooks/,
    /_apis\/audit/,
    /_apis\/git/,
    /_apis\/graph\/membership/,
    /environments/,
  ];
  for (const path of hosts) {
    const headers = { 'content-type': 'text/html' };
    tenant.faults.add({
      vendor: 'devops',
      path,
      effect: { kind: 'answer', status: 203, headers, body: '<html></html>' },
    });
    const { coverage } = await scan();
    tenant.faults.clear();
    assert.ok(
      coverage.some(({ state: how }) => how === 'denied'),
      String(path),
    );
  }
  state.behaviour.slowDownSeconds = 0.5;
  const calm = await scan();
  delete state.behaviour.slowDownSeconds;
  assert.deepEqual(calm.coverage.filter(isGap), []);
});
