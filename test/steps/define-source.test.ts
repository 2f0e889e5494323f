import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  defineSource,
  NEEDS,
  noInterface,
  notRead,
  permissionsOf,
  SCOPES,
  scopesOf,
} from '../../src/steps/define-source.ts';

test('a source needs what it rests on as well, each once', () => {
  const below = defineSource({
    ...{ id: 'a/below', holds: 'x', examined: 'always', scope: 'GITHUB_ORGANISATIONS' },
    permissions: ['p', 'q'],
  });
  const above = defineSource({
    ...{ id: 'a/above', holds: 'x', examined: 'always', needs: 'DENY_LIST_NAMED_VALUES' },
    ...{ permissions: ['q', 'r'], restsOn: [below, below] },
  });
  assert.deepEqual(permissionsOf(above), ['p', 'q', 'r']);
  assert.deepEqual(scopesOf(above), ['DENY_LIST_NAMED_VALUES', 'GITHUB_ORGANISATIONS']);
  assert.deepEqual(permissionsOf(below), ['p', 'q']);
});

test('what nobody reads says why, and where it would be', () => {
  const [unread] = notRead('github', [['x', 'what', 'Why.']], 'GITHUB_ORGANISATIONS');
  assert.deepEqual(unread, {
    ...{ id: 'github/x', holds: 'what', permissions: [], scope: 'GITHUB_ORGANISATIONS' },
    examined: { not: 'not-read-by-this-version', why: 'Why.' },
  });
  assert.equal(notRead('gateway', [['x', 'what', 'Why.']], NEEDS[0])[0]?.needs, NEEDS[0]);
  const [limit] = noInterface('mcp', [['x', 'what', 'Why.']]);
  assert.deepEqual([limit?.examined, limit?.scope], [{ not: 'no-interface', why: 'Why.' }, undefined]);
  assert.equal(SCOPES.length, 3);
});
