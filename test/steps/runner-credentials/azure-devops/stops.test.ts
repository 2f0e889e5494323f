import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { Use } from '../../../../src/cases/remedies/use.ts';
import {
  behindDevOpsPlace,
  stopsWithoutAgent,
  stopsWithoutConnection,
} from '../../../../src/steps/runner-credentials/rules/azure-devops/what-stops.ts';
import { finding } from '../../../report/sample-case.ts';

const WEB = 'https://dev.azure.com/acme';
const pipeline = (name: string, more: object = {}): Use => ({
  ...{ kind: 'azure-devops-pipeline', organisation: 'acme', id: `acme/${name}`, name, url: `${WEB}/${name}` },
  ...{ poolIds: [], byFile: false, groupIds: [] },
  ...more,
});
const release = (name: string, more: object = {}): Use => ({
  ...{ kind: 'azure-devops-release', organisation: 'acme', id: `acme/${name}`, name, url: `${WEB}/${name}` },
  ...{ groupIds: [5] },
  ...more,
});
const pool = (more: object = {}): Use => ({
  ...{ kind: 'azure-devops-pool', organisation: 'acme', poolId: 7, name: 'Default', deployment: false, enabled: 1 },
  ...more,
});
const told = (name: string) => ({ what: `${name} (acme/${name})`, link: `${WEB}/${name}` });
const perhaps = (impact: object) => ({ ...impact, perhaps: true as const });
const at = (type: string, id: string, system: Finding['resource']['system'] = 'azure-devops'): Finding =>
  finding('runner-credentials', 'token', id, { resource: { system, type, id } });

const [here, byFile] = [pipeline('here', { poolIds: [7] }), pipeline('byFile', { poolIds: [7], byFile: true })];
const elsewhere = pipeline('elsewhere', { poolIds: [9], byFile: true });
const notKnown = (pipelines: string, where: string) =>
  perhaps({ what: `${pipelines} in YAML of acme that may run in ${where} (not known which)` });

const AGENTS: readonly (readonly [what: string, uses: readonly Use[], stops: readonly object[]])[] = [
  ['the only agent that takes jobs', [here, pool()], [told('here')]],
  ['an agent of a pool in which none takes jobs', [here, pool({ enabled: 0 })], [told('here')]],
  ['one of two', [here, pool({ enabled: 2 })], [perhaps(told('here'))]],
  ['one that a file sends to', [byFile, pool()], [perhaps(told('byFile'))]],
  ['one of a pool that is not known', [here], [perhaps(told('here'))]],
  ['one beside a pool of that number elsewhere', [here, pool({ organisation: 'other' })], [perhaps(told('here'))]],
  ['one beside another pool', [here, pool({ poolId: 8 })], [perhaps(told('here'))]],
  [
    'one that files may name',
    [elsewhere, byFile, { ...elsewhere, id: 'acme/2' }, pool()],
    [perhaps(told('byFile')), notKnown('2 pipelines', 'pool Default (id 7)')],
  ],
  ['one of a pool without a name', [elsewhere], [notKnown('1 pipeline', 'the pool with id 7')]],
  ['one whose pipelines run elsewhere by their page', [pipeline('other', { poolIds: [9] }), pool()], []],
  [
    'one that is deployed to',
    [here, pool({ deployment: true })],
    [perhaps({ what: 'releases that deploy to pool Default (id 7) of acme (not known which)' })],
  ],
];
for (const [what, uses, stops] of AGENTS) {
  test(`disabling ${what} stops ${stops.length === 0 ? 'nothing' : 'what runs there'}`, () => {
    assert.deepEqual(stopsWithoutAgent({ organisation: 'acme', poolId: 7 }, uses), stops);
  });
}

const withGroup = pipeline('withGroup', { groupIds: [4, 5] });
const PLACES: readonly (readonly [what: string, place: Finding, stops: readonly object[]])[] = [
  ['an agent', at('agent', 'acme/pools/7/agents/31'), [told('here')]],
  ['a variable group', at('variableGroup', 'acme/variablegroups/5'), [told('withGroup'), told('release')]],
  ['another group', at('variableGroup', 'acme/variablegroups/6'), []],
  ['a group of another organisation', at('variableGroup', 'other/variablegroups/5'), [told('far')]],
  ['a pipeline', at('pipeline', 'acme/variablegroups/5'), []],
  ['a place of GitHub', at('variableGroup', 'acme/variablegroups/5', 'github'), []],
];
for (const [what, place, stops] of PLACES) {
  test(`behind a token in ${what} stands what takes it from there`, () => {
    const uses = [here, withGroup, release('release'), release('far', { organisation: 'other' }), pool()];
    assert.deepEqual(behindDevOpsPlace(place, [...uses, release('none', { groupIds: [] })]), stops);
  });
}

test('files may use a variable group that their page does not name', () => {
  assert.deepEqual(behindDevOpsPlace(at('variableGroup', 'acme/variablegroups/5'), [elsewhere]), [
    perhaps({ what: '1 pipeline in YAML of acme that may use variable group 5 (not known which)' }),
  ]);
});

test('what used a connection is told once, with its link, and as well where its record does not name it', () => {
  const use = (more: object = {}): Use => ({
    ...{ kind: 'azure-devops-connection', organisation: 'acme', connectionId: 'c1', definitionId: 11, name: 'nightly' },
    ...more,
  });
  const uses = [
    pool(),
    use({ url: `${WEB}/11` }),
    use({ name: 'weekly', definitionId: null }),
    use({ name: null }),
    use({ connectionId: 'c2', name: 'another connection' }),
    use({ organisation: 'other', name: 'another organisation' }),
  ];
  assert.deepEqual(stopsWithoutConnection('acme', 'c1', uses), [
    perhaps({ what: 'nightly (pipeline 11)', link: `${WEB}/11` }),
    perhaps({ what: 'weekly (pipeline ?)' }),
    perhaps({ what: 'a pipeline that its record does not name' }),
  ]);
});
