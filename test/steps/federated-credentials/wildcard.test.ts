import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strongest } from '../../../src/steps/federated-credentials/rules/relation.ts';
import {
  anything,
  hasWildcard,
  intersects,
  literal,
  matchesWildcard,
  symbolsOf,
} from '../../../src/steps/federated-credentials/rules/subject/wildcard.ts';

const MATCHES: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
  ['repo:acme/*', 'repo:Acme/payments', true],
  ['repo:acme/*', 'repo:acme/', true],
  ['repo:acme/*', 'repo:acme', false],
  ['repo:acme/?', 'repo:acme/', false],
  ['repo:acme/?', 'repo:acme/ab', false],
  ['*:ref:refs/heads/main', 'repo:x/y:ref:refs/heads/main', true],
  ['a*b*c', 'axxbyyc', true],
  ['a*b*c', 'axxcyyb', false],
  ['', '', true],
  ['*', '', true],
  ['', 'a', false],
  ['a', '', false],
  ['ab', 'a', false],
  ['a', 'ab', false],
];
for (const [pattern, text, matches] of MATCHES) {
  test(`“${pattern}” ${matches ? 'covers' : 'does not cover'} “${text}”`, () =>
    assert.equal(matchesWildcard(pattern, text), matches));
}

test('two patterns meet where one text fits both, in either order', () => {
  const meet = (one: string, other: string) => {
    const [a, b] = [symbolsOf(one), symbolsOf(other)];
    assert.equal(intersects(a, b), intersects(b, a));
    return intersects(a, b);
  };
  assert.ok(meet('repo:al*/x', 'repo:*ex/x'));
  assert.ok(meet('a?c', '?b?'));
  assert.ok(!meet('a?c', '?b'));
  assert.ok(!meet('repo:acme/*', 'repo:alex/*'));
  assert.ok(intersects([...literal('repo:a/'), ...anything()], symbolsOf('repo:?/*')));
  // In a text a star means itself.
  assert.ok(!intersects(literal('a*'), literal('ab')));
  assert.ok(hasWildcard('a?') && hasWildcard('*') && !hasWildcard('a.b'));
});

test('of several relations the most urgent counts, and the first of equals', () => {
  const relation = (verdict: 'references-leaver' | 'outside-owner' | 'unrelated', why: string) =>
    ({ verdict, rule: 'other-party', why }) as const;
  const otherwise = relation('unrelated', 'nothing');
  assert.equal(strongest([], otherwise).why, 'nothing');
  assert.equal(
    strongest(
      [relation('outside-owner', 'a'), relation('references-leaver', 'b'), relation('references-leaver', 'c')],
      otherwise,
    ).why,
    'b',
  );
});
