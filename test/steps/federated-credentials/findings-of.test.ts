import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../src/cases/stable-id.ts';
import { findingsOf, type RelatedCredential } from '../../../src/steps/federated-credentials/rules/findings-of.ts';
import type { Rule, Verdict } from '../../../src/steps/federated-credentials/rules/relation.ts';
import { LEAVERS, related, relation } from './federated-credentials-world.ts';

const production = { servesProduction: true, declaredInCode: false } as RelatedCredential['traits'];

test('a credential that trusts nobody but the firm is no finding', () => {
  assert.deepEqual(findingsOf(related(relation('unrelated'))), []);
});

test('one that trusts the leaver is deleted, by the vendor’s own id of it', () => {
  const [finding, ...more] = findingsOf(related(LEAVERS));
  assert.deepEqual(more, []);
  assert.equal(finding?.title, 'id-pay trusts GitHub tokens of the leaver (credential ci)');
  assert.deepEqual([finding?.severity, finding?.status, finding?.remedy?.risk], ['high', 'planned', 'safe']);
  assert.equal(finding?.remedy?.what, 'Delete the federated credential ci of id-pay.');
  assert.equal(finding?.remedy?.serialKey, '/subscriptions/sub/id-pay');
  const inCapitals = related(LEAVERS);
  const [same] = findingsOf({
    ...inCapitals,
    credential: { ...inCapitals.credential, id: inCapitals.credential.id.toUpperCase() },
  });
  assert.equal(same?.id, finding?.id);
});

const DECIDED: readonly (readonly [
  what: string,
  more: Partial<RelatedCredential>,
  status: string,
  risk: string | undefined,
  why: RegExp,
])[] = [
  ['it may serve production', { traits: production }, 'awaiting-decision', 'disruptive', /may serve production/],
  [
    'a name alone is the leaver’s',
    { relation: { ...LEAVERS, unproved: true } },
    'awaiting-decision',
    'disruptive',
    /A name alone proves nothing/,
  ],
  [
    'the account is likely theirs',
    { confidence: 'likely' },
    'awaiting-decision',
    'disruptive',
    /likely and not proved/,
  ],
  ['the account only may be theirs', { confidence: 'weak' }, 'manual-action', undefined, /Nothing is cut by it/],
];
for (const [what, more, status, risk, why] of DECIDED) {
  test(`nothing is deleted by itself where ${what}`, () => {
    const [finding] = findingsOf(related(LEAVERS, more));
    assert.deepEqual([finding?.status, finding?.remedy?.risk], [status, risk]);
    assert.match(finding?.reason ?? '', why);
  });
}

test('one that Terraform declares comes back with the next apply, which is told besides', () => {
  const traits = { servesProduction: false, declaredInCode: true } as RelatedCredential['traits'];
  const [, code] = findingsOf(related(LEAVERS, { traits }));
  assert.deepEqual(
    [code?.kind, code?.status, code?.severity],
    ['declared-in-terraform', 'needs-code-change', 'medium'],
  );
});

const REVIEWED: readonly (readonly [Verdict, Rule, severity: string, status: string])[] = [
  ['can-match-leaver', 'wildcard-covers-owner', 'high', 'manual-action'],
  ['can-match-leaver', 'name-at-another-issuer', 'medium', 'manual-action'],
  ['can-match-leaver', 'expression-not-understood', 'medium', 'manual-action'],
  ['can-match-leaver', 'no-subject-readable', 'medium', 'could-not-check'],
  ['anybody-can-satisfy', 'owner-not-restricted', 'high', 'manual-action'],
  ['unclaimed-owner', 'unclaimed-name', 'high', 'manual-action'],
  ['recycled-name', 'recycled-name', 'medium', 'manual-action'],
  ['owner-not-resolved', 'unresolved-name', 'medium', 'could-not-check'],
  ['outside-owner', 'other-owner', 'low', 'manual-action'],
  ['unknown-issuer', 'issuer-not-known', 'low', 'manual-action'],
  ['mentions-leaver', 'name-in-text', 'low', 'manual-action'],
];
for (const [verdict, rule, severity, status] of REVIEWED) {
  test(`${verdict} by ${rule} is for a person to look at, and nothing is planned`, () => {
    const [finding, ...more] = findingsOf(related(relation(verdict, { rule })));
    assert.deepEqual([finding?.kind, finding?.severity, finding?.status], [verdict, severity, status]);
    assert.deepEqual([finding?.remedy, more], [undefined, []]);
  });
}

const APPLICATION = { type: 'application', objectId: 'OBJ', appId: 'app', name: 'ci-app' } as const;

test('a finding about a managed identity says where the credential is, whom it trusts, and how it was judged', () => {
  const [finding] = findingsOf(related(LEAVERS));
  const { remedy, ...told } = finding ?? {};
  assert.deepEqual(told, {
    id: findingId(
      'federated-credentials',
      'references-leaver',
      '/subscriptions/sub/id-pay/federatedidentitycredentials/ci',
    ),
    step: 'federated-credentials',
    kind: 'references-leaver',
    title: 'id-pay trusts GitHub tokens of the leaver (credential ci)',
    resource: {
      system: 'azure',
      type: 'federatedIdentityCredential',
      id: '/subscriptions/Sub/id-pay/federatedIdentityCredentials/ci',
      name: 'id-pay/ci',
    },
    severity: 'high',
    status: 'planned',
    reason: 'Because.',
    evidence: {
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:alice/x:ref:refs/heads/main',
      audiences: ['api://AzureADTokenExchange'],
      rule: 'repository-owner-id',
      account: 'alice',
      parent: 'managed-identity',
      subscriptionId: 'sub',
      declaredInCode: false,
      servesProduction: false,
    },
  });
  assert.deepEqual(remedy?.call, {
    kind: 'delete-federated-credential',
    parent: related(LEAVERS).parent,
    name: 'ci',
    id: '/subscriptions/Sub/id-pay/federatedIdentityCredentials/ci',
    expected: {
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:alice/x:ref:refs/heads/main',
      expression: null,
      audiences: ['api://AzureADTokenExchange'],
    },
  });
});

test('a finding about an app registration names it by its object, whose credentials go one after the other', () => {
  const { subject: _, ...plain } = related(LEAVERS).credential;
  const credential = { ...plain, id: 'C1', expression: "claims['sub'] matches 'repo:Alice/*'" };
  const traits = { servesProduction: true, declaredInCode: true };
  const relation = { ...LEAVERS, wrongCase: true };
  const [finding, code] = findingsOf(related(relation, { parent: APPLICATION, credential, traits }));
  const resource = { system: 'entra', type: 'federatedIdentityCredential', id: 'OBJ/C1', name: 'ci-app/ci' };
  const evidence = {
    issuer: 'https://token.actions.githubusercontent.com',
    expression: "claims['sub'] matches 'repo:Alice/*'",
    audiences: ['api://AzureADTokenExchange'],
    rule: 'repository-owner-id',
    account: 'alice',
    wrongCase: true,
    parent: 'application',
    appId: 'app',
    declaredInCode: true,
    servesProduction: true,
  };
  assert.deepEqual(finding?.resource, resource);
  assert.deepEqual(finding?.evidence, evidence);
  assert.equal(finding?.id, findingId('federated-credentials', 'references-leaver', 'obj/c1'));
  assert.deepEqual([finding?.remedy?.serialKey, finding?.remedy?.risk], ['application OBJ', 'disruptive']);
  assert.deepEqual(code, {
    id: findingId('federated-credentials', 'declared-in-terraform', 'obj/c1'),
    step: 'federated-credentials',
    kind: 'declared-in-terraform',
    title: 'Terraform declares the credential ci of ci-app and would create it again',
    resource,
    severity: 'medium',
    status: 'needs-code-change',
    reason: 'Remove it from the Terraform code as well: the next apply puts back what is deleted here.',
    evidence,
  });
});

test('a stranger may be the leaver where no account of theirs is known', () => {
  const stranger = relation('outside-owner', { rule: 'other-owner', outsider: 'stranger' });
  const [finding] = findingsOf(related(stranger, { accountKnown: false }));
  assert.equal(finding?.severity, 'medium');
  assert.match(finding?.reason ?? '', /No GitHub account of the leaver is known, so that it may be the leaver’s/);
  assert.equal(findingsOf(related(stranger))[0]?.severity, 'low');
  assert.deepEqual(finding?.evidence.owner, 'stranger');
  // What is graver stays as grave, and where no owner is named nobody is taken for one.
  const free = relation('unclaimed-owner', { rule: 'unclaimed-name', outsider: 'ghost' });
  assert.equal(findingsOf(related(free, { accountKnown: false }))[0]?.severity, 'high');
  const [nobody] = findingsOf(
    related(relation('unknown-issuer', { rule: 'issuer-not-known' }), { accountKnown: false }),
  );
  assert.equal(nobody?.severity, 'low');
  assert.equal(nobody?.reason, 'Because. Ask who runs it; delete the credential if nobody knows.');
});
