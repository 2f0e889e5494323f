import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  accountsOf,
  addressesOf,
  type GitHubAccount,
  isKnown,
  lacksGitHubAccount,
  notTheirsOf,
  unknownAccount,
} from '../../src/people/leaver.ts';

const account = (login: string, confidence: GitHubAccount['confidence'] = 'proved'): GitHubAccount => ({
  login,
  id: 7,
  source: 'x',
  confidence,
});

test('what is weak is searched for by nobody, and leaves the person without an account', () => {
  assert.ok(isKnown({ confidence: 'proved' }));
  assert.ok(isKnown({ confidence: 'likely' }));
  assert.ok(!isKnown({ confidence: 'weak' }));
  assert.ok(lacksGitHubAccount({ github: [] }));
  assert.ok(lacksGitHubAccount({ github: [account('a', 'weak')] }));
  assert.ok(!lacksGitHubAccount({ github: [account('a', 'weak'), account('b')] }));
  assert.ok(lacksGitHubAccount({ github: [], noGitHubAccount: { because: 'unknown', why: 'x' } }));
  assert.ok(!lacksGitHubAccount({ github: [], noGitHubAccount: { because: 'has-none', why: 'x' } }));
});

test('accounts that may be the person’s are named, five of them at most', () => {
  const weak = (many: number) => ({ github: Array.from({ length: many }, (_, n) => account(`a${n}`, 'weak')) });
  assert.equal(unknownAccount({ github: [] }), 'No GitHub account of the person is known');
  assert.equal(unknownAccount(weak(1), 'leaver'), 'No GitHub account of the leaver is known (only a0 may be theirs)');
  assert.match(unknownAccount(weak(5)), /\(only a0, a1, a2, a3, a4 may be theirs\)$/);
  assert.match(unknownAccount(weak(7)), /a4 and 2 more may be theirs\)$/);
});

test('an address counts once, in lower case, and never where it is empty', () => {
  assert.deepEqual(
    addressesOf({ userPrincipalName: 'A@x.example', mail: 'a@X.example', otherAddresses: ['', 'B@x.example'] }),
    ['a@x.example', 'b@x.example'],
  );
  assert.deepEqual(addressesOf({}), []);
});

test('an account is known by its vendor’s own id, whatever it is called', () => {
  const devops = { organisation: 'acme', descriptor: 'aad.x', source: 'y', confidence: 'likely' } as const;
  assert.deepEqual(
    accountsOf({ github: [account('alex')], devops: [devops] }).map(({ vendor, name, id, evidence, formerLogins }) => [
      vendor,
      name,
      id,
      evidence.length + formerLogins.length,
    ]),
    [
      ['GitHub', 'alex', '7', 0],
      ['Azure DevOps', 'acme', 'aad.x', 0],
    ],
  );
});

test('why none was found is told, and each account that is somebody else’s', () => {
  const others = [{ vendor: 'azure-devops', id: 'd', login: 'l', whose: 'w' }] as const;
  const told = notTheirsOf({
    noGitHubAccount: { because: 'unknown', why: 'Nobody says.' },
    othersAccounts: [...others],
  });
  assert.deepEqual(told, { none: 'Nobody says.', others: [{ ...others[0], vendor: 'Azure DevOps' }] });
  assert.deepEqual(notTheirsOf({}), { none: undefined, others: [] });
});
