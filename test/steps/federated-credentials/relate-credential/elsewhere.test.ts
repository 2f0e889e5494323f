import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../../../../src/steps/federated-credentials/rules/relation.ts';
import type { TrustContext } from '../../../../src/steps/federated-credentials/rules/trust-context.ts';
import { alice, GITHUB, OID, relate, TENANT } from './world.ts';

const OTHER_TENANT = '00000000-7b34-4d0e-9c61-2f3e8d7a9b10';

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
