import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becauseOf, coverageOf, coverageOfList } from '../../../src/cases/coverage/coverage-of.ts';

const denied = { kind: 'denied', message: 'It answered 403.', missingPermission: 'read' };
const throttled = { kind: 'throttled', message: 'It answered 429.' };
const some = { asked: 3, count: 2, unit: 'keys' };
const none = { ...some, count: 0 };

test('what nothing kept us from reading is complete, with what a reader should know of it', () => {
  assert.deepEqual(coverageOf('a/b', some), { source: 'a/b', state: 'complete', looked: some });
  assert.equal(coverageOf('a/b', some, [undefined], 'Names only.').detail, 'Names only.');
});

for (const [what, looked, failures, state, detail] of [
  ['a refusal', none, [denied], 'denied', 'It answered 403.'],
  [
    'a refusal beside other failures',
    some,
    [throttled, denied],
    'denied',
    'It answered 403. 1 other read failed as well.',
  ],
  ['a failure after some were read', some, [throttled], 'partial', 'It answered 429.'],
  ['a failure before anything was read', none, [throttled], 'unavailable', 'It answered 429.'],
  ['several', none, [throttled, throttled, throttled], 'unavailable', 'It answered 429. 2 other reads failed as well.'],
] as const) {
  test(`${what} makes the line ${state}`, () => {
    const line = coverageOf('a/b', looked, failures, 'A note.');
    assert.deepEqual([line.state, line.looked, line.detail], [state, looked, detail]);
    assert.equal(line.missingPermission, state === 'denied' ? 'read' : undefined);
  });
}

test('only a refusal names a permission', () => {
  assert.equal(coverageOf('a/b', some, [{ ...throttled, missingPermission: 'read' }]).missingPermission, undefined);
  const { missingPermission: _, ...unnamed } = denied;
  assert.equal('missingPermission' in coverageOf('a/b', some, [unnamed]), false);
});

test('a list counts what it holds, whichever way its vendor tells of failures', () => {
  const items = ['one', 'two'];
  assert.deepEqual(coverageOfList('a/b', 'keys', { items }).looked, { count: 2, unit: 'keys' });
  assert.equal(coverageOfList('a/b', 'keys', { items, failure: throttled }).state, 'partial');
  assert.equal(coverageOfList('a/b', 'keys', { items: [], failures: [throttled, denied] }).state, 'denied');
});

test('a line that says nothing for a refusal elsewhere is denied for the same reason', () => {
  const line = coverageOf('a/b', none, [throttled]);
  assert.equal(becauseOf(undefined, line), line);
  assert.deepEqual(becauseOf('read', line), { ...line, state: 'denied', missingPermission: 'read' });
});
