import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeyAddition } from '../../../../../src/connectors/github/audit-log/audit-log-keys.ts';
import type { ListedDeployKey } from '../../../../../src/connectors/github/credentials/deploy-key-list.ts';
import type { GitHubAccount } from '../../../../../src/people/leaver.ts';
import {
  authorless,
  deployKeyFinding,
  isAbout,
  isAdditionOf,
  loggedAuthor,
} from '../../../../../src/steps/runner-credentials/rules/github/tokens/deploy-key-finding.ts';

const API = 'https://api.github.com';
const AT = '2026-03-01T00:00:00Z';
const account = (confidence: GitHubAccount['confidence'] = 'proved'): GitHubAccount => ({
  ...{ login: 'alice', id: 7, source: 'test' },
  confidence,
});
const PLACE = { organisation: 'acme', repository: 'Pay', archived: false };
const KEY: ListedDeployKey = {
  ...{ id: 3, title: 'ci', keySha256: 'ab', fingerprint: 'SHA256:x', addedBy: 'alice', readOnly: false },
  ...{ enabled: true, createdAt: AT, lastUsed: null },
};
const NO_PRINT = { ...KEY, fingerprint: null };
const addition = (more: Partial<KeyAddition>): KeyAddition => ({
  ...{ at: AT, actorId: 7, repository: 'ACME/pay' },
  ...more,
});

test('the log names a key by its fingerprint where both have one of the same sort, and else by its title', () => {
  const cases: readonly (readonly [logged: { fingerprint?: string; title?: string }, key: typeof KEY, is: boolean])[] =
    [
      [{ fingerprint: 'SHA256:x', title: 'other' }, KEY, true],
      [{ fingerprint: 'SHA256:y', title: 'ci' }, KEY, false],
      [{ fingerprint: 'SHA256:x', title: 'ci' }, NO_PRINT, true],
      [{ fingerprint: 'SHA256:x', title: 'other' }, NO_PRINT, false],
      [{ fingerprint: 'aa:bb', title: 'ci' }, KEY, true],
      [{ fingerprint: 'aa:bb:SHA256:', title: 'ci' }, KEY, true],
      [{ title: 'ci' }, KEY, true],
      [{ title: 'other' }, KEY, false],
    ];
  for (const [logged, key, is] of cases) assert.equal(isAbout(logged, key), is, JSON.stringify([logged, key]));
});

test('a title means the key that was made within ten minutes of the event, a fingerprint means it at any time', () => {
  const is = (logged: { at: string; title?: string; fingerprint?: string }, key = KEY) => isAdditionOf(logged, key);
  assert.equal(is({ at: '2026-03-01T00:10:00Z', title: 'ci' }), true);
  assert.equal(is({ at: '2026-02-28T23:55:00Z', title: 'ci' }), true);
  assert.equal(is({ at: '2026-03-01T00:10:01Z', title: 'ci' }), false);
  assert.equal(is({ at: 'unknown', title: 'ci' }), true, 'nothing says that it is another one');
  assert.equal(is({ at: AT, title: 'other' }), false);
  assert.equal(is({ at: '2020-01-01T00:00:00Z', fingerprint: 'SHA256:x' }), true);
});

test('of several events the one that names the fingerprint says who added a key', () => {
  const byTitle = addition({ title: 'ci', at: '2026-03-01T00:01:00Z' });
  const byPrint = addition({ fingerprint: 'SHA256:x', at: '2026-03-01T00:02:00Z' });
  const author = (...added: readonly KeyAddition[]) => loggedAuthor(KEY, PLACE, added, [account()]);
  const proved = { account: account(), at: byPrint.at, by: 'fingerprint' } as const;
  assert.deepEqual(author(byTitle, byPrint), proved);
  assert.deepEqual(author(byPrint, byTitle), proved);
  assert.deepEqual(author(byTitle), { account: account(), at: byTitle.at, by: 'title' });
  assert.equal(author(addition({ title: 'ci', repository: 'acme/web' })), undefined);
  assert.equal(author(addition({ title: 'other' })), undefined);
  assert.equal(author(addition({ title: 'ci', actorId: 8 })), undefined);
  assert.equal(author(), undefined);
});

const log = (by: 'fingerprint' | 'title', confidence?: GitHubAccount['confidence']) => ({
  whose: undefined,
  logged: { account: account(confidence), at: AT, by },
});
const named = (by: 'id' | 'login' | 'former-login', confidence?: GitHubAccount['confidence']) => ({
  whose: { who: 'leaver', account: account(confidence), by } as const,
  logged: undefined,
});
/** What is known of who added a key: what it says, and what a person is left to do. */
const AUTHORS: readonly (readonly [
  known: Parameters<typeof deployKeyFinding>[2],
  why: string,
  sure: 'proved' | 'likely' | 'weak',
])[] = [
  [log('fingerprint'), 'The audit log says that alice added it on 2026-03-01.', 'proved'],
  [log('fingerprint', 'weak'), 'The audit log says that alice added it on 2026-03-01.', 'weak'],
  [
    log('title'),
    'The audit log says that alice added a key of this title on 2026-03-01, when this one was added.',
    'likely',
  ],
  [
    log('title', 'weak'),
    'The audit log says that alice added a key of this title on 2026-03-01, when this one was added.',
    'weak',
  ],
  [
    { whose: { who: 'recycled', account: account(), id: '9' }, logged: undefined },
    'It was added under a name that the leaver’s account had, and that is another’s now.',
    'weak',
  ],
  [named('id'), 'alice added it.', 'proved'],
  [named('id', 'likely'), 'alice added it.', 'likely'],
  [named('former-login'), 'It was added under a name that the leaver’s account had.', 'weak'],
  [named('login'), 'It was added under the name alice.', 'likely'],
  [named('login', 'weak'), 'It was added under the name alice.', 'weak'],
];
const SURE = { proved: /decide\.$/, likely: /likely and not proved/, weak: /Little says that/ };
for (const [known, why, sure] of AUTHORS) {
  test(`a deploy key: ${why} (${sure})`, () => {
    const finding = deployKeyFinding(KEY, PLACE, known, API);
    assert.ok(finding !== undefined);
    assert.ok(finding.reason.startsWith(`${why} `), finding.reason);
    assert.match(finding.reason, SURE[sure]);
    assert.equal(finding.status, sure === 'weak' ? 'manual-action' : 'awaiting-decision');
  });
}

test('what a key opens is told by what it may and whether anybody lets it in', () => {
  const told = (key: Partial<ListedDeployKey>, archived = false) => {
    const finding = deployKeyFinding({ ...KEY, ...key }, { ...PLACE, archived }, named('id'), API);
    const opens = finding?.reason.replace('alice added it. ', '').replace(/ A server.*decide\./, '');
    return [finding?.severity, opens];
  };
  const opens = (does: string) =>
    `Whoever has the private half ${does} the repository with it, and it ends with nobody’s account.`;
  const asleep = ' The repository is archived: GitHub may want it unarchived before a key of it is removed.';
  const shut = 'No deploy key is let in there for now; it opens the repository again once they are.';
  assert.deepEqual(told({}), ['high', opens('writes to')]);
  assert.deepEqual(told({ readOnly: true }), ['medium', opens('reads')]);
  assert.deepEqual(told({}, true), ['medium', opens('reads') + asleep]);
  assert.deepEqual(told({ enabled: false }), ['low', shut]);
});

test('a key without an author is nobody’s where the leaver is known to have no account', () => {
  const nobodys = { ...KEY, addedBy: null };
  const none = (because: 'has-none' | 'unknown') => ({ github: [], noGitHubAccount: { because, why: 'x' } });
  assert.equal(authorless(nobodys, none('has-none')), false);
  assert.equal(authorless(nobodys, none('unknown')), true);
  assert.equal(authorless(nobodys, { ...none('has-none'), github: [account()] }), true);
  assert.equal(authorless(nobodys, { github: [account()], createdAt: AT }), true, 'made on the day that they came');
});
