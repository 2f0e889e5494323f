import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FederatedCredential } from '../../../src/connectors/federated-credential.ts';
import type { NameHolder } from '../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import { relateCredential } from '../../../src/steps/federated-credentials/rules/relate-credential.ts';
import type { Relation, Rule, Verdict } from '../../../src/steps/federated-credentials/rules/relation.ts';
import { instanceOfApi } from '../../../src/steps/federated-credentials/rules/subject/issuer.ts';
import type { TrustContext } from '../../../src/steps/federated-credentials/rules/trust-context.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const TENANT = '5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10';
const OTHER_TENANT = '00000000-7b34-4d0e-9c61-2f3e8d7a9b10';
const OID = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35';
const source = { source: 'test', confidence: 'proved' } as const;
const alice: GitHubAccount = { login: 'alice', id: 111, ...source };
const managed: GitHubAccount = { login: 'alice_acme', id: 112, ...source };

const held = (login: string, id: number): [string, NameHolder] => [login.toLowerCase(), { state: 'held', id, login }];
const NAMES = new Map<string, NameHolder>([
  held('corp', 900),
  held('alice', 111),
  held('alice-corp', 301),
  held('alice-111', 302),
  held('bob', 303),
  held('hashicorp', 304),
  ['ghost', { state: 'unclaimed' }],
]);
/** The firm is the organisation corp; its workflows in `flows` are private, those in `open` public. */
const CONTEXT: TrustContext = {
  accounts: [alice],
  oid: OID,
  instance: { kind: 'github.com' },
  owners: {
    firm: [{ login: 'corp', id: 900 }],
    names: NAMES,
    repositories: new Map([
      ['corp/flows', { state: 'seen', ownerId: 900, ownerLogin: 'corp', isPublic: false }],
      ['corp/open', { state: 'seen', ownerId: 900, ownerLogin: 'corp', isPublic: true }],
      ['5', { state: 'seen', ownerId: 900, ownerLogin: 'corp', isPublic: false }],
      ['6', { state: 'seen', ownerId: 111, ownerLogin: 'alice', isPublic: false }],
      ['7', { state: 'seen', ownerId: 303, ownerLogin: 'bob', isPublic: true }],
      ['8', { state: 'unknown' }],
    ]),
  },
  tenantId: TENANT,
  devopsOrganisations: ['corp-devops'],
  trusted: [
    { issuer: 'gitlab.com', owner: 'corp/platform' },
    { issuer: 'app.terraform.io', owner: 'corp' },
    { issuer: 'api.bitbucket.org/2.0/workspaces/corp/pipelines-config/identity/oidc', owner: 'corp' },
    { issuer: 'gitlab.corp.example', owner: '*' },
    { issuer: 'gitlab.com', owner: '*' },
    { issuer: 'accounts.google.com', owner: '107' },
    { issuer: 'token.actions.githubusercontent.com/corp-inc', owner: '*' },
    { issuer: 'token.actions.githubusercontent.com', owner: 'enterprise:corp-inc' },
    { issuer: 'github.other.example/_services/token', owner: 'corp' },
  ],
};

function relate(credential: Partial<FederatedCredential>, context: Partial<TrustContext> = {}): Relation {
  const whole = { id: 'id', name: 'ci', issuer: GITHUB, audiences: ['api://AzureADTokenExchange'], ...credential };
  return relateCredential(whole, { ...CONTEXT, ...context });
}
const namedOtherwise = (name: string, holder: NameHolder): Partial<TrustContext> => ({
  owners: { ...CONTEXT.owners, names: new Map([...NAMES, [name, holder]]) },
});

const subjects: readonly (readonly [subject: string, Verdict, Rule])[] = [
  ['repo:alice/tool:ref:refs/heads/main', 'references-leaver', 'repository-owner-login'],
  ['repo:Alice/tool:environment:prod', 'references-leaver', 'repository-owner-login'],
  ['repo:alice@111/tool@5:pull_request', 'references-leaver', 'repository-owner-id'],
  ['repo:old-nick@111/tool@5:ref:refs/heads/main', 'references-leaver', 'repository-owner-id'],
  ['repo:alice@222/tool@9:ref:refs/heads/main', 'recycled-name', 'recycled-name'],
  ['repo:alice@222/tool@9:actor:alice', 'recycled-name', 'recycled-name'],
  ['repo:alice_acme/tool:ref:refs/heads/main', 'owner-not-resolved', 'unresolved-name'],
  ['repository_owner:alice', 'references-leaver', 'repository-owner-login'],
  ['repository_owner:alice:repository_owner_id:222', 'recycled-name', 'recycled-name'],
  ['repository_owner:old-nick:repository_owner_id:111', 'references-leaver', 'repository-owner-id'],
  ['repository_owner_id:111', 'references-leaver', 'repository-owner-id'],
  ['repository_owner_id:1110', 'outside-owner', 'other-owner'],
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
  ['repo:alice-corp/api:ref:refs/heads/main', 'outside-owner', 'other-owner'],
  ['repo:alice-111/api:ref:refs/heads/main', 'outside-owner', 'other-owner'],
  ['repo:corp/alice:ref:refs/heads/main', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/alice-dotfiles:ref:refs/heads/main', 'unrelated', 'other-party'],
  ['repo:corp/api:environment:alice', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/api:environment:alice%3Adev', 'mentions-leaver', 'name-in-text'],
  ['environment:alice%3Adev', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repo:corp/api:ref:refs/heads/alice/feature-x', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/api:ref:refs/tags/alice', 'mentions-leaver', 'name-in-text'],
  ['repo:corp/api:ref:refs/heads/malice', 'unrelated', 'other-party'],
  // What ties a token to the firm, in every claim that can.
  ['repo:CORP/api:environment:prod', 'unrelated', 'other-party'],
  ['repo:corp@900/api@5:environment:prod', 'unrelated', 'other-party'],
  ['repository_owner:corp', 'unrelated', 'other-party'],
  ['repository_owner_id:900', 'unrelated', 'other-party'],
  ['repository_id:5', 'unrelated', 'other-party'],
  ['environment:prod:repository_owner_id:900', 'unrelated', 'other-party'],
  ['workflow_ref:corp/api/.github/workflows/x.yml@refs/heads/main', 'unrelated', 'other-party'],
  ['job_workflow_ref:corp/flows/.github/workflows/x.yml@refs/heads/main', 'unrelated', 'other-party'],
  ['enterprise:corp-inc:environment:prod', 'unrelated', 'other-party'],
  // What ties it to nobody.
  ['job_workflow_ref:corp/open/.github/workflows/x.yml@refs/heads/main', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['job_workflow_ref:corp/unseen/.github/workflows/x.yml@main', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['enterprise:somebody-inc', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['actor:bob', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repository_visibility:private', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repo_property_team:platform', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['run_number:7', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['sha:7d865e959b2466918c9863afca942d0fb89d7c9a', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['jti:1', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['a_claim_of_tomorrow:corp', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['ref:refs/heads/main', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repo:*', 'can-match-leaver', 'wildcard-covers-owner'],
  ['repo:corp*', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repo:corp*/api:environment:prod', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['repo%3Acorp/api%3Aenvironment%3Aprod', 'anybody-can-satisfy', 'owner-not-restricted'],
  ['environment:repo:corp/api', 'anybody-can-satisfy', 'owner-not-restricted'],
  // Whose a name is, where it is none of the firm’s.
  ['repo:corp@901/api@5:environment:prod', 'outside-owner', 'other-owner'],
  ['repo:corp%2Fapi:environment:prod', 'owner-not-resolved', 'unresolved-name'],
  ['repo:bob/tool:ref:refs/heads/main', 'outside-owner', 'other-owner'],
  ['repo:ghost/tool:ref:refs/heads/main', 'unclaimed-owner', 'unclaimed-name'],
  ['repo:Ghost/tool:ref:refs/heads/main', 'unclaimed-owner', 'unclaimed-name'],
  ['repo:corp/api:job_workflow_ref:ghost/w/.github/workflows/x.yml@main', 'unclaimed-owner', 'unclaimed-name'],
  ['repo:corp/api:job_workflow_ref:hashicorp/w/.github/workflows/x.yml@main', 'unrelated', 'other-party'],
  ['repository_id:6', 'references-leaver', 'repository-id'],
  ['repository_id:7', 'outside-owner', 'other-owner'],
  ['repository_id:8', 'owner-not-resolved', 'repository-id'],
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

test('where everybody at an issuer is trusted, the leaver still is not', () => {
  const everybodyAt = (...issuers: readonly string[]): Partial<TrustContext> => ({
    accounts: [{ ...alice, formerLogins: [{ login: 'ally', from: '2020-01-01', to: '2021-01-01' }] }],
    trusted: issuers.map((issuer) => ({ issuer, owner: '*' })),
  });
  const trusting = everybodyAt(
    'gitlab.corp.example',
    'github.other.example/_services/token',
    'token.actions.other.ghe.com',
    `login.microsoftonline.com/${OTHER_TENANT}/v2.0`,
    'oidc.eks.eu-west-1.amazonaws.com/id/AB',
    'alice.github.io',
    'ghost.github.io',
    'corp.github.io',
  );
  const leavers: readonly (readonly [string, string])[] = [
    ['https://gitlab.corp.example', 'project_path:alice/app:ref_type:branch:ref:main'],
    ['https://gitlab.corp.example', 'project_path:Ally/app:ref_type:branch:ref:main'],
    ['https://github.other.example/_services/token', 'repo:alice/tool:ref:refs/heads/main'],
    ['https://github.other.example/_services/token', 'repo:ally/tool:ref:refs/heads/main'],
    ['https://github.other.example/_services/token', 'repo:corp/tool:ref:refs/heads/main:actor:alice'],
    ['https://token.actions.other.ghe.com', 'repo:alice/tool:ref:refs/heads/main'],
    [`https://login.microsoftonline.com/${OTHER_TENANT}/v2.0`, OID],
    ['https://alice.github.io', 'anything'],
  ];
  for (const [issuer, subject] of leavers)
    assert.equal(relate({ issuer, subject }, trusting).verdict, 'can-match-leaver', `${issuer} ${subject}`);
  assert.equal(relate({ issuer: 'https://ghost.github.io', subject: 'anything' }, trusting).verdict, 'unclaimed-owner');
  const others: readonly (readonly [string, string])[] = [
    ['https://gitlab.corp.example', 'project_path:team/alice:ref_type:branch:ref:main'],
    ['https://github.other.example/_services/token', 'repo:corp/tool:ref:refs/heads/alice'],
    ['https://oidc.eks.eu-west-1.amazonaws.com/id/AB', 'system:serviceaccount:alice:default'],
    ['https://corp.github.io', 'anything'],
  ];
  for (const [issuer, subject] of others)
    assert.equal(relate({ issuer, subject }, trusting).verdict, 'unrelated', `${issuer} ${subject}`);
});

test('an owner elsewhere that is trusted and called like the leaver is reviewed', () => {
  const relation = relate(
    { issuer: GITLAB, subject: 'project_path:alice/app:ref_type:branch:ref:main' },
    { trusted: [{ issuer: 'gitlab.com', owner: 'alice' }] },
  );
  assert.equal(relation.verdict, 'can-match-leaver');
});

const GITLAB = 'https://gitlab.com';
const TERRAFORM = 'https://app.terraform.io';
const VSTOKEN = `https://vstoken.dev.azure.com/${OTHER_TENANT}`;
const ENTRA = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const AKS = `https://westeurope.oic.prod-aks.azure.com/${TENANT}/c/`;
const bitbucket = (workspace: string): string =>
  `https://api.bitbucket.org/2.0/workspaces/${workspace}/pipelines-config/identity/oidc`;
const elsewhere: readonly (readonly [issuer: string, subject: string, Verdict])[] = [
  [GITLAB, 'project_path:corp/platform/api:ref_type:branch:ref:main', 'unrelated'],
  [GITLAB, 'project_path:corp/platform:ref_type:branch:ref:main', 'unrelated'],
  [GITLAB, 'project_path:corp/platform*', 'outside-owner'],
  [GITLAB, 'project_path:corp/platformer/api:ref_type:branch:ref:main', 'outside-owner'],
  [GITLAB, 'project_path:corp-x/platform/api:ref_type:branch:ref:main', 'outside-owner'],
  [GITLAB, 'project_path:*', 'anybody-can-satisfy'],
  [GITLAB, 'project_path:cor*', 'anybody-can-satisfy'],
  [GITLAB, 'ref_type:branch:ref:main', 'anybody-can-satisfy'],
  [GITLAB, 'project_path:alice/app:ref_type:branch:ref:main', 'can-match-leaver'],
  [`${GITLAB}:8443`, 'project_path:corp/platform/api:ref:main', 'unknown-issuer'],
  ['http://gitlab.com', 'project_path:corp/platform/api:ref:main', 'unknown-issuer'],
  ['https://gitlab.corp.example', 'project_path:anything/at/all:ref:main', 'unrelated'],
  ['https://gitlab.other.example', 'project_path:corp/platform/api:ref:main', 'unknown-issuer'],
  ['https://gitlab.other.example', 'project_path:alice/app:ref:main', 'can-match-leaver'],
  [TERRAFORM, 'organization:corp:project:p:workspace:w:run_phase:apply', 'unrelated'],
  [TERRAFORM, 'organization:corp-x:project:p:workspace:w:run_phase:apply', 'outside-owner'],
  [TERRAFORM, 'organization:*', 'anybody-can-satisfy'],
  [TERRAFORM, 'organization:corp*', 'anybody-can-satisfy'],
  [bitbucket('corp'), '{6d}:{7e}', 'unrelated'],
  [bitbucket('corp-x'), '{6d}:{7e}', 'outside-owner'],
  [bitbucket('alice'), '{6d}:{7e}', 'can-match-leaver'],
  [VSTOKEN, 'sc://Corp-DevOps/pay/prod', 'unrelated'],
  [VSTOKEN, 'sc://corp-devops-x/pay/prod', 'outside-owner'],
  [VSTOKEN, 'sc://*', 'anybody-can-satisfy'],
  [ENTRA, '8b1f6f0e-21c4-4c7e-9f57-6d1a30c2b4e9', 'unrelated'],
  [ENTRA, OID.toUpperCase(), 'can-match-leaver'],
  [ENTRA, '/eid1/c/pub/t/x/a/y/sc/8b1f6f0e-21c4-4c7e-9f57-6d1a30c2b4e9/1', 'outside-owner'],
  [`https://sts.windows.net/${OTHER_TENANT}/`, '8b1f6f0e-21c4-4c7e-9f57-6d1a30c2b4e9', 'unknown-issuer'],
  [AKS, 'system:serviceaccount:alice:default', 'unrelated'],
  [AKS, 'system:serviceaccount:*', 'unknown-issuer'],
  [AKS.replace(TENANT, OTHER_TENANT), 'system:serviceaccount:agents:default', 'unknown-issuer'],
  ['https://oidc.eks.eu-west-1.amazonaws.com/id/AB', 'system:serviceaccount:alice:default', 'unknown-issuer'],
  ['https://accounts.google.com', '107', 'unrelated'],
  ['https://accounts.google.com', '108', 'unknown-issuer'],
  ['https://alice.github.io/oidc', 'anything', 'can-match-leaver'],
  ['https://ghost.github.io', 'anything', 'unclaimed-owner'],
  ['https://bob.github.io', 'anything', 'unknown-issuer'],
  ['https://storage.googleapis.com/alice/oidc', 'anything', 'can-match-leaver'],
  ['https://issuer.example', 'anything', 'unknown-issuer'],
  ['not a url', 'anything', 'unknown-issuer'],
  [`${GITHUB}.example.net`, 'repo:corp/api:environment:prod', 'unknown-issuer'],
  [`${GITHUB}/corp-inc`, 'environment:prod', 'unrelated'],
  [`${GITHUB}/somebody-inc`, 'environment:prod', 'anybody-can-satisfy'],
  ['https://github.other.example/_services/token', 'repo:corp/api:environment:prod', 'unrelated'],
  ['https://github.other.example/_services/token', 'repo:bob/api:environment:prod', 'owner-not-resolved'],
  ['https://github.unknown.example/_services/token', 'repo:corp/api:environment:prod', 'unknown-issuer'],
];

for (const [issuer, subject, verdict] of elsewhere) {
  test(`${issuer} ${subject}: ${verdict}`, () => assert.equal(relate({ issuer, subject }).verdict, verdict));
}

test('the leaver’s name in the credential’s own name or description is only a hint', () => {
  const subject = 'repo:corp/api:environment:prod';
  assert.equal(relate({ subject, name: 'alice-laptop' }).rule, 'name-of-credential');
  assert.equal(relate({ subject, description: 'alice laptop' }).verdict, 'mentions-leaver');
  assert.equal(relate({ subject, name: 'malice-laptop' }).verdict, 'unrelated');
});

test('a credential with neither subject nor expression is not harmless: it could not be read', () => {
  assert.equal(relate({}).rule, 'no-subject-readable');
});
