import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../../src/cases/finding.ts';
import { isTokenOf } from '../../../../src/steps/runner-credentials/rules/azure-devops/devops-token.ts';
import {
  azureFileResource,
  capabilityPlace,
  pipelineVariablePlace,
  yamlPlace,
} from '../../../../src/steps/runner-credentials/rules/azure-devops/token-places.ts';
import { finding } from '../../../report/sample-case.ts';
import { AGENT, FILE, WEB, WHERE } from './azure-devops-world.ts';

test('the environment of an agent is a place that its agent names', () => {
  const place = {
    kind: 'token-in-capability',
    resource: WHERE,
    id: 'acme/pools/1/agents/5#GH_TOKEN',
    words: 'the environment of agent laptop',
    whose: { variable: 'GH_TOKEN', container: { what: 'agent', names: ['laptop'] }, onLeaversMachine: false },
    status: 'manual-action',
    cleanUp: 'Remove it from the agent’s environment and restart the agent, or wipe the machine.',
    evidence: { agentStatus: 'online', enabled: true, snapshotSince: '2026-02-02' },
  };
  const agent = { ...AGENT, statusChangedOn: '2026-02-02' };
  assert.deepEqual(capabilityPlace(WHERE, agent, 'GH_TOKEN', false), place);
  const silent = { ...AGENT, status: undefined, statusChangedOn: undefined };
  assert.deepEqual(capabilityPlace(WHERE, silent, 'GH_TOKEN', false).evidence, {
    ...{ agentStatus: null, enabled: true, snapshotSince: null },
  });
});

test('a variable of a release pipeline is a place of its own, with whoever wrote the pipeline', () => {
  const holder = {
    ...({ kind: 'token-in-pipeline-variable', what: 'release pipeline', name: 'ship', resource: WHERE } as const),
    ...{ writtenBy: ['aad.mine'], lastEditedBy: ['ana@corp.example'], evidence: { secret: false } },
  };
  assert.deepEqual(pipelineVariablePlace(holder, 'PAT'), {
    kind: 'token-in-pipeline-variable',
    resource: WHERE,
    id: `${WHERE.id}#PAT`,
    words: 'variable PAT of release pipeline ship',
    whose: {
      variable: 'PAT',
      container: { what: 'release pipeline', names: ['ship'] },
      ...{ writtenBy: ['aad.mine'], lastEditedBy: ['ana@corp.example'] },
    },
    status: 'manual-action',
    cleanUp:
      'Delete the variable, or put a secret of a service in its place; the old value stays in the history of release pipeline ship.',
    evidence: { secret: false },
  });
});

test('a file is found in its branch, and is another one there', () => {
  assert.deepEqual(azureFileResource('acme', WEB, { ...FILE, path: 'ci/a b.yml', branch: 'fix/a' }), {
    system: 'azure-devops',
    type: 'pipeline-file',
    id: 'acme/p/r/fix/a:ci/a b.yml',
    name: 'ci/a b.yml',
    url: `${WEB}/acme/Pay%20Team/_git/api?path=%2Fci%2Fa%20b.yml&version=GBfix%2Fa`,
  });
  const { whose, id, kind } = yamlPlace('acme', WEB, FILE);
  assert.deepEqual(
    [whose, id, kind],
    [{ container: { what: 'pipeline file', names: ['ci.yml', 'api'] } }, 'acme/p/r/ci.yml', 'token-in-workflow'],
  );
});

const token = (system: Finding['resource']['system'], id: string, tokenType: string): Finding =>
  finding('runner-credentials', 'token', id, { resource: { system, type: 'x', id }, evidence: { tokenType } });
const OPENS: readonly (readonly [system: Finding['resource']['system'], id: string, type: string, opens: boolean])[] = [
  ['azure-devops', 'acme/pools/1', 'azure-devops', true],
  ['azure-devops', 'other/acme/', 'azure-devops', false],
  ['azure-devops', 'acme', 'azure-devops-legacy', false],
  ['github', 'other/acme/', 'azure-devops-legacy', true],
  ['azure-devops', 'acme/pools/1', 'npm', false],
];
for (const [system, id, type, opens] of OPENS) {
  test(`a token (${type}) at ${id} of ${system} ${opens ? 'may open' : 'is none of'} acme`, () => {
    assert.equal(isTokenOf('acme', token(system, id, type)), opens);
  });
}
