import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  canBeRegistered,
  type GitHubOwners,
  loginsOf,
  type NameHolder,
  sameLogin,
  type WrittenName,
  whoseName,
} from '../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';

const FROM = '2026-01-01T00:00:00Z';
const alex: GitHubAccount = {
  login: 'amoreau',
  id: 7,
  source: 'x',
  confidence: 'proved',
  formerLogins: [{ login: 'Alex-Old', from: FROM, to: FROM }],
};
const second: GitHubAccount = { login: 'alex-second', id: 8, source: 'x', confidence: 'proved' };
const owners = (names: Readonly<Record<string, NameHolder>> = {}): GitHubOwners => ({
  firm: [{ login: 'acme', id: 100 }, { login: 'trusted' }, { login: 'partner', id: 101 }],
  names: new Map(Object.entries(names)),
  repositories: new Map(),
});
const held = (id: number): NameHolder => ({ state: 'held', id, login: 'x' });
const UNCLAIMED: NameHolder = { state: 'unclaimed' };
const UNKNOWN: NameHolder = { state: 'unknown' };

function whose(name: WrittenName, names: Readonly<Record<string, NameHolder>> = {}): string {
  const found = whoseName(name, owners(names), [alex, second]);
  if (found.who === 'leaver') return `leaver ${found.account.id} by ${found.by}`;
  if (found.who === 'recycled') return `recycled from ${found.account.id} to ${found.id}`;
  return found.who === 'somebody' ? `somebody ${found.id ?? ''}`.trim() : found.who;
}

const SITUATIONS: readonly (readonly [
  what: string,
  name: WrittenName,
  names: Readonly<Record<string, NameHolder>>,
  whose: string,
])[] = [
  ['the id of the leaver', { id: '7' }, {}, 'leaver 7 by id'],
  ['the id of another account of theirs', { id: '8' }, {}, 'leaver 8 by id'],
  ['the leaver’s id under the firm’s name', { login: 'acme', id: '7' }, {}, 'leaver 7 by id'],
  ['the leaver’s login, which GitHub says is theirs', { login: 'AMoreau' }, { amoreau: held(7) }, 'leaver 7 by id'],
  ['the leaver’s login, about which GitHub was not asked', { login: 'AMOREAU' }, {}, 'leaver 7 by login'],
  ['a login that they had', { login: 'alex-old' }, {}, 'leaver 7 by former-login'],
  [
    'a login that they had and nobody has now',
    { login: 'alex-old' },
    { 'alex-old': UNCLAIMED },
    'leaver 7 by former-login',
  ],
  ['a login that they had and somebody took', { login: 'alex-old' }, { 'alex-old': held(55) }, 'recycled from 7 to 55'],
  ['their login beside another’s id', { login: 'amoreau', id: '55' }, {}, 'recycled from 7 to 55'],
  ['the firm by its id', { id: '100' }, {}, 'firm'],
  ['the firm’s second organisation by its id', { id: '101' }, {}, 'firm'],
  ['the firm by its name', { login: 'Acme' }, {}, 'firm'],
  ['the firm’s name beside another’s id', { login: 'acme', id: '55' }, {}, 'somebody 55'],
  ['a trusted name beside an id that nobody confirmed', { login: 'Trusted', id: '55' }, {}, 'firm'],
  ['the same, and GitHub could not be asked', { login: 'trusted', id: '55' }, { trusted: UNKNOWN }, 'firm'],
  ['the same, and nobody holds the name', { login: 'trusted', id: '55' }, { trusted: UNCLAIMED }, 'somebody 55'],
  ['an id that nobody knows', { id: '55' }, {}, 'somebody 55'],
  ['a name that nobody holds', { login: 'gone' }, { gone: UNCLAIMED }, 'unclaimed'],
  ['a trusted name that was given up', { login: 'trusted' }, { trusted: UNCLAIMED }, 'unclaimed'],
  ['a stranger’s name', { login: 'stranger' }, { stranger: held(9) }, 'somebody 9'],
  ['a name that was not asked', { login: 'stranger' }, {}, 'unasked'],
  ['a name with a letter that only folds to the firm’s', { login: 'partner'.replace('p', 'ｐ') }, {}, 'unasked'],
  ['the firm’s name with more before it', { login: ' acme' }, {}, 'unasked'],
  ['nothing at all', {}, {}, 'unasked'],
];
for (const [what, name, names, expected] of SITUATIONS) {
  test(`${what}: ${expected}`, () => assert.equal(whose(name, names), expected));
}

test('a letter beyond ASCII that folds to one of ours clears nobody', () => {
  const firm = { ...owners(), firm: [{ login: 'kite' }] };
  // U+212A becomes an ASCII k in lower case.
  assert.equal(whoseName({ login: '\u212aite' }, firm, []).who, 'unasked');
  assert.equal(whoseName({ login: '\u212aite', id: '55' }, firm, []).who, 'somebody');
  assert.equal(whoseName({ login: 'KITE' }, firm, []).who, 'firm');
  assert.equal(whoseName({ login: 'roc\u212a' }, { ...firm, firm: [{ login: 'rock' }] }, []).who, 'unasked');
});

test('logins have no case, and an account has had several', () => {
  assert.ok(sameLogin('ACME', 'acme'));
  assert.ok(sameLogin('acme', 'ACME'));
  assert.ok(!sameLogin(undefined, 'acme'));
  assert.ok(!sameLogin('acme-2', 'acme'));
  assert.deepEqual(loginsOf(alex), ['amoreau', 'Alex-Old']);
  assert.deepEqual(loginsOf(second), ['alex-second']);
});

test('a name that somebody can register has letters, digits and single hyphens inside, 39 at most', () => {
  for (const login of ['a', 'A-1', 'x'.repeat(39)]) assert.ok(canBeRegistered(login), login);
  for (const login of ['', '-a', 'a-', 'a--b', 'amoreau_acme', 'a b', 'x'.repeat(40), '.a', 'a.'])
    assert.ok(!canBeRegistered(login), login);
});
