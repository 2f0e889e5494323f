import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NameHolder, SeenRepository } from '../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import type { Rule, Verdict } from '../../../src/steps/federated-credentials/rules/relation.ts';
import { completeClaims } from '../../../src/steps/federated-credentials/rules/subject/complete-claims.ts';
import type { Condition } from '../../../src/steps/federated-credentials/rules/subject/expression.ts';
import { parseExpression } from '../../../src/steps/federated-credentials/rules/subject/expression.ts';
import { judgeGitHub } from '../../../src/steps/federated-credentials/rules/subject/github-trust.ts';
import {
  instanceOfApi,
  isInstance,
  issuerOf,
  parseIssuer,
} from '../../../src/steps/federated-credentials/rules/subject/issuer.ts';
import { relateConditions } from '../../../src/steps/federated-credentials/rules/subject/relate-expression.ts';
import { relateClaims } from '../../../src/steps/federated-credentials/rules/subject/relate-subject.ts';
import { makeClaim, parseSubject } from '../../../src/steps/federated-credentials/rules/subject/subject.ts';

const GUID = '0e000000-0000-4000-8000-00000000000a';

describe('an issuer is read whole', () => {
  const issuers: readonly (readonly [url: string, is: object])[] = [
    ['https://token.actions.githubusercontent.com', { kind: 'github.com' }],
    [' https://TOKEN.actions.githubusercontent.com/Acme/ ', { kind: 'github.com', enterprise: 'acme' }],
    ['https://token.actions.githubusercontent.com/a/b', { kind: 'other', host: 'token.actions.githubusercontent.com' }],
    [
      'https://token.actions.githubusercontent.com.example.net',
      { kind: 'other', host: 'token.actions.githubusercontent.com.example.net' },
    ],
    ['http://token.actions.githubusercontent.com', { kind: 'other', host: 'token.actions.githubusercontent.com' }],
    [
      'https://token.actions.githubusercontent.com:8443',
      { kind: 'other', host: 'token.actions.githubusercontent.com:8443' },
    ],
    ['https://u@token.actions.githubusercontent.com', { kind: 'other', host: 'token.actions.githubusercontent.com' }],
    ['https://token.actions.githubusercontent.com?a', { kind: 'other', host: 'token.actions.githubusercontent.com' }],
    ['https://token.actions.acme.ghe.com', { kind: 'ghe.com', subdomain: 'acme' }],
    ['https://token.actions.acme.ghe.com/a/b', { kind: 'other', host: 'token.actions.acme.ghe.com' }],
    ['https://xtoken.actions.acme.ghe.com', { kind: 'other', host: 'xtoken.actions.acme.ghe.com' }],
    ['https://git.acme.example/_services/token', { kind: 'github-server', host: 'git.acme.example' }],
    [
      'https://git.acme.example/_services/token/Ent',
      { kind: 'github-server', host: 'git.acme.example', enterprise: 'ent' },
    ],
    ['https://git.acme.example/_services/token/a/b', { kind: 'other', host: 'git.acme.example' }],
    ['https://gitlab.com', { kind: 'gitlab.com' }],
    ['https://gitlab.com/somebody', { kind: 'other', host: 'gitlab.com' }],
    ['https://app.terraform.io', { kind: 'terraform-cloud' }],
    ['https://app.terraform.io/x', { kind: 'other', host: 'app.terraform.io' }],
    [
      'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
      { kind: 'bitbucket', workspace: 'acme' },
    ],
    [
      'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc/x',
      { kind: 'other', host: 'api.bitbucket.org' },
    ],
    [`https://vstoken.dev.azure.com/${GUID}`, { kind: 'azure-devops' }],
    ['https://vstoken.dev.azure.com/acme', { kind: 'other', host: 'vstoken.dev.azure.com' }],
    [`https://login.microsoftonline.com/${GUID.toUpperCase()}/v2.0`, { kind: 'entra', tenantId: GUID }],
    [`https://login.microsoftonline.com/${GUID}`, { kind: 'other', host: 'login.microsoftonline.com' }],
    [`https://login.microsoftonline.com/${GUID}/v2.0/x`, { kind: 'other', host: 'login.microsoftonline.com' }],
    [`https://sts.windows.net/${GUID}/`, { kind: 'entra', tenantId: GUID }],
    [`https://sts.windows.net/${GUID}/x`, { kind: 'other', host: 'sts.windows.net' }],
    [`https://westeurope.oic.prod-aks.azure.com/${GUID}/${GUID}/`, { kind: 'aks', tenantId: GUID }],
    [`https://westeurope.oic.prod-aks.azure.com/${GUID}`, { kind: 'other', host: 'westeurope.oic.prod-aks.azure.com' }],
    ['https://Alex.github.io/keys', { kind: 'github-pages', login: 'alex' }],
    ['https://a.alex.github.io', { kind: 'other', host: 'a.alex.github.io' }],
    ['not a url', { kind: 'other', host: 'not a url' }],
  ];
  for (const [url, is] of issuers) test(url.trim(), () => assert.deepEqual(parseIssuer(url), is));
});

test('logins and ids mean something within the installation of the API', () => {
  assert.deepEqual(instanceOfApi('https://api.github.com'), { kind: 'github.com' });
  assert.deepEqual(instanceOfApi('https://api.acme.ghe.com'), { kind: 'ghe.com', subdomain: 'acme' });
  assert.deepEqual(instanceOfApi('https://git.acme.example/api/v3'), {
    kind: 'github-server',
    host: 'git.acme.example',
  });
});

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

test('an installation signs at one address, and its names mean nothing at another', () => {
  const [ours, theirs] = [
    { kind: 'ghe.com', subdomain: 'acme' },
    { kind: 'ghe.com', subdomain: 'other' },
  ] as const;
  assert.equal(issuerOf({ kind: 'github.com' }), 'https://token.actions.githubusercontent.com');
  assert.equal(issuerOf(ours), 'https://token.actions.acme.ghe.com');
  assert.equal(
    issuerOf({ kind: 'github-server', host: 'git.acme.example' }),
    'https://git.acme.example/_services/token',
  );
  assert.ok(isInstance(parseIssuer(issuerOf(ours)), ours));
  assert.ok(!isInstance(theirs, ours));
  assert.ok(!isInstance({ kind: 'github.com' }, ours));
  assert.ok(!isInstance({ kind: 'github-server', host: 'a.example' }, { kind: 'github-server', host: 'b.example' }));
  assert.ok(!isInstance({ kind: 'gitlab.com' }, { kind: 'github.com' }));
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
