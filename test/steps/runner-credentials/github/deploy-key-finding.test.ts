import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListedDeployKey } from '../../../../src/connectors/github/credentials/deploy-key-list.ts';
import type { Whose } from '../../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../../src/people/leaver.ts';
import {
  authorless,
  deployKeyFinding,
  loggedAuthor,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/deploy-key-finding.ts';

const PROVED: GitHubAccount = { login: 'amoreau', id: 4, source: 'test', confidence: 'proved' };
const WEAK: GitHubAccount = { ...PROVED, confidence: 'weak' };
const PLACE = { organisation: 'acme', repository: 'docs', archived: false };
const key = (more: Partial<ListedDeployKey> = {}): ListedDeployKey => ({
  id: 7,
  title: 'server',
  keySha256: 'ab',
  fingerprint: 'SHA256:x',
  addedBy: 'amoreau',
  readOnly: false,
  enabled: true,
  createdAt: '2026-03-01T00:00:00Z',
  lastUsed: null,
  ...more,
});
const by = (account: GitHubAccount, how: 'id' | 'login' | 'former-login'): Whose => ({
  who: 'leaver',
  account,
  by: how,
});
const log = (account: GitHubAccount) => ({ account, at: '2026-03-01T00:00:00Z', by: 'fingerprint' as const });

/** Who may have added a key, what it opens, and what becomes of it. */
const CASES: readonly (readonly [
  situation: string,
  key: ListedDeployKey,
  known: Parameters<typeof deployKeyFinding>[2],
  verdict: string | undefined,
])[] = [
  [
    'the leaver added it, by number',
    key(),
    { whose: by(PROVED, 'id'), logged: undefined },
    'high awaiting-decision remedy',
  ],
  [
    'it only reads',
    key({ readOnly: true }),
    { whose: by(PROVED, 'id'), logged: undefined },
    'medium awaiting-decision remedy',
  ],
  [
    'no key is let in',
    key({ enabled: false }),
    { whose: by(PROVED, 'id'), logged: undefined },
    'low awaiting-decision remedy',
  ],
  [
    'who holds the name is not told',
    key(),
    { whose: by(PROVED, 'login'), logged: undefined },
    'high awaiting-decision remedy',
  ],
  ['under a name of before', key(), { whose: by(PROVED, 'former-login'), logged: undefined }, 'high manual-action'],
  [
    'the name is another’s now',
    key(),
    { whose: { who: 'recycled', account: PROVED, id: '9' }, logged: undefined },
    'high manual-action',
  ],
  ['the account is hardly theirs', key(), { whose: by(WEAK, 'id'), logged: undefined }, 'high manual-action'],
  [
    'the log says so',
    key({ addedBy: null }),
    { whose: undefined, logged: log(PROVED) },
    'high awaiting-decision remedy',
  ],
  [
    'the log knows better than the name',
    key(),
    { whose: by(PROVED, 'former-login'), logged: log(PROVED) },
    'high awaiting-decision remedy',
  ],
  ['somebody else added it', key(), { whose: { who: 'somebody', id: '9' }, logged: undefined }, undefined],
  ['nobody is named', key({ addedBy: null }), { whose: undefined, logged: undefined }, undefined],
];

for (const [situation, row, known, verdict] of CASES) {
  test(`a deploy key: ${situation}`, () => {
    const found = deployKeyFinding(row, PLACE, known, 'https://api.github.com');
    const told = found && [found.severity, found.status, ...(found.remedy === undefined ? [] : ['remedy'])].join(' ');
    assert.equal(told, verdict);
  });
}

test('a key of an archived repository reads it, whatever it may', () => {
  const known = { whose: by(PROVED, 'id'), logged: undefined };
  const found = deployKeyFinding(key(), { ...PLACE, archived: true }, known, 'https://api.github.com');
  assert.equal(found?.severity, 'medium');
  assert.match(found?.reason ?? '', /unarchived/);
});

test('the log proves a key by its fingerprint, and by its title where it has none', () => {
  const at = '2026-03-01T00:00:00Z';
  const added = (more: object) => [{ at, actorId: 4, repository: 'Acme/docs', ...more }];
  const author = (more: object) => loggedAuthor(key(), PLACE, added(more), [PROVED])?.account.id;
  assert.equal(author({ fingerprint: 'SHA256:x' }), 4);
  assert.equal(author({ fingerprint: 'SHA256:y', title: 'server' }), undefined);
  assert.equal(author({ title: 'server' }), 4);
  assert.equal(author({ title: 'server', at: '2026-02-01T00:00:00Z' }), undefined, 'another key of that title');
  assert.equal(author({ title: 'other' }), undefined);
  assert.equal(author({}), undefined);
  assert.equal(author({ repository: 'acme/other', fingerprint: 'SHA256:x' }), undefined);
  assert.equal(author({ actorId: 5, fingerprint: 'SHA256:x' }), undefined);
});

test('a title is a name: what the log says by it leaves the decision to a person, and says that it is not proved', () => {
  const logged = loggedAuthor(
    key(),
    PLACE,
    [{ at: key().createdAt, actorId: 4, repository: 'acme/docs', title: 'server' }],
    [PROVED],
  );
  const found = deployKeyFinding(key(), PLACE, { whose: undefined, logged }, 'https://api.github.com');
  assert.match(found?.reason ?? '', /a key of this title.*likely and not proved/);
});

test('a key without an author may be the leaver’s, unless it is older than they are or opens nothing', () => {
  const leaver = { createdAt: '2025-01-01T00:00:00Z', github: [PROVED] };
  const nobodys = key({ addedBy: null });
  assert.equal(authorless(nobodys, leaver), true);
  assert.equal(authorless(key(), leaver), false);
  assert.equal(authorless({ ...nobodys, enabled: false }, leaver), false);
  assert.equal(authorless({ ...nobodys, createdAt: '2024-12-31T00:00:00Z' }, leaver), false);
  assert.equal(authorless({ ...nobodys, createdAt: 'no date' }, leaver), true);
  assert.equal(authorless(nobodys, { github: [], noGitHubAccount: { because: 'has-none', why: '' } }), false);
  assert.equal(authorless(nobodys, { github: [] }), true);
});
