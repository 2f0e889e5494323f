import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { isStandingLimit } from '../../../../src/cases/coverage/coverage.ts';
import { VENDOR_FAULTS } from '../../../support/faults.ts';
import { organisation, type ScanDevopsWorld, startScanDevops } from './scan-devops-world.ts';

let state: ScanDevopsWorld['state'];
let app: ScanDevopsWorld['app'];
let tenant: ScanDevopsWorld['tenant'];
let leaver: ScanDevopsWorld['leaver'];
let scan: ScanDevopsWorld['scan'];
before(async () => {
  ({ state, app, tenant, leaver, scan } = await startScanDevops());
});
after(() => app.stop());
afterEach(() => tenant.faults.clear());

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
