import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import { permissionsOf, scopesOf } from '../../../src/steps/define-source.ts';
import { findingsOf, type RelatedCredential } from '../../../src/steps/federated-credentials/rules/findings-of.ts';
import { IDENTITY_TOKENS } from '../../../src/steps/federated-credentials/rules/identity-tokens.ts';
import { otherSubscriptions } from '../../../src/steps/federated-credentials/rules/other-subscriptions.ts';
import { judgeOther } from '../../../src/steps/federated-credentials/rules/other-trust.ts';
import { conditionsOf, questionsOf } from '../../../src/steps/federated-credentials/rules/owner-questions.ts';
import { RelatedPrincipalsSchema } from '../../../src/steps/federated-credentials/rules/related-principals.ts';
import {
  type Relation,
  type Rule,
  strongest,
  VERDICTS,
  type Verdict,
} from '../../../src/steps/federated-credentials/rules/relation.ts';
import { parseIssuer } from '../../../src/steps/federated-credentials/rules/subject/issuer.ts';
import { tokensLeft } from '../../../src/steps/federated-credentials/rules/tokens-left.ts';
import {
  gitHubOwner,
  isSharedIssuer,
  issuerKey,
  type TrustContext,
  trustedAt,
} from '../../../src/steps/federated-credentials/rules/trust-context.ts';
import { TRUST_LINGERS_MINUTES } from '../../../src/steps/federated-credentials/rules/trust-lingers.ts';
import { FEDERATION_SOURCES } from '../../../src/steps/federated-credentials/sources.ts';
import { federatedCredentials } from '../../../src/steps/federated-credentials/step.ts';

const relation = (verdict: Verdict, more: Partial<Relation> = {}): Relation => ({
  verdict,
  rule: 'other-party',
  why: 'Because.',
  ...more,
});

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

const OID = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35';
const TENANT = '5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10';
const ELSEWHERE = '00000000-7b34-4d0e-9c61-2f3e8d7a9b10';
const SOMEBODY = '0e000000-0000-4000-8000-00000000000a';
const alice: GitHubAccount = { login: 'alice', id: 111, source: 'test', confidence: 'proved' };
const CONTEXT: TrustContext = {
  accounts: [alice],
  oid: OID,
  instance: { kind: 'github.com' },
  owners: {
    firm: [{ login: 'corp', id: 900 }],
    names: new Map([
      ['alice', { state: 'held', id: 111, login: 'alice' }],
      ['corp', { state: 'held', id: 900, login: 'corp' }],
      ['ghost', { state: 'unclaimed' }],
    ]),
    repositories: new Map(),
  },
  tenantId: TENANT,
  devopsOrganisations: ['corp-devops'],
  trusted: [
    { issuer: 'gitlab.com', owner: 'corp/platform' },
    { issuer: 'gitlab.com', owner: '*' },
    { issuer: 'app.terraform.io', owner: 'corp' },
    { issuer: 'api.bitbucket.org/2.0/workspaces/corp/pipelines-config/identity/oidc', owner: 'corp' },
    { issuer: 'oidc.corp.example', owner: '*' },
    { issuer: 'oidc.shared.example', owner: 'team:corp' },
    { issuer: 'corp.github.io', owner: '*' },
  ],
};
const GITLAB = 'https://gitlab.com';
const TERRAFORM = 'https://app.terraform.io';
const DEVOPS = `https://vstoken.dev.azure.com/${SOMEBODY}`;
const ENTRA = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const aks = (tenant: string) => `https://westeurope.oic.prod-aks.azure.com/${tenant}/${SOMEBODY}/`;
const bitbucket = (workspace: string) =>
  `https://api.bitbucket.org/2.0/workspaces/${workspace}/pipelines-config/identity/oidc`;

const OTHERS: readonly (readonly [issuer: string, subject: string, Verdict, Rule])[] = [
  [GITLAB, 'project_path:corp/platform/api:ref_type:branch:ref:main', 'unrelated', 'other-party'],
  [GITLAB, 'project_path:corp/platform/*', 'unrelated', 'other-party'],
  [GITLAB, 'project_path:corp/platformer/api:ref:main', 'outside-owner', 'other-owner'],
  [GITLAB, 'project_path:corp/platform*', 'outside-owner', 'other-owner'],
  [GITLAB, 'project_path:stranger/api:ref:main', 'outside-owner', 'other-owner'],
  [GITLAB, 'project_path:Alice/api:ref:main', 'can-match-leaver', 'name-at-another-issuer'],
  [GITLAB, 'project_path:*', 'anybody-can-satisfy', 'owner-not-restricted'],
  [GITLAB, 'ref:main:project_path:corp/platform/api', 'anybody-can-satisfy', 'owner-not-restricted'],
  [TERRAFORM, 'organization:corp:project:p:workspace:w:run_phase:apply', 'unrelated', 'other-party'],
  [TERRAFORM, 'organization:corporate:project:p', 'outside-owner', 'other-owner'],
  [TERRAFORM, 'organization:corp*', 'anybody-can-satisfy', 'owner-not-restricted'],
  [bitbucket('corp'), '{x}:{y}', 'unrelated', 'other-party'],
  [bitbucket('alice'), '{x}:{y}', 'can-match-leaver', 'name-at-another-issuer'],
  [bitbucket('other'), '{x}:{y}', 'outside-owner', 'other-owner'],
  [DEVOPS, 'sc://Corp-DevOps/pay/azure', 'unrelated', 'other-party'],
  [DEVOPS, 'sc://other/pay/azure', 'outside-owner', 'other-owner'],
  [DEVOPS, 'sc://corp*/pay/azure', 'anybody-can-satisfy', 'owner-not-restricted'],
  [ENTRA, SOMEBODY, 'unrelated', 'other-party'],
  [ENTRA, OID.toUpperCase(), 'can-match-leaver', 'issuer-of-leaver'],
  [ENTRA, 'not-an-id', 'unknown-issuer', 'issuer-not-known'],
  [ENTRA, `/eid1/c/pub/t/x/a/y/sc/${SOMEBODY}/${SOMEBODY}`, 'outside-owner', 'other-owner'],
  [`https://sts.windows.net/${ELSEWHERE}/`, SOMEBODY, 'unknown-issuer', 'issuer-not-known'],
  [`https://sts.windows.net/${ELSEWHERE}/`, OID, 'can-match-leaver', 'issuer-of-leaver'],
  [aks(TENANT), 'system:serviceaccount:pay:deployer', 'unrelated', 'other-party'],
  [aks(TENANT), 'system:serviceaccount:pay:*', 'unknown-issuer', 'issuer-not-known'],
  [aks(ELSEWHERE), 'system:serviceaccount:pay:deployer', 'unknown-issuer', 'issuer-not-known'],
  ['https://alice.github.io', 'x', 'can-match-leaver', 'issuer-of-leaver'],
  ['https://ghost.github.io', 'x', 'unclaimed-owner', 'unclaimed-name'],
  ['https://somebody.github.io', 'x', 'unknown-issuer', 'issuer-not-known'],
  ['https://corp.github.io', 'x', 'unrelated', 'other-party'],
  ['https://oidc.corp.example', 'anything', 'unrelated', 'other-party'],
  ['https://oidc.corp.example', OID, 'can-match-leaver', 'issuer-of-leaver'],
  ['https://oidc.corp.example', 'alice/laptop', 'can-match-leaver', 'issuer-of-leaver'],
  ['https://oidc.shared.example', 'team:corp', 'unrelated', 'other-party'],
  ['https://oidc.shared.example', 'team:corporate', 'unknown-issuer', 'issuer-not-known'],
  ['https://alice.example.org', 'x', 'can-match-leaver', 'issuer-of-leaver'],
  ['https://malice.example.org', 'x', 'unknown-issuer', 'issuer-not-known'],
];
describe('a trust in another issuer than GitHub', () => {
  for (const [issuer, subject, verdict, rule] of OTHERS) {
    test(`${issuer} ${subject}`, () => {
      const conditions = [{ claim: 'sub', operator: 'eq' as const, operand: subject }];
      const parsed = parseIssuer(issuer) as Parameters<typeof judgeOther>[0];
      const judged = judgeOther(parsed, issuer, conditions, CONTEXT);
      assert.deepEqual([judged.verdict, judged.rule], [verdict, rule]);
    });
  }
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
  assert.equal(otherSubscriptions(['a'], { items: [seen('a'), seen('c', 'deleted')] })?.state, 'complete');
});

const IDENTITY = {
  type: 'managed-identity',
  subscriptionId: 'sub',
  resourceGroup: 'rg',
  name: 'id-pay',
  resourceId: '/subscriptions/Sub/id-pay',
} as const;
const related = (of: Relation, more: Partial<RelatedCredential> = {}): RelatedCredential => ({
  parent: IDENTITY,
  credential: {
    id: '/subscriptions/Sub/id-pay/federatedIdentityCredentials/ci',
    name: 'ci',
    issuer: 'https://token.actions.githubusercontent.com',
    audiences: ['api://AzureADTokenExchange'],
    subject: 'repo:alice/x:ref:refs/heads/main',
  },
  relation: of,
  traits: { servesProduction: false, declaredInCode: false } as RelatedCredential['traits'],
  confidence: 'proved',
  accountKnown: true,
  ...more,
});
const LEAVERS = relation('references-leaver', { rule: 'repository-owner-id', login: 'alice' });
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

test('a stranger may be the leaver where no account of theirs is known', () => {
  const stranger = relation('outside-owner', { rule: 'other-owner', outsider: 'stranger' });
  const [finding] = findingsOf(related(stranger, { accountKnown: false }));
  assert.equal(finding?.severity, 'medium');
  assert.match(finding?.reason ?? '', /No GitHub account of the leaver is known, so that it may be the leaver’s/);
  assert.equal(findingsOf(related(stranger))[0]?.severity, 'low');
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
