import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../../../src/cases/finding.ts';
import { findingId } from '../../../../../src/cases/stable-id.ts';
import {
  stopsWithoutRunner,
  stopsWithoutVariable,
  stopsWithToken,
  stopsWithWorkflow,
} from '../../../../../src/steps/runner-credentials/rules/github/workflows/what-stops.ts';
import type { WorkflowUse } from '../../../../../src/steps/runner-credentials/rules/github/workflows/workflow-use.ts';

const [organisation, repository] = ['Acme', 'Pay'];
const use = (path: string, more: Partial<WorkflowUse> = {}): WorkflowUse => ({
  ...{ kind: 'github-workflow', organisation, repository, path, url: `https://github.com/${path}` },
  ...{ variables: [], anyVariable: false, ownVariables: [], environments: [], runsOn: [], anyRunner: false },
  ...{ events: [], crons: [], calls: [], ...more },
});
const stops = (path: string, where = `${organisation}/${repository}`) => ({
  what: `${where}/${path}`,
  link: `https://github.com/${path}`,
});
const may = (path: string) => ({ ...stops(path), perhaps: true });
const ELSEWHERE = [use('web', { repository: 'web' }), use('labs', { organisation: 'labs' })];

test('a variable stops what names it where it stands, and what computes the name may stop', () => {
  const uses = [
    use('names', { variables: ['PAT'] }),
    use('own', { variables: ['PAT'], ownVariables: ['PAT'] }),
    use('computes', { anyVariable: true }),
    use('other', { variables: ['OTHER'] }),
    use('web', { repository: 'web', variables: ['PAT'] }),
    use('labs', { organisation: 'labs', variables: ['PAT'] }),
    { kind: 'no-workflow' },
  ];
  const without = (scope: Parameters<typeof stopsWithoutVariable>[0]) => stopsWithoutVariable(scope, 'pat', uses);
  assert.deepEqual(without({ type: 'organisation', organisation: 'aCME' }), [
    stops('names'),
    may('computes'),
    stops('web', 'Acme/web'),
  ]);
  assert.deepEqual(without({ type: 'repository', organisation: 'acme', repository: 'pAY' }), [
    stops('names'),
    stops('own'),
    may('computes'),
  ]);
});

test('a variable of an environment stops what runs in it, whatever its capitals, and what may run in it', () => {
  const uses = [
    use('live', { variables: ['PAT'], environments: ['live'] }),
    use('test', { variables: ['PAT'], environments: ['test'] }),
    use('computed', { variables: ['PAT'], environments: null }),
    use('web', { repository: 'web', variables: ['PAT'], environments: ['live'] }),
  ];
  const scope = { type: 'environment', organisation, repository, environment: 'LIVE' } as const;
  assert.deepEqual(stopsWithoutVariable(scope, 'PAT', uses), [stops('live'), stops('computed')]);
});

test('a workflow that ends takes with it what starts it and what calls it, in its own repository', () => {
  const own = { events: ['push'], crons: ['0 3 * * *'] };
  const uses = [
    use('a.yml', own),
    use('caller.yml', { calls: ['x.yml', 'a.yml'], events: ['push'] }),
    use('other.yml', { calls: ['b.yml'], ...own }),
    use('a.yml', { ...own, repository: 'web' }),
    use('a.yml', { ...own, organisation: 'labs' }),
  ];
  assert.deepEqual(stopsWithWorkflow({ organisation: 'acme', repository: 'pay', path: 'a.yml' }, uses), [
    { ...stops('a.yml'), what: 'Acme/Pay/a.yml on push' },
    { ...stops('a.yml'), what: 'Acme/Pay/a.yml at 0 3 * * *' },
    stops('caller.yml'),
  ]);
});

test('a runner stops what asks for its own label, and may stop what asks for any machine', () => {
  const uses = [
    use('own', { runsOn: [['ubuntu-24.04'], ['self-hosted', 'gpu']] }),
    use('any', { runsOn: [['ubuntu-24.04'], ['self-hosted', 'linux']] }),
    use('kind', { runsOn: [['linux']] }),
    use('one-of-two', { runsOn: [['gpu', 'big']] }),
    use('computes', { anyRunner: true }),
    use('hosted', { runsOn: [['ubuntu-24.04']] }),
    use('none'),
    use('both', { runsOn: [['self-hosted'], ['gpu']] }),
    use('either', { runsOn: [['linux'], ['self-hosted']] }),
  ];
  const expected = [stops('own'), may('any'), may('computes'), stops('both'), may('either')];
  const labels = ['Self-Hosted', 'Linux', 'GPU'];
  assert.deepEqual(stopsWithoutRunner({ organisation: 'acme' }, labels, uses), expected);
  assert.deepEqual(stopsWithoutRunner({ organisation, repository: 'pay' }, labels, [...uses, ...ELSEWHERE]), expected);
  const shared = ELSEWHERE.map((each) => ({ ...each, anyRunner: true }));
  assert.deepEqual(stopsWithoutRunner({ organisation }, labels, shared), [
    { ...stops('web', 'Acme/web'), perhaps: true },
  ]);
});

test('a token stops wherever it stands, and with it the workflows whose file holds it', () => {
  const place = (type: string, id: string, sha256: string, more: Partial<Finding> = {}): Finding => ({
    id: findingId('runner-credentials', 'token', id),
    ...{ step: 'runner-credentials', kind: 'token', title: 'x', severity: 'high', status: 'manual-action' },
    ...{ reason: 'x', evidence: { sha256 }, resource: { system: 'github', type, id, url: `https://x.example/${id}` } },
    ...more,
  });
  const variable = place('repository-variable', 'Acme/Pay#PAT', 'aa');
  const file = place('workflow-file', 'Acme/Pay/a.yml', 'aa');
  const unlinked = place('agent', 'pool', 'aa', { resource: { system: 'azure-devops', type: 'agent', id: 'pool' } });
  const findings = [
    variable,
    file,
    unlinked,
    place('workflow-file', 'Acme/Pay/b.yml', 'bb'),
    place('workflow-file', 'Acme/Pay/c.yml', 'aa', { status: 'nothing-to-do' }),
    place('ci-file', 'Acme/Pay/d.yml', 'aa'),
  ];
  const uses = ['a.yml', 'b.yml', 'c.yml', 'd.yml'].map((path) => use(path));
  assert.deepEqual(stopsWithToken('aa', { findings, uses }), [
    { what: 'Acme/Pay#PAT', finding: variable.id, link: 'https://x.example/Acme/Pay#PAT' },
    { what: 'Acme/Pay/a.yml', finding: file.id, link: 'https://x.example/Acme/Pay/a.yml' },
    { what: 'pool', finding: unlinked.id },
    { what: 'Acme/Pay/d.yml', finding: findings[5]?.id, link: 'https://x.example/Acme/Pay/d.yml' },
    stops('a.yml'),
  ]);
});
