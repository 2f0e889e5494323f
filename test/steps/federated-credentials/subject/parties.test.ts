import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NameHolder, SeenRepository } from '../../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../../src/people/leaver.ts';
import type { Relation, Verdict } from '../../../../src/steps/federated-credentials/rules/relation.ts';
import type { Condition } from '../../../../src/steps/federated-credentials/rules/subject/expression.ts';
import { judgeGitHub } from '../../../../src/steps/federated-credentials/rules/subject/github-trust.ts';
import { relateConditions } from '../../../../src/steps/federated-credentials/rules/subject/relate-expression.ts';
import { relateClaims } from '../../../../src/steps/federated-credentials/rules/subject/relate-subject.ts';
import { parseSubject } from '../../../../src/steps/federated-credentials/rules/subject/subject.ts';

const sub = (operand: string): Condition => ({ claim: 'sub', operator: 'matches', operand });
const flow = (operand: string): Condition => ({ claim: 'job_workflow_ref', operator: 'matches', operand });
const alice: GitHubAccount = {
  ...{ login: 'alice', id: 111, source: 'test', confidence: 'proved' },
  formerLogins: [{ login: 'old-alice', from: '2020-01-01T00:00:00.000Z', to: '2021-01-01T00:00:00.000Z' }],
};
const held = (login: string, id: number): [string, NameHolder] => [login, { state: 'held', id, login }];
const seen = (ownerId: number, ownerLogin: string): SeenRepository => ({
  ...{ state: 'seen', ownerId, ownerLogin },
  isPublic: false,
});
const contextOf = (...names: readonly [string, NameHolder][]) => ({
  accounts: [alice],
  owners: {
    firm: [{ login: 'corp', id: 900 }],
    names: new Map([held('corp', 900), held('bob', 303), ...names]),
    repositories: new Map<string, SeenRepository>([
      ['6', seen(111, 'alice')],
      ['7', seen(303, 'bob')],
      ['corp/flows', seen(900, 'corp')],
      ['corp/hidden', { state: 'unknown' }],
      ['bob/flows', seen(303, 'bob')],
    ]),
  },
});

const named = (subject: string, ...names: readonly [string, NameHolder][]) =>
  relateClaims(parseSubject(subject), contextOf(...names));

/** What a person reads of a name that is the leaver’s. */
const TOLD: readonly (readonly [subject: string, names: readonly [string, NameHolder][], told: Partial<Relation>])[] = [
  [
    'repo:alice@111/x:ref:main',
    [],
    { why: 'The owner of the repository has the numeric id 111 of the leaver’s account alice.' },
  ],
  [
    'repo:old-alice@111/x:ref:main',
    [],
    {
      why: 'The owner of the repository has the numeric id 111 of the leaver’s account alice, under its other name old-alice.',
    },
  ],
  ['actor_id:111', [], { why: 'The actor has the numeric id 111 of the leaver’s account alice.' }],
  ['actor:Alice', [held('alice', 111)], { why: 'The actor is the leaver’s account Alice.', wrongCase: true }],
  ['actor:ally', [held('ally', 111)], { why: 'The actor is the leaver’s account ally, called alice before.' }],
  [
    'actor:Alice',
    [['alice', { state: 'unclaimed' }]],
    {
      why: 'The actor is the leaver’s account Alice. GitHub knows no account of that name any more, so that the leaver or a stranger can register it.',
      wrongCase: true,
    },
  ],
  [
    'actor:old-alice',
    [['old-alice', { state: 'unclaimed' }]],
    {
      why: 'The actor is the leaver’s account old-alice, as it was called before. GitHub knows no account of that name any more, so that the leaver or a stranger can register it.',
    },
  ],
  [
    'actor:alice',
    [],
    {
      why: 'The actor is called alice like the leaver’s account. GitHub did not say whose the name is today.',
      unproved: true,
    },
  ],
  ['repository_id:6', [], { why: 'The repository with the id 6 belongs to the leaver’s account alice.' }],
];
for (const [subject, names, told] of TOLD) {
  test(`${subject} is told as what it is${names.length === 0 ? '' : `, where ${JSON.stringify(names)}`}`, () => {
    const { rule: _, ...rest } = named(subject, ...names);
    assert.deepEqual(rest, { verdict: 'references-leaver', login: 'alice', ...told });
  });
}

test('an id tells whose the name beside it is, wherever in the subject it stands', () => {
  assert.equal(named('actor:alice:repo:alice@222/x').verdict, 'recycled-name');
  assert.equal(named('repository_owner:bob:repository_owner_id:111').rule, 'repository-owner-id');
  assert.equal(named('repository_owner:alice@222:repository_owner_id:303').verdict, 'recycled-name');
  // The number of a repository is none where it is said of something else.
  assert.equal(named('environment:6').verdict, 'unrelated');
});

const COVERED: readonly (readonly [conditions: readonly Condition[], Verdict])[] = [
  [[sub('repo:a*'), sub('repo:corp/*')], 'unrelated'],
  [[{ ...sub('al*/x'), claim: 'repo' }], 'can-match-leaver'],
  [[sub('environment:x:repo:al*/y')], 'can-match-leaver'],
  [[sub('environment:x:repo:b*/y')], 'unrelated'],
  [[sub('repo:*'), flow('corp/flows/*')], 'can-match-leaver'],
  [[sub('repo:corp/x:actor:*ce')], 'can-match-leaver'],
  [[sub('repo:corp/x:actor:*')], 'unrelated'],
  [[sub('repo:corp/x:actor:old-al*')], 'can-match-leaver'],
  [[sub('repo:corp/x:actor:alice@1?1')], 'can-match-leaver'],
  [[flow('old-al*')], 'can-match-leaver'],
  [[sub('repo:corp/x:environment:al*')], 'unrelated'],
  [[], 'unrelated'],
];
for (const [conditions, verdict] of COVERED) {
  test(`whether ${conditions.map(({ claim, operand }) => `${claim} ${operand}`).join(' and ') || 'no condition'} covers the leaver: ${verdict}`, () =>
    assert.equal(relateConditions(conditions, contextOf(held('alice', 111))).verdict, verdict));
}

const JUDGED: readonly (readonly [conditions: readonly Condition[], Verdict, outsider?: string])[] = [
  [[sub('repository:corp/pay')], 'unrelated'],
  [[sub('workflow_ref:corp/pay/.github/w.yml@main')], 'unrelated'],
  [[sub('workflow_ref:bob/pay/.github/w.yml@main')], 'anybody-can-satisfy'],
  [[flow('Corp@900/Flows@5/.github/w.yml@main')], 'unrelated'],
  [[flow('corp/hidden/.github/w.yml@main')], 'anybody-can-satisfy'],
  [[flow('bob/flows/.github/w.yml@main')], 'anybody-can-satisfy'],
  [[sub('enterprise_id:7')], 'unrelated'],
  [[sub('enterprise_id:8')], 'anybody-can-satisfy'],
  [[sub('environment:prod'), sub('repo:corp/*')], 'unrelated'],
  [[sub('repo:bob/x'), sub('repo:corp/*')], 'unrelated'],
  [[sub('repo:alice/x')], 'outside-owner', 'alice'],
  [[sub('repo:alice@222/x')], 'outside-owner', 'alice'],
  [[sub('repo:alice@111/x')], 'outside-owner', 'alice'],
  [[sub('repository_owner_id:303')], 'outside-owner', 'the account with the id 303'],
  [[sub('repository_owner_id:x')], 'owner-not-resolved', 'the account with the id ?'],
  [[sub('repo:/x')], 'owner-not-resolved', 'the account with the id ?'],
  [[sub('repo:unasked/x')], 'owner-not-resolved', 'unasked'],
  [[sub('repo:ghost/x')], 'unclaimed-owner', 'ghost'],
  [[sub('repository_id:7')], 'outside-owner', 'bob'],
  [[sub('repository_id:9')], 'owner-not-resolved', 'the repository with the id 9'],
];
for (const [conditions, verdict, outsider] of JUDGED) {
  test(`whom ${conditions.map(({ claim, operand }) => `${claim} ${operand}`).join(' and ')} lets in: ${verdict}`, () => {
    const judged = judgeGitHub(conditions, contextOf(['ghost', { state: 'unclaimed' }]), [
      'enterprise:corp-inc',
      'enterprise_id:7',
    ]);
    assert.deepEqual([judged.verdict, judged.outsider], [verdict, outsider]);
  });
}
