import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import { permissionsOf, scopesOf } from '../../../src/steps/define-source.ts';
import { findingsOf } from '../../../src/steps/federated-credentials/rules/findings-of.ts';
import { IDENTITY_TOKENS } from '../../../src/steps/federated-credentials/rules/identity-tokens.ts';
import { otherSubscriptions } from '../../../src/steps/federated-credentials/rules/other-subscriptions.ts';
import { conditionsOf, questionsOf } from '../../../src/steps/federated-credentials/rules/owner-questions.ts';
import { RelatedPrincipalsSchema } from '../../../src/steps/federated-credentials/rules/related-principals.ts';
import { strongest, VERDICTS } from '../../../src/steps/federated-credentials/rules/relation.ts';
import { tokensLeft } from '../../../src/steps/federated-credentials/rules/tokens-left.ts';
import {
  gitHubOwner,
  isSharedIssuer,
  issuerKey,
  trustedAt,
} from '../../../src/steps/federated-credentials/rules/trust-context.ts';
import { TRUST_LINGERS_MINUTES } from '../../../src/steps/federated-credentials/rules/trust-lingers.ts';
import { FEDERATION_SOURCES } from '../../../src/steps/federated-credentials/sources.ts';
import { federatedCredentials } from '../../../src/steps/federated-credentials/step.ts';
import { LEAVERS, related, relation } from './federated-credentials-world.ts';

test('of several relations the most urgent counts, and of equals the first', () => {
  const otherwise = relation('unrelated', { why: 'none' });
  assert.equal(strongest([], otherwise), otherwise);
  const [mention, first, second] = [
    relation('mentions-leaver'),
    relation('references-leaver', { why: 'first' }),
    relation('references-leaver', { why: 'second' }),
  ];
  assert.equal(strongest([mention, first, second], otherwise), first);
  assert.equal(VERDICTS[0], 'references-leaver');
  assert.equal(VERDICTS.at(-1), 'unrelated');
});

test('an issuer is compared by host and path, and the path keeps its case', () => {
  assert.equal(issuerKey(' https://OIDC.Example.org/Team/ '), 'oidc.example.org/Team');
  assert.equal(issuerKey('https://oidc.example.org'), 'oidc.example.org');
  assert.equal(issuerKey('http://oidc.example.org'), 'http://oidc.example.org');
  assert.equal(issuerKey('gitlab.com'), 'gitlab.com');
});

const SHARED: readonly (readonly [issuer: string, shared: boolean])[] = [
  ['token.actions.githubusercontent.com', true],
  ['TOKEN.actions.githubusercontent.com.', true],
  ['token.actions.githubusercontent.com:443', true],
  ['token.actions.githubusercontent.com/acme', false],
  ['gitlab.com', true],
  ['gitlab.com/anything', true],
  ['gitlab.corp.example', false],
  ['oidc.vercel.com', true],
  ['oidc.vercel.com/team', false],
  ['sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad', true],
  ['login.microsoftonline.com/common/v2.0', true],
  ['sts.windows.net/5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10', false],
];
for (const [issuer, shared] of SHARED)
  test(`${issuer} signs for ${shared ? 'everybody' : 'one customer'}`, () =>
    assert.equal(isSharedIssuer(issuer), shared));

test('everybody is trusted at no issuer that signs for everybody', () => {
  const trusted = [
    { issuer: 'gitlab.com', owner: '*' },
    { issuer: 'gitlab.com', owner: 'corp' },
    { issuer: 'gitlab.corp.example', owner: '*' },
  ];
  assert.deepEqual(trustedAt('https://gitlab.com/', { trusted }), ['corp']);
  assert.deepEqual(trustedAt('https://gitlab.corp.example', { trusted }), ['*']);
  assert.deepEqual(trustedAt('https://other.example', { trusted }), []);
});

test('an owner at GitHub is a name, or a name with the number that holds it', () => {
  assert.deepEqual(gitHubOwner('hashicorp@761456'), { login: 'hashicorp', id: 761456 });
  assert.deepEqual(gitHubOwner('hashicorp'), { login: 'hashicorp' });
  assert.deepEqual(gitHubOwner('hashicorp@x'), { login: 'hashicorp@x' });
});

test('GitHub is asked about the names that no id is given of', () => {
  const asked = (subject: string, issuer = 'https://token.actions.githubusercontent.com') =>
    questionsOf([{ issuer, subject }], { kind: 'github.com' });
  assert.deepEqual(asked('repo:corp/pay:ref:refs/heads/main'), { logins: ['corp'], repositories: [] });
  assert.deepEqual(asked('repo:corp@900/pay@5:ref:refs/heads/main'), { logins: [], repositories: [] });
  assert.deepEqual(asked('repository_id:5'), { logins: [], repositories: ['5'] });
  assert.deepEqual(asked('job_workflow_ref:corp/flows/.github/w.yml@main'), {
    logins: ['corp'],
    repositories: ['corp/flows'],
  });
  assert.deepEqual(
    asked('repo:corp/pay:job_workflow_ref:shared/flows/.github/w.yml@main').repositories,
    [],
    'the repository is tied to an owner already',
  );
  for (const odd of [
    'repository_id:x5',
    'repository_id:5x',
    'job_workflow_ref:corp/a b/w.yml',
    'job_workflow_ref:c d/flows',
  ])
    assert.deepEqual(asked(odd).repositories, [], odd);
  for (const whole of ['job_workflow_ref:corp@9/flows@5/.github/w.yml@main', 'job_workflow_ref:corp/flows'])
    assert.deepEqual(asked(whole).repositories, ['corp/flows'], whole);
  for (const odd of ['(corp/flows', 'corp)/flows', 'corp', 'corp/'])
    assert.deepEqual(asked(`job_workflow_ref:${odd}`).repositories, [], odd);
  assert.deepEqual(asked('x', 'https://ann.github.io'), { logins: ['ann'], repositories: [] });
  assert.deepEqual(asked('repo:corp/pay:x', 'https://token.actions.acme.ghe.com'), { logins: [], repositories: [] });
});

test('an expression that cannot be read demands nothing that could be asked about', () => {
  assert.deepEqual(conditionsOf('sub', undefined), [{ claim: 'sub', operator: 'eq', operand: 'sub' }]);
  assert.deepEqual(conditionsOf('sub', 'nonsense'), []);
  assert.deepEqual(conditionsOf(undefined, undefined), []);
});

test('a subscription that nobody named is told, and one that was deleted is not', () => {
  const seen = (subscriptionId: string, state = 'Enabled') => ({ id: subscriptionId, subscriptionId, state });
  const line = otherSubscriptions(['A'], { items: [seen('a'), seen('b'), seen('c', 'Deleted')] });
  assert.deepEqual(
    [line?.source, line?.state, line?.why],
    ['azure/other-subscriptions', 'not-examined', 'not-configured'],
  );
  assert.match(line?.detail ?? '', /^SUBSCRIPTION_IDS does not name b, /);
  const unsaid = [{ id: 'a', subscriptionId: 'a', displayName: 'Pay' }];
  assert.match(otherSubscriptions([], { items: unsaid })?.detail ?? '', / does not name Pay \(a\), /);
  assert.equal(otherSubscriptions(['a'], { items: [seen('a'), seen('c', 'deleted')] })?.state, 'complete');
});

const told = (more: Partial<ReportFinding>): ReportFinding => ({
  id: findingId('federated-credentials', 'x', 'y'),
  step: 'federated-credentials',
  kind: 'x',
  title: 'x',
  severity: 'low',
  status: 'planned',
  resource: { system: 'entra', type: 'servicePrincipal', id: 'x', name: 'id-pay' },
  reason: 'x',
  evidence: {},
  ...more,
});

test('tokens of one identity are one life, however many trusts in it were cut', () => {
  const key = '/subscriptions/sub/id-pay';
  const [cut] = findingsOf(related(LEAVERS));
  assert.equal(cut && tokensLeft(cut)?.key, key);
  const tokens = told({ kind: IDENTITY_TOKENS, evidence: { parent: key, tokenMinutes: 1440 } });
  assert.deepEqual(tokensLeft(tokens), {
    key,
    what: 'Tokens of id-pay that were issued before the leaver’s trust was cut',
    minutes: 1450,
  });
  assert.equal(tokensLeft(told({ kind: IDENTITY_TOKENS, evidence: { parent: key } }))?.minutes, undefined);
  assert.equal(tokensLeft(told({})), undefined);
  const bare = told({ kind: IDENTITY_TOKENS, evidence: { parent: key } });
  const { name: _, ...nameless } = bare.resource;
  assert.match(tokensLeft({ ...bare, resource: nameless })?.what ?? '', /^Tokens of x that/);
  assert.equal(tokensLeft(told({ kind: IDENTITY_TOKENS })), undefined, 'nobody says whose they are');
  assert.equal(cut && federatedCredentials.lifeOf(cut)?.key, key);
});

test('the step needs the leaver’s accounts, and hands on identities by their object ids', () => {
  assert.equal(federatedCredentials.needsAccounts, true);
  assert.equal(federatedCredentials.phase, 'discover');
  assert.equal(federatedCredentials.tells, 'exposure');
  assert.deepEqual(
    federatedCredentials.remedies.map(({ kind }) => kind),
    ['delete-federated-credential', 'deny-identity'],
  );
  assert.ok(federatedCredentials.understands({ relatedPrincipals: [{ oid: 'x', name: 'y' }] }));
  assert.ok(!federatedCredentials.understands({ relatedPrincipals: ['x'] }));
});

test('whose a trust is cannot be told without the leaver’s accounts on GitHub', () => {
  for (const id of ['azure/federated-credentials', 'entra/application-credentials']) {
    const source = FEDERATION_SOURCES.find((each) => each.id === id);
    assert.ok(source !== undefined, id);
    assert.ok(permissionsOf(source).includes('reader/github/members=read'), id);
    assert.ok(scopesOf(source).includes('GITHUB_ORGANISATIONS'), id);
    assert.deepEqual(source.remedies, ['delete-federated-credential', 'deny-identity'], id);
  }
});

test('what the step hands on are identities by their object ids', () => {
  assert.ok(RelatedPrincipalsSchema.safeParse({ relatedPrincipals: [{ oid: 'x', name: 'y' }] }).success);
  assert.ok(!RelatedPrincipalsSchema.safeParse({ relatedPrincipals: [{ oid: 'x' }] }).success);
  assert.equal(TRUST_LINGERS_MINUTES, 10);
});
