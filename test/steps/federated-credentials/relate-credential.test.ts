import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rule, Verdict } from '../../../src/steps/federated-credentials/rules/relation.ts';
import { instanceOfApi } from '../../../src/steps/federated-credentials/rules/subject/issuer.ts';
import type { TrustContext } from '../../../src/steps/federated-credentials/rules/trust-context.ts';
import { alice, CONTEXT, GITHUB, relate } from './relate-credential/world.ts';

const expressions: readonly (readonly [expression: string, Verdict, Rule])[] = [
  ["claims['sub'] matches 'repo:alice/*'", 'references-leaver', 'repository-owner-login'],
  ["claims['sub'] eq 'repo:alice/tool:environment:prod'", 'references-leaver', 'repository-owner-login'],
  ["claims['sub'] matches 'repo:al*/x:*'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'repo:*/deploy:*'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'repo:alic?/deploy:*'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'repo:alice@*/deploy@*:*'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'repo:alice@222/*'", 'recycled-name', 'recycled-name'],
  ["claims['sub'] matches 'repo:corp/*:actor:alice'", 'references-leaver', 'actor-login'],
  ["claims['sub'] matches 'repo:corp/*:actor:al*'", 'can-match-leaver', 'wildcard-covers-actor'],
  ["claims['sub'] matches 'repo:corp/*:actor:*'", 'unrelated', 'other-party'],
  ["claims['sub'] matches 'repo:corp/*:ref:refs/heads/*'", 'unrelated', 'other-party'],
  ["claims['sub'] matches 'repo:*' and claims['sub'] matches 'repo:corp/*'", 'unrelated', 'other-party'],
  ["claims['sub'] matches 'repo:alice-*/x:*'", 'anybody-can-satisfy', 'owner-not-restricted'],
  ["claims['sub'] matches '*'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'environment:*'", 'anybody-can-satisfy', 'owner-not-restricted'],
  ["claims['sub'] matches 'repo:corp*'", 'anybody-can-satisfy', 'owner-not-restricted'],
  ["claims['sub'] matches 'repo:cor?/api:*'", 'anybody-can-satisfy', 'owner-not-restricted'],
  ["claims['sub'] matches 'repo:corp@90*/api:*'", 'unrelated', 'other-party'],
  ["claims['sub'] matches 'repository_owner_id:90*'", 'anybody-can-satisfy', 'owner-not-restricted'],
  ["claims['sub'] matches 'repository_owner_id:900:*'", 'unrelated', 'other-party'],
  ["claims['sub'] matches '*:repository_owner:corp'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'repo:bob/*'", 'outside-owner', 'other-owner'],
  ["claims['sub'] matches 'repo:ghost/*'", 'unclaimed-owner', 'unclaimed-name'],
  ["claims['job_workflow_ref'] matches 'corp/flows/*'", 'unrelated', 'other-party'],
  ["claims['job_workflow_ref'] matches 'corp/flow*'", 'anybody-can-satisfy', 'owner-not-restricted'],
  ["claims['job_workflow_ref'] eq 'Alice/w/.github/workflows/x.yml@main'", 'references-leaver', 'workflow-owner-login'],
  ["claims['repository_owner'] eq 'corp'", 'anybody-can-satisfy', 'owner-not-restricted'],
  ["claims['repo_property_team'] eq 'platform'", 'anybody-can-satisfy', 'owner-not-restricted'],
  [
    "claims['sub'] eq 'repo:corp/api:environment:prod' and claims['job_workflow_ref'] matches 'alice/*'",
    'references-leaver',
    'workflow-owner-login',
  ],
  [
    "claims['sub'] matches 'repo:corp/*' and claims['job_workflow_ref'] matches 'corp/flows/*'",
    'unrelated',
    'other-party',
  ],
  ["claims['sub'] startswith 'repo:corp/'", 'can-match-leaver', 'expression-not-understood'],
  ["claims['sub'] matches 'repo:corp/*' or claims['actor'] eq 'x'", 'can-match-leaver', 'expression-not-understood'],
];

for (const [expression, verdict, rule] of expressions) {
  test(`expression ${expression}: ${verdict} by ${rule}`, () => {
    const relation = relate({ expression });
    assert.deepEqual([relation.verdict, relation.rule], [verdict, rule]);
  });
}

test('without a known account everything is judged that needs none', () => {
  const without = (subject: string): string => relate({ subject }, { accounts: [] }).verdict;
  assert.deepEqual(
    ['repo:corp/api:environment:prod', 'repo:alice/tool:pull_request', 'repo:ghost/x:pull_request', 'repo:corp*'].map(
      without,
    ),
    ['unrelated', 'outside-owner', 'unclaimed-owner', 'anybody-can-satisfy'],
  );
});

test('an enterprise’s own issuer path is still github.com', () => {
  const relation = relate({ issuer: `${GITHUB}/acme-inc`, subject: 'repo:alice/tool:pull_request' });
  assert.equal(relation.verdict, 'references-leaver');
});

test('where no organisation is the firm’s, strangers are no finding each, and a name that anybody can take is', () => {
  const nobodys: Partial<TrustContext> = { owners: { ...CONTEXT.owners, firm: [] } };
  const verdicts = ['repo:alice_acme/x:pull_request', 'repo:ghost/x:pull_request', 'repo:bob/x:pull_request'].map(
    (subject) => relate({ subject }, nobodys).verdict,
  );
  assert.deepEqual(verdicts, ['unrelated', 'unclaimed-owner', 'outside-owner']);
});

test('an owner on a GitHub of which the firm named nobody is told, and not taken for unrelated', () => {
  const subject = 'repo:somebody/tool:ref:refs/heads/main';
  const server = { instance: instanceOfApi('https://github.acme.example/api/v3') };
  assert.equal(relate({ issuer: 'https://token.actions.other.ghe.com', subject }).verdict, 'owner-not-resolved');
  assert.equal(relate({ subject }, { ...server, trusted: [] }).verdict, 'owner-not-resolved');
});

test('the same login on another GitHub installation is reviewed, never deleted', () => {
  const subject = 'repo:alice@111/tool@5:pull_request';
  const [residency, server] = ['https://token.actions.acme.ghe.com', 'https://github.acme.example/_services/token'].map(
    (issuer) => relate({ issuer, subject }),
  );
  assert.deepEqual([residency?.verdict, server?.verdict], ['can-match-leaver', 'can-match-leaver']);
});

test('a name at another GitHub is found in whichever part of the trust it stands, under any that the leaver had', () => {
  const issuer = 'https://token.actions.acme.ghe.com';
  const accounts = [{ ...alice, formerLogins: [{ login: 'ally', from: '2020-01-01', to: '2021-01-01' }] }];
  const of = (trust: Parameters<typeof relate>[0]) => {
    const { rule, login } = relate({ issuer, ...trust }, { accounts });
    return [rule, login];
  };
  const named = ['name-at-another-issuer', 'alice'];
  assert.deepEqual(of({ subject: 'environment:alice%3Adev' }), named);
  assert.deepEqual(of({ subject: 'repo:corp/x:ref:refs/heads/Ally' }), named);
  assert.deepEqual(of({ expression: "claims['sub'] matches 'repo:alice/*'" }), named);
  assert.deepEqual(of({ subject: 'repo:malice/x:pull_request' }), ['unresolved-name', undefined]);
});

test('at a GitHub that nobody vouches for the issuer counts, and nothing but the subject names whose it is', () => {
  const issuer = 'https://github.unknown.example/_services/token';
  const rule = (trust: Parameters<typeof relate>[0]) => relate({ issuer, ...trust }).rule;
  assert.equal(rule({ subject: 'alice/tool' }), 'issuer-of-leaver');
  assert.equal(rule({ expression: "claims['job_workflow_ref'] eq 'alice/w'" }), 'name-at-another-issuer');
  assert.equal(rule({ subject: 'repo:bob/tool' }), 'issuer-not-known');
});

test('an expression that is not understood says from where on', () => {
  const expression = "claims['sub'] eq 'a' or claims['x'] eq 'b'";
  assert.match(relate({ expression }).why, /from character 22 on/);
});

test('an app that works against its own GitHub installation knows that installation’s issuer', () => {
  const subject = 'repo:alice/tool:pull_request';
  const at = (api: string): Partial<TrustContext> => ({ instance: instanceOfApi(api) });
  const verdicts = [
    relate({ issuer: 'https://token.actions.acme.ghe.com', subject }, at('https://api.acme.ghe.com')),
    relate(
      { issuer: 'https://github.acme.example/_services/token', subject },
      at('https://github.acme.example/api/v3'),
    ),
    relate(
      { issuer: 'https://github.acme.example/_services/token/inc', subject },
      at('https://github.acme.example/api/v3'),
    ),
  ].map(({ verdict }) => verdict);
  assert.deepEqual(verdicts, ['references-leaver', 'references-leaver', 'references-leaver']);
});

test('the leaver’s name in the credential’s own name or description is only a hint', () => {
  const subject = 'repo:corp/api:environment:prod';
  assert.equal(relate({ subject, name: 'alice-laptop' }).rule, 'name-of-credential');
  assert.equal(relate({ subject, description: 'alice laptop' }).verdict, 'mentions-leaver');
  assert.equal(relate({ subject, name: 'malice-laptop' }).verdict, 'unrelated');
  assert.equal(relate({ subject, name: 'Laptop.ALICE' }).login, 'alice');
  // A hint never takes the place of what the trust itself says.
  const own = relate({ subject: 'repo:alice/tool:pull_request', name: 'alice-laptop' });
  assert.equal(own.verdict, 'references-leaver');
  const accounts = [alice, { ...alice, login: 'Ann-B' }];
  assert.equal(relate({ subject, name: 'for_ann-b_only' }, { accounts }).login, 'Ann-B');
  // A name without a letter or a figure is in no text.
  const nameless = { accounts: [{ ...alice, login: '-' }] };
  assert.equal(relate({ subject, name: '本番', description: '' }, nameless).verdict, 'unrelated');
});

test('a credential with neither subject nor expression is not harmless: it could not be read', () => {
  assert.equal(relate({}).rule, 'no-subject-readable');
});
