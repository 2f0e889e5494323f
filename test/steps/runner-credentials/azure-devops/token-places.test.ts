import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  azureFileResource,
  capabilityPlace,
  pipelineVariablePlace,
  yamlPlace,
} from '../../../../src/steps/runner-credentials/rules/azure-devops/token-places.ts';
import { AGENT, FILE, WEB, WHERE } from './azure-devops-world.ts';

test('places in Azure DevOps say where a token stands and who can clean it up', () => {
  const capability = capabilityPlace(WHERE, AGENT, 'GH_TOKEN', true);
  assert.deepEqual(
    [capability.kind, capability.words, capability.whose.onLeaversMachine, capability.status],
    ['token-in-capability', 'the environment of agent laptop', true, 'manual-action'],
  );
  const holder = {
    ...({
      kind: 'token-in-variable-group',
      what: 'variable group',
      name: 'keys',
      resource: WHERE,
      evidence: {},
    } as const),
    ...{ writtenBy: ['aad.mine'], lastEditedBy: [] },
  };
  const variable = pipelineVariablePlace(holder, 'PAT');
  assert.equal(variable.words, 'variable PAT of variable group keys');
  assert.deepEqual([variable.whose.writtenBy, variable.id], [['aad.mine'], `${WHERE.id}#PAT`]);
  const file = yamlPlace('acme', WEB, FILE);
  assert.deepEqual([file.words, file.status], ['ci.yml of acme/Pay Team/api', 'needs-code-change']);
  const named = azureFileResource('acme', WEB, FILE);
  assert.equal(named.url, `${WEB}/acme/Pay%20Team/_git/api?path=%2Fci.yml`);
  const branch = azureFileResource('acme', WEB, { ...FILE, branch: 'dev' });
  assert.notEqual(branch.id, named.id);
  assert.match(branch.url ?? '', /&version=GBdev$/);
});
