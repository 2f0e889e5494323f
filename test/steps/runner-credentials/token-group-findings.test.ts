import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ownership } from '../../../src/credentials/ownership.ts';
import {
  groupFinding,
  malformedFinding,
  moreFinding,
  pointingFinding,
} from '../../../src/steps/runner-credentials/rules/tokens/token-group-findings.ts';
import type { OwnedToken } from '../../../src/steps/runner-credentials/rules/tokens/token-place.ts';
import { judgedIn, mint, now } from './token-findings-world.ts';
import { END, LEAVERS, LIKELY, POINTING, place, REVOCABLE, token, UNKNOWN } from './tokens-world.ts';

test('the rest of a place is as open as its first that is, and offers nothing', () => {
  const isOver = ({ ends }: OwnedToken) => ends !== undefined;
  assert.deepEqual(moreFinding(place(), [], isOver), []);
  const [open] = moreFinding(place(REVOCABLE), [token(LEAVERS, {}, END), token(LEAVERS)], isOver);
  assert.equal(open?.title, '2 more tokens stand in variable TOKEN of acme/api');
  assert.deepEqual([open?.status, open?.remedy, open?.evidence.tokens], ['manual-action', undefined, 2]);
  const [over] = moreFinding(place(REVOCABLE), [token(LEAVERS, {}, END)], isOver);
  assert.equal(over?.status, 'nothing-to-do');
});

test('a group is one finding, told where its first stands', () => {
  assert.deepEqual(groupFinding(place(), [], pointingFinding), []);
  const [alone] = groupFinding(place(), [token(POINTING)], pointingFinding);
  assert.equal(
    alone?.title,
    'A token whose owner cannot be told (github-classic) stands in variable TOKEN of acme/api',
  );
  const [both] = groupFinding(place(), [token(POINTING), token(POINTING, { sha256: 'bb' })], pointingFinding);
  assert.equal(both?.id, alone?.id);
  assert.deepEqual([both?.evidence.tokens, both?.evidence.digests], [2, ['aa', 'bb']]);
  assert.equal(both?.remedy, undefined);
});

test('what was never issued is to do only where it points to the leaver', () => {
  const told = (...ownerships: readonly Ownership[]) => {
    const all = ownerships.map((each) => token(each, { checksum: 'wrong' }));
    const [first] = all;
    assert.ok(first !== undefined);
    return malformedFinding(place(), first, all);
  };
  assert.deepEqual([told(UNKNOWN).status, told(UNKNOWN).severity], ['nothing-to-do', 'low']);
  for (const pointing of [LIKELY, POINTING]) assert.equal(told(UNKNOWN, pointing).status, 'manual-action');
  assert.match(told(UNKNOWN, UNKNOWN).title, /^2 texts that look like tokens/);
});

test('a text with a wrong checksum is told alone or with the others of its place', () => {
  const title = (...digests: readonly string[]) => {
    const all = digests.map((sha256) => token(UNKNOWN, { checksum: 'wrong', sha256 }));
    return groupFinding(place(), all, malformedFinding)[0]?.title;
  };
  const where = 'in variable TOKEN of acme/api';
  assert.equal(title('aa'), `A text that looks like a token (github-classic), with a wrong checksum, stands ${where}`);
  assert.equal(
    title('aa', 'bb'),
    `2 texts that look like tokens (github-classic), with a wrong checksum, stand ${where}`,
  );
});

test('a token ends in the moment that it says, and is then nobody’s question', () => {
  const exp = now.getTime() / 1_000;
  const { findings, unowned } = judgedIn([mint.jwt({ exp }), mint.jwt({ exp: exp + 1 })].join(' '));
  assert.deepEqual(
    findings.map(({ kind, status }) => `${kind} ${status}`),
    ['token-in-variable nothing-to-do', 'unowned-tokens manual-action'],
  );
  assert.equal(unowned.length, 1);
});
