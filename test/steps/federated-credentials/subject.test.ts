import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NameHolder, SeenRepository } from '../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import type { Rule, Verdict } from '../../../src/steps/federated-credentials/rules/relation.ts';
import { completeClaims } from '../../../src/steps/federated-credentials/rules/subject/complete-claims.ts';
import type { Condition } from '../../../src/steps/federated-credentials/rules/subject/expression.ts';
import { parseExpression } from '../../../src/steps/federated-credentials/rules/subject/expression.ts';
import { judgeGitHub } from '../../../src/steps/federated-credentials/rules/subject/github-trust.ts';
import { relateConditions } from '../../../src/steps/federated-credentials/rules/subject/relate-expression.ts';
import { relateClaims } from '../../../src/steps/federated-credentials/rules/subject/relate-subject.ts';
import { makeClaim, parseSubject } from '../../../src/steps/federated-credentials/rules/subject/subject.ts';

test('a subject is read as pairs, with an id behind the only @ of a name', () => {
  const party = (text: string) => parseSubject(text).map((claim) => claim.party);
  assert.deepEqual(party('repo:Acme@007/payments@9:ref:refs/heads/main'), [
    { role: 'repository-owner', name: { login: 'Acme', id: '7' } },
    undefined,
  ]);
  assert.deepEqual(party('actor:ann-111'), [{ role: 'actor', name: { login: 'ann-111' } }]);
  assert.deepEqual(party('actor_id:0012:repository_owner_id:x'), [
    { role: 'actor', name: { id: '12' } },
    { role: 'repository-owner', name: {} },
  ]);
  assert.deepEqual(party('job_workflow_ref:acme/shared/.github/w.yml@main'), [
    { role: 'workflow-owner', name: { login: 'acme' } },
  ]);
  assert.deepEqual(
    parseSubject('repo:a/b:pull_request:environment:x%3Ay').map(({ key, value }) => `${key}=${value}`),
    ['repo=a/b', 'pull_request=', 'environment=x:y'],
  );
  assert.deepEqual(
    parseSubject('lonely').map(({ key, value, texts }) => [key, value, texts]),
    [['', 'lonely', ['lonely']]],
  );
  assert.deepEqual(makeClaim('repository', 'acme/pay').texts, ['pay']);
  assert.deepEqual(makeClaim('environment', 'prod').texts, ['prod']);
});

test('an expression is understood as a whole, or not at all', () => {
  const read = (text: string) => {
    const parsed = parseExpression(text);
    return parsed.ok
      ? parsed.conditions.map(({ claim, operator, operand }) => `${claim} ${operator} ${operand}`)
      : `fault at ${parsed.at}`;
  };
  assert.deepEqual(read("claims['SUB'] matches 'repo:a/*' AND claims[\"job_workflow_ref\"] EQ \"x'y\""), [
    'sub matches repo:a/*',
    "job_workflow_ref eq x'y",
  ]);
  assert.deepEqual(read("claims['sub'] eq 'it''s'"), ["sub eq it's"]);
  assert.equal(read("claims['sub'] eq 'a' or claims['x'] eq 'b'"), 'fault at 21');
  assert.equal(read("claims['sub'] eq 'a' and"), 'fault at 24');
  assert.equal(read("not claims['sub'] eq 'a'"), 'fault at 0');
  assert.equal(read("claims['sub\"] eq 'a'"), 'fault at 0');
  assert.equal(read(''), 'fault at 0');
});

const sub = (operand: string): Condition => ({ claim: 'sub', operator: 'matches', operand });
const flow = (operand: string): Condition => ({ claim: 'job_workflow_ref', operator: 'matches', operand });

/** What counts of a condition is what no wildcard can have swallowed. */
const COMPLETE: readonly (readonly [condition: Condition, claims: readonly string[]])[] = [
  [sub('repo:corp/pay:ref:refs/heads/main'), ['repo=corp/pay', 'ref=refs/heads/main']],
  [sub('repo:corp/pay:*'), ['repo=corp/pay']],
  [sub('repo:corp/*'), ['repo=corp/']],
  [sub('repo:corp/p?y:ref:main'), ['repo=corp/']],
  [sub('repo:corp*'), []],
  [sub('repo:*'), []],
  [sub('repo:corp@900*'), ['repo=corp/']],
  [sub('actor:bob:repo:corp*'), ['actor=bob']],
  [sub('repository_owner:corp*'), []],
  [sub('repository_owner_id:90*'), []],
  [sub('actor:al*'), []],
  [flow('corp/flows/.github/workflows/*'), ['job_workflow_ref=corp/flows/']],
  [flow('corp/flows*'), []],
  [flow('corp/flows/.github/w.yml@main'), ['job_workflow_ref=corp/flows/.github/w.yml@main']],
];
for (const [condition, claims] of COMPLETE) {
  test(`what ${condition.claim} ${condition.operand} surely demands`, () =>
    assert.deepEqual(
      completeClaims(condition).map(({ key, value }) => `${key}=${value}`),
      claims,
    ));
}

const alice: GitHubAccount = {
  ...{ login: 'alice', id: 111, source: 'test', confidence: 'proved' },
  formerLogins: [{ login: 'old-alice', from: '2020-01-01T00:00:00.000Z', to: '2021-01-01T00:00:00.000Z' }],
};
const held = (login: string, id: number): [string, NameHolder] => [login, { state: 'held', id, login }];
const seen = (ownerId: number, ownerLogin: string, isPublic = false): SeenRepository => ({
  ...{ state: 'seen', ownerId, ownerLogin },
  isPublic,
});
const NAMES: readonly [string, NameHolder][] = [
  held('corp', 900),
  held('alice', 111),
  held('bob', 303),
  ['ghost', { state: 'unclaimed' }],
];
const contextOf = (...more: readonly [string, NameHolder][]) => ({
  accounts: [alice],
  owners: {
    firm: [{ login: 'corp', id: 900 }],
    names: new Map([...NAMES, ...more]),
    repositories: new Map<string, SeenRepository>([
      ['5', seen(900, 'corp')],
      ['6', seen(111, 'alice')],
      ['7', seen(303, 'bob')],
      ['8', { state: 'unknown' }],
      ['corp/flows', seen(900, 'corp')],
      ['corp/open', seen(900, 'corp', true)],
    ]),
  },
});

const JUDGED: readonly (readonly [condition: Condition, Verdict, Rule])[] = [
  [sub('repo:corp/pay:environment:prod'), 'unrelated', 'other-party'],
  [sub('repo:corp/*'), 'unrelated', 'other-party'],
  [sub('repo:corp*'), 'anybody-can-satisfy', 'owner-not-restricted'],
  [sub('environment:prod'), 'anybody-can-satisfy', 'owner-not-restricted'],
  [sub('actor:bob'), 'anybody-can-satisfy', 'owner-not-restricted'],
  [sub('repo:bob/x:ref:main'), 'outside-owner', 'other-owner'],
  [sub('repo:ghost/x:ref:main'), 'unclaimed-owner', 'unclaimed-name'],
  [sub('repo:nobody-asked/x:ref:main'), 'owner-not-resolved', 'unresolved-name'],
  [sub('repository_id:5'), 'unrelated', 'other-party'],
  [sub('repository_id:7'), 'outside-owner', 'other-owner'],
  [sub('repository_id:8'), 'owner-not-resolved', 'repository-id'],
  [sub('repository_id:9'), 'owner-not-resolved', 'repository-id'],
  [flow('corp/flows/.github/w.yml@main'), 'unrelated', 'other-party'],
  [flow('corp/open/.github/w.yml@main'), 'anybody-can-satisfy', 'owner-not-restricted'],
  [flow('corp/unseen/.github/w.yml@main'), 'anybody-can-satisfy', 'owner-not-restricted'],
  [sub('repo:corp/pay:job_workflow_ref:ghost/f/.github/w.yml@main'), 'unclaimed-owner', 'unclaimed-name'],
  [sub('enterprise:corp-inc'), 'unrelated', 'other-party'],
  [sub('enterprise:other-inc'), 'anybody-can-satisfy', 'owner-not-restricted'],
  // Entra may not evaluate it, so that it restricts nobody.
  [{ claim: 'repository_owner', operator: 'eq', operand: 'corp' }, 'anybody-can-satisfy', 'owner-not-restricted'],
];
for (const [condition, verdict, rule] of JUDGED) {
  test(`whom ${condition.claim} ${condition.operand} lets in at GitHub`, () => {
    const judged = judgeGitHub([condition], contextOf(), ['enterprise:corp-inc']);
    assert.deepEqual([judged.verdict, judged.rule], [verdict, rule]);
  });
}

const NAMED: readonly (readonly [subject: string, verdict: Verdict, rule: Rule, ...more: [string, NameHolder][]])[] = [
  ['repo:alice@111/x@5:ref:main', 'references-leaver', 'repository-owner-id'],
  ['repo:alice/x:ref:main', 'references-leaver', 'repository-owner-login'],
  ['repo:alice@222/x@5:ref:main', 'recycled-name', 'recycled-name'],
  ['repo:alice/x:ref:main', 'recycled-name', 'recycled-name', held('alice', 222)],
  ['repo:old-alice/x:ref:main', 'recycled-name', 'recycled-name', held('old-alice', 222)],
  ['repo:old-alice/x:ref:main', 'references-leaver', 'repository-owner-login', ['old-alice', { state: 'unclaimed' }]],
  ['repository_owner:alice:repository_owner_id:222', 'recycled-name', 'recycled-name'],
  ['repository_owner_id:111', 'references-leaver', 'repository-owner-id'],
  ['repository_id:6', 'references-leaver', 'repository-id'],
  ['repository_id:7', 'unrelated', 'other-party'],
  ['actor_id:111', 'references-leaver', 'actor-id'],
  ['actor:alice', 'references-leaver', 'actor-login'],
  ['job_workflow_ref:alice/f/.github/w.yml@main', 'references-leaver', 'workflow-owner-login'],
  ['repo:corp/alice:ref:main', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/pay:ref:refs/heads/alice/x', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/malice:ref:refs/heads/alices', 'unrelated', 'other-party'],
  ['repo:alicex/pay:ref:main', 'unrelated', 'other-party'],
];
for (const [subject, verdict, rule, ...more] of NAMED) {
  test(`how ${subject} names the leaver${more.length === 0 ? '' : ` where ${JSON.stringify(more)}`}`, () => {
    const related = relateClaims(parseSubject(subject), contextOf(...more));
    assert.deepEqual([related.verdict, related.rule], [verdict, rule]);
  });
}

test('a name is proof where GitHub says whose it is, or that it is nobody’s, and else is not', () => {
  const of = (subject: string, ...more: readonly [string, NameHolder][]) =>
    relateClaims(parseSubject(subject), contextOf(...more));
  assert.equal(of('repo:alice/x:ref:main').unproved, undefined);
  assert.equal(of('repo:alice/x:ref:main', ['alice', { state: 'unclaimed' }]).unproved, undefined);
  assert.equal(of('repo:alice/x:ref:main', ['alice', { state: 'unknown' }]).unproved, true);
  assert.equal(of('repo:ALICE/x:ref:main').wrongCase, true);
  assert.equal(of('repo:alice/x:ref:main').wrongCase, undefined);
});

const COVERED: readonly (readonly [conditions: readonly Condition[], Verdict, Rule])[] = [
  [[sub('repo:al*')], 'can-match-leaver', 'wildcard-covers-owner'],
  [[sub('repo:old-al*')], 'can-match-leaver', 'wildcard-covers-owner'],
  [[sub('repo:alice@1*')], 'can-match-leaver', 'wildcard-covers-owner'],
  [[sub('repo:?lice/x:*')], 'can-match-leaver', 'wildcard-covers-owner'],
  [[sub('repo:corp/*')], 'unrelated', 'other-party'],
  [[sub('repo:b*')], 'unrelated', 'other-party'],
  [[sub('repo:*'), sub('*:environment:prod')], 'can-match-leaver', 'wildcard-covers-owner'],
  [[sub('repo:*'), sub('repo:corp/*')], 'unrelated', 'other-party'],
  [[sub('repo:corp/x:actor:al*')], 'can-match-leaver', 'wildcard-covers-actor'],
  [[sub('repo:corp/x:actor:b*')], 'unrelated', 'other-party'],
  [[sub('repo:corp/x:actor_id:11*')], 'can-match-leaver', 'wildcard-covers-actor'],
  [[sub('repo:corp/x:actor_id:12*')], 'unrelated', 'other-party'],
  [[flow('al*/f/.github/w.yml@main')], 'can-match-leaver', 'wildcard-covers-owner'],
  [[sub('repo:alice/x:*')], 'references-leaver', 'repository-owner-login'],
];
for (const [conditions, verdict, rule] of COVERED) {
  test(`whether ${conditions.map(({ operand }) => operand).join(' and ')} covers the leaver`, () => {
    const related = relateConditions(conditions, contextOf());
    assert.deepEqual([related.verdict, related.rule], [verdict, rule]);
  });
}
