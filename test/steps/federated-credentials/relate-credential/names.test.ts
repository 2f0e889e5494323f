import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NameHolder } from '../../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../../src/people/leaver.ts';
import type { TrustContext } from '../../../../src/steps/federated-credentials/rules/trust-context.ts';
import { alice, CONTEXT, NAMES, relate, source } from './world.ts';

const managed: GitHubAccount = { login: 'alice_acme', id: 112, ...source };

const namedOtherwise = (name: string, holder: NameHolder): Partial<TrustContext> => ({
  owners: { ...CONTEXT.owners, names: new Map([...NAMES, [name, holder]]) },
});

test('an enterprise-managed login is the leaver’s where it is one of the leaver’s accounts', () => {
  const relation = relate({ subject: 'repo:alice_acme/tool:ref:refs/heads/main' }, { accounts: [alice, managed] });
  assert.deepEqual([relation.verdict, relation.login], ['references-leaver', 'alice_acme']);
});

test('a login in another case is the leaver’s, and nothing about it is taken more lightly', () => {
  const relation = relate({ subject: 'repo:Alice/tool:environment:prod' });
  assert.deepEqual([relation.verdict, relation.wrongCase], ['references-leaver', true]);
  assert.doesNotMatch(relation.why, /lets nobody in/);
});

test('a name that the leaver had before the account was renamed is the leaver’s still, if GitHub says so or nobody has it', () => {
  const renamed = { ...alice, login: 'alice-new' };
  const accounts = [
    { ...renamed, formerLogins: [{ login: 'alice', from: '2026-01-01T00:00:00Z', to: '2026-11-01T00:00:00Z' }] },
  ];
  const subject = 'repo:alice/tool:environment:prod';
  const free = relate({ subject }, { accounts, ...namedOtherwise('alice', { state: 'unclaimed' }) });
  assert.deepEqual([free.verdict, free.unproved], ['references-leaver', undefined]);
  assert.match(free.why, /can register it/);
  const taken = relate(
    { subject },
    { accounts, ...namedOtherwise('alice', { state: 'held', id: 222, login: 'alice' }) },
  );
  assert.equal(taken.verdict, 'recycled-name');
  const byId = relate({ subject }, { accounts: [renamed] });
  assert.deepEqual([byId.verdict, byId.login], ['references-leaver', 'alice-new']);
  const unknown = relate({ subject }, { accounts: [renamed], ...namedOtherwise('alice', { state: 'unclaimed' }) });
  assert.equal(unknown.verdict, 'unclaimed-owner');
});

test('the leaver’s login that somebody else has registered since is not the leaver’s', () => {
  const holder: NameHolder = { state: 'held', id: 222, login: 'alice' };
  const relation = relate({ subject: 'repo:alice/tool:environment:prod' }, namedOtherwise('alice', holder));
  assert.equal(relation.verdict, 'recycled-name');
});

test('a name that GitHub could not be asked about is the leaver’s by name only, and proves nothing', () => {
  const relation = relate({ subject: 'repo:alice/tool:pull_request' }, namedOtherwise('alice', { state: 'unknown' }));
  assert.deepEqual([relation.verdict, relation.unproved], ['references-leaver', true]);
});

test('a name of the firm’s own, or one that it trusts, is anybody’s once nobody holds it', () => {
  const owners = (
    firm: TrustContext['owners']['firm'],
    ...names: readonly [string, NameHolder][]
  ): Partial<TrustContext> => ({ owners: { ...CONTEXT.owners, firm, names: new Map([...NAMES, ...names]) } });
  const firm = [{ login: 'corp', id: 900 }, { login: 'old-partner' }];
  const gone = owners(firm, ['old-partner', { state: 'unclaimed' }]);
  for (const subject of [
    'repo:old-partner/x:ref:refs/heads/main',
    'repo:old-partner/*',
    'repository_owner:Old-Partner',
  ])
    assert.equal(relate({ subject }, gone).verdict, 'unclaimed-owner', subject);
  // With an id in the subject it is one account's, and whoever registers the name has another.
  assert.equal(relate({ subject: 'repo:old-partner@55/x@1:pull_request' }, gone).verdict, 'outside-owner');
  const unanswered = owners(firm);
  assert.equal(relate({ subject: 'repo:old-partner/x:pull_request' }, unanswered).verdict, 'unrelated');
});

test('a trusted owner with an id is that account, and not whoever has registered its name since', () => {
  const firm = [{ login: 'partner', id: 55 }];
  const at = (holder: NameHolder): Partial<TrustContext> => ({
    owners: { ...CONTEXT.owners, firm, names: new Map([...NAMES, ['partner', holder]]) },
  });
  const subject = 'repo:partner/x:ref:refs/heads/main';
  assert.equal(relate({ subject }, at({ state: 'held', id: 55, login: 'partner' })).verdict, 'unrelated');
  assert.equal(relate({ subject }, at({ state: 'held', id: 777, login: 'partner' })).verdict, 'outside-owner');
  assert.equal(relate({ subject }, at({ state: 'held', id: 111, login: 'partner' })).verdict, 'references-leaver');
  assert.equal(relate({ subject }, at({ state: 'unclaimed' })).verdict, 'unclaimed-owner');
});
