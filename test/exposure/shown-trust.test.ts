import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownTrust } from '../../src/exposure/shown-trust.ts';
import type { GitHubOwners } from '../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../src/people/leaver.ts';

const account: GitHubAccount = { login: 'ana-dev', id: 11, source: 'exposure', confidence: 'proved' };
const owners: GitHubOwners = {
  firm: [{ login: 'acme', id: 1 }],
  names: new Map([
    ['acme', { state: 'held', id: 1, login: 'acme' }],
    ['ana-dev', { state: 'held', id: 11, login: 'ana-dev' }],
    ['ben-dev', { state: 'held', id: 22, login: 'ben-dev' }],
  ]),
  repositories: new Map(),
};
const shown = (trust: Parameters<typeof shownTrust>[0], namesOthers = false): string =>
  shownTrust(trust, { account, owners, namesOthers });

test('what a credential trusts is told whole where it names its reader and the firm alone', () => {
  const subject = 'repo:ana-dev/tools:ref:refs/heads/main';
  assert.equal(shown({ subject }), subject);
  const expression = "claims['sub'] matches 'repo:acme/*' and claims['actor'] eq 'Ana-Dev'";
  assert.equal(shown({ expression }), expression);
});

for (const [what, trust, own] of [
  [
    'an expression with a colleague’s login',
    { expression: "claims['sub'] matches 'repo:ana-dev/tools:*' and claims['actor'] eq 'ben-dev'" },
    /^repo:ana-dev\/tools, and /,
  ],
  ['a login behind a wildcard', { subject: 'repo:ana-dev/*:actor:cem-dev' }, /^repo:ana-dev\/\*, and /],
  ['a subject with a colleague’s login', { subject: 'repo:ben-dev/tools:actor:ana-dev' }, /^actor:ana-dev, and /],
  ['a colleague’s number', { subject: 'repository_owner_id:22:actor_id:11' }, /^actor_id:11, and /],
  ['a login that GitHub was not asked about', { subject: 'repo:cem-dev/tools:actor:ana-dev' }, /^actor:ana-dev, and /],
] as const) {
  test(`${what} is not shown to who is named beside it`, () => {
    assert.match(shown(trust), own);
    assert.doesNotMatch(shown(trust), /ben-dev|cem-dev|22/);
  });
}

test('a colleague’s login that means nobody there is not shown either', () => {
  const subject = 'repo:ana-dev/tools:environment:ben-dev';
  assert.equal(shown({ subject }, true), 'repo:ana-dev/tools, and more that is not shown here');
});

test('what names nobody is told whole, and what names others alone not at all', () => {
  const more = 'more that is not shown here';
  for (const [trust, told] of [
    [{ subject: 'repo:acme/web:environment:production' }, 'repo:acme/web:environment:production'],
    [{ subject: 'environment:production' }, 'environment:production'],
    [{ expression: "claims['environment'] eq 'production'" }, "claims['environment'] eq 'production'"],
    [{}, 'that is not told'],
    [{ subject: 'repo:ben-dev/tools:ref:refs/heads/main' }, more],
    [{ subject: 'repo:ana-dev/tools:actor:ben-dev' }, `repo:ana-dev/tools, and ${more}`],
    [
      { expression: "claims['actor'] eq 'ana-dev' and claims['actor'] eq 'ben-dev' and claims['actor'] eq 'ana-dev'" },
      `actor:ana-dev, and ${more}`,
    ],
  ] as const)
    assert.equal(shown(trust), told, JSON.stringify(trust));
});
