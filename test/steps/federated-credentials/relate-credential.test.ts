import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FederatedCredential } from '../../../src/connectors/federated-credential.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import { instanceOfApi } from '../../../src/steps/federated-credentials/rules/issuer.ts';
import { relateCredential } from '../../../src/steps/federated-credentials/rules/relate-credential.ts';
import type { Relation, Rule, Verdict } from '../../../src/steps/federated-credentials/rules/relation.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const source = { source: 'test', confidence: 'proved' } as const;
const alice: GitHubAccount = { login: 'alice', id: 111, ...source };
const managed: GitHubAccount = { login: 'alice_acme', id: 112, ...source };

function relate(
  credential: Partial<FederatedCredential>,
  accounts = [alice],
  api = 'https://api.github.com',
): Relation {
  const whole = { id: 'id', name: 'ci', issuer: GITHUB, audiences: ['api://AzureADTokenExchange'], ...credential };
  return relateCredential(whole, accounts, instanceOfApi(api));
}

const subjects: readonly (readonly [subject: string, Verdict, Rule])[] = [
  ['repo:alice/tool:ref:refs/heads/main', 'references-leaver', 'repository-owner-login'],
  ['repo:Alice/tool:environment:prod', 'references-leaver', 'repository-owner-login'],
  ['repo:alice@111/tool@5:pull_request', 'references-leaver', 'repository-owner-id'],
  ['repo:old-nick@111/tool@5:ref:refs/heads/main', 'references-leaver', 'repository-owner-id'],
  ['repo:alice@222/tool@9:ref:refs/heads/main', 'mentions-leaver', 'recycled-name'],
  ['repo:alice@222/tool@9:actor:alice', 'mentions-leaver', 'recycled-name'],
  ['repo:alice_acme/tool:ref:refs/heads/main', 'unrelated', 'other-party'],
  ['repository_owner:alice', 'references-leaver', 'repository-owner-login'],
  ['repository_owner:alice:repository_owner_id:222', 'mentions-leaver', 'recycled-name'],
  ['repository_owner:old-nick:repository_owner_id:111', 'references-leaver', 'repository-owner-id'],
  ['repository_owner_id:111', 'references-leaver', 'repository-owner-id'],
  ['repository_owner_id:1110', 'unrelated', 'other-party'],
  ['actor:alice', 'references-leaver', 'actor-login'],
  ['actor_id:111', 'references-leaver', 'actor-id'],
  ['repo:corp/api:actor:alice', 'references-leaver', 'actor-login'],
  ['repo:corp@900/api@5:actor:alice', 'references-leaver', 'actor-login'],
  ['repo:corp/api:ref:refs/heads/main:actor:bob', 'unrelated', 'other-party'],
  ['job_workflow_ref:alice/wf/.github/workflows/x.yml@refs/heads/main', 'references-leaver', 'workflow-owner-login'],
  [
    'repo:corp/api:ref:refs/heads/main:job_workflow_ref:corp/alice/.github/workflows/d.yml@refs/heads/main',
    'mentions-leaver',
    'name-in-text',
  ],
  ['repo:alice-corp/api:ref:refs/heads/main', 'unrelated', 'other-party'],
  ['repo:alice-111/api:ref:refs/heads/main', 'unrelated', 'other-party'],
  ['repo:corp/alice:ref:refs/heads/main', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/alice-dotfiles:ref:refs/heads/main', 'unrelated', 'other-party'],
  ['repo:corp/api:environment:alice', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/api:environment:alice%3Adev', 'mentions-leaver', 'name-in-text'],
  ['environment:alice%3Adev', 'can-match-leaver', 'owner-not-restricted'],
  ['repo:corp/api:ref:refs/heads/alice/feature-x', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/api:ref:refs/tags/alice', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/api:ref:refs/heads/malice', 'unrelated', 'other-party'],
];

for (const [subject, verdict, rule] of subjects) {
  test(`subject ${subject}: ${verdict} by ${rule}`, () => {
    const relation = relate({ subject });
    assert.deepEqual([relation.verdict, relation.rule], [verdict, rule]);
  });
}

const expressions: readonly (readonly [expression: string, Verdict, Rule])[] = [
  ["claims['sub'] matches 'repo:alice/*'", 'references-leaver', 'repository-owner-login'],
  ["claims['sub'] eq 'repo:alice/tool:environment:prod'", 'references-leaver', 'repository-owner-login'],
  ["claims['sub'] matches 'repo:al*/x:*'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'repo:*/deploy:*'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'repo:alic?/deploy:*'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'repo:alice@*/deploy@*:*'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'repo:alice@222/*'", 'mentions-leaver', 'recycled-name'],
  ["claims['sub'] matches 'repo:corp/*:actor:alice'", 'references-leaver', 'actor-login'],
  ["claims['sub'] matches 'repo:corp/*:actor:al*'", 'can-match-leaver', 'wildcard-covers-actor'],
  ["claims['sub'] matches 'repo:corp/*:actor:*'", 'unrelated', 'other-party'],
  ["claims['sub'] matches 'repo:corp/*:ref:refs/heads/*'", 'unrelated', 'other-party'],
  ["claims['sub'] matches 'repo:*' and claims['sub'] matches 'repo:corp/*'", 'unrelated', 'other-party'],
  ["claims['sub'] matches 'repo:alice-*/x:*'", 'unrelated', 'other-party'],
  ["claims['sub'] matches '*'", 'can-match-leaver', 'wildcard-covers-owner'],
  ["claims['sub'] matches 'environment:*'", 'can-match-leaver', 'owner-not-restricted'],
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

test('an enterprise-managed login is the leaver’s where it is one of the leaver’s accounts', () => {
  const relation = relate({ subject: 'repo:alice_acme/tool:ref:refs/heads/main' }, [alice, managed]);
  assert.deepEqual([relation.verdict, relation.login], ['references-leaver', 'alice_acme']);
});

test('a login in another case is the leaver’s, and it is said that Entra lets nobody in by it', () => {
  const relation = relate({ subject: 'repo:Alice/tool:environment:prod' });
  assert.equal(relation.wrongCase, true);
  assert.match(relation.why, /compares case/);
});

test('an enterprise’s own issuer path is still github.com', () => {
  const relation = relate({ issuer: `${GITHUB}/acme-inc`, subject: 'repo:alice/tool:pull_request' });
  assert.equal(relation.verdict, 'references-leaver');
});

test('the same login on another GitHub installation is reviewed, never deleted', () => {
  const subject = 'repo:alice@111/tool@5:pull_request';
  for (const issuer of ['https://token.actions.acme.ghe.com', 'https://github.acme.example/_services/token']) {
    assert.equal(relate({ issuer, subject }).rule, 'name-at-another-issuer');
  }
});

test('an app that works against its own GitHub installation knows that installation’s issuer', () => {
  const subject = 'repo:alice/tool:pull_request';
  const dataResidency = relate(
    { issuer: 'https://token.actions.acme.ghe.com', subject },
    [alice],
    'https://api.acme.ghe.com',
  );
  const server = relate(
    { issuer: 'https://github.acme.example/_services/token', subject },
    [alice],
    'https://github.acme.example/api/v3',
  );
  assert.deepEqual([dataResidency.verdict, server.verdict], ['references-leaver', 'references-leaver']);
});

test('a host that only begins like GitHub’s issuer is not GitHub', () => {
  const issuer = 'https://token.actions.githubusercontent.com.example.net';
  assert.equal(relate({ issuer, subject: 'repo:alice/tool:pull_request' }).rule, 'other-issuer');
});

test('the same handle at GitLab is reviewed, a Kubernetes namespace of that name is nobody’s', () => {
  const gitlab = relate({ issuer: 'https://gitlab.com', subject: 'project_path:alice/app:ref_type:branch:ref:main' });
  const cluster = relate({
    issuer: 'https://westeurope.oic.prod-aks.azure.com/t/c/',
    subject: 'system:serviceaccount:alice:default',
  });
  assert.deepEqual([gitlab.verdict, cluster.verdict], ['mentions-leaver', 'unrelated']);
});

test('the leaver’s name in the credential’s own name or description is only a hint', () => {
  const subject = 'repo:corp/api:environment:prod';
  assert.equal(relate({ subject, name: 'alice-laptop' }).rule, 'name-of-credential');
  assert.equal(relate({ subject, description: 'alice laptop' }).verdict, 'mentions-leaver');
  assert.equal(relate({ subject, name: 'malice-laptop' }).verdict, 'unrelated');
});

test('a credential with neither subject nor expression is not harmless: it could not be read', () => {
  assert.equal(relate({}).rule, 'no-subject-readable');
});
