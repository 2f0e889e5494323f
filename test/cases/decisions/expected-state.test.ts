import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesSince, type ExpectedState } from '../../../src/cases/decisions/expected-state.ts';
import { fc } from '../../support/properties.ts';

const PLANNED: ExpectedState = { subject: 'repo:amoreau/api:ref:refs/heads/main', scopes: ['a', 'b'], enabled: true };

for (const [what, now, told] of [
  ['nothing changed', PLANNED, []],
  [
    'a fact changed in place',
    { ...PLANNED, subject: 'repo:corp/api:ref:refs/heads/main' },
    ['subject was “repo:amoreau/api:ref:refs/heads/main”, is now “repo:corp/api:ref:refs/heads/main”'],
  ],
  ['a list lost one', { ...PLANNED, scopes: ['a'] }, ['scopes was “a, b”, is now “a”']],
  ['a list got another order', { ...PLANNED, scopes: ['b', 'a'] }, ['scopes was “a, b”, is now “b, a”']],
  ['a fact is gone', { subject: PLANNED.subject, scopes: PLANNED.scopes }, ['enabled was “true”, is now not set']],
  ['a fact came', { ...PLANNED, owner: 7 }, ['owner was not set, is now “7”']],
  ['a truth value became a text', { ...PLANNED, enabled: 'true' }, ['enabled was “true”, is now “true”']],
  ['what it does not have is null or missing alike', { ...PLANNED, owner: null }, []],
] as const satisfies readonly (readonly [string, object, readonly string[]])[]) {
  test(`since it was planned: ${what}`, () => {
    assert.deepEqual(changesSince(PLANNED, now as ExpectedState), told);
  });
}

test('what was planned as missing and is missing is no change', () => {
  assert.deepEqual(changesSince({ ...PLANNED, owner: null }, PLANNED), []);
});

test('whichever facts differ, each of them is told, and none that does not', () => {
  const facts = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.string(), fc.integer(), fc.boolean()));
  fc.assert(
    fc.property(facts, facts, (planned, now) => {
      const differ = [...new Set([...Object.keys(planned), ...Object.keys(now)])].filter(
        (name) => planned[name] !== now[name],
      );
      assert.deepEqual(
        changesSince(planned, now).map((each) => each.slice(0, 1)),
        differ,
      );
    }),
  );
});
