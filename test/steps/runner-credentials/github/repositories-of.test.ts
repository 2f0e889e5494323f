import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repositoriesOf } from '../../../../src/steps/runner-credentials/rules/github/repositories-of.ts';
import {
  ciFilePlace,
  variablePlace,
  workflowPlace,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';

const API = 'https://api.github.com';
const [organisation, repository] = ['Acme', 'Api.v2'];
const path = '.github/workflows/ci.yml';
const TOKEN = { name: 'TOKEN' };

const IDS: Readonly<Record<string, string>> = {
  'a variable of the repository': variablePlace({ type: 'repository', organisation, repository }, TOKEN, API).id,
  'a variable of an environment': variablePlace(
    { type: 'environment', organisation, repository, environment: 'EU west of here' },
    TOKEN,
    API,
  ).id,
  'a workflow file': workflowPlace({ organisation, repository, path }, API).id,
  'another file': ciFilePlace({ organisation, repository, path: 'docker/compose of mine.yml' }, API).id,
  'a runner': `${organisation}/${repository}/runners/7`,
  'a workflow': `${organisation}/${repository}/workflows/7`,
  'the repository itself': `${organisation}/${repository}`,
};

for (const [what, id] of Object.entries(IDS)) {
  test(`${what} names its repository, whatever its spelling`, () => {
    assert.ok(repositoriesOf([id], 'aCME').has('api.v2'), id);
  });
}

test('what is another organisation’s, or the organisation’s own, names none', () => {
  const ids = ['acme-labs/api#TOKEN', variablePlace({ type: 'organisation', organisation }, TOKEN, API).id, '7101'];
  assert.deepEqual([...repositoriesOf(ids, organisation)], []);
});
