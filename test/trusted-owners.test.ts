import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TrustedOwners } from '../src/trusted-owners.ts';

const faults = (text: string): string[] =>
  (TrustedOwners.safeParse(text).error?.issues ?? []).map(({ message }) => message);

test('unset, nobody is trusted besides the configured organisations', () => {
  assert.deepEqual(TrustedOwners.parse(undefined), []);
});

test('an issuer is written with or without https, and ends where its address does', () => {
  assert.deepEqual(TrustedOwners.parse('gitlab.com=acme/platform, https://oidc.eks.example/id/AB/=*'), [
    { issuer: 'gitlab.com', owner: 'acme/platform' },
    { issuer: 'oidc.eks.example/id/AB', owner: '*' },
  ]);
});

for (const [text, words] of [
  ['gitlab.com', /not <issuer>=<owner>/],
  ['gitlab.com=', /not <issuer>=<owner>/],
  ['http://gitlab.com=acme', /no https issuer/],
  ['gitlab.com=acme*', /wildcard/],
  ['gitlab.com=*', /everybody/],
  ['https://token.actions.githubusercontent.com/=*', /everybody/],
  ['https://login.microsoftonline.com/common/v2.0=*', /everybody/],
  ['accounts.google.com=*', /everybody/],
] as const) {
  test(`${text} is refused`, () => assert.match(faults(text)[0] ?? '', words));
}

const SHARED = [
  'agent.buildkite.com',
  'AGENT.buildkite.com',
  'api.pulumi.com/oidc',
  'app.eu.terraform.io',
  'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
  'oidc.circleci.com',
  'oidc.vercel.com',
  'oidc.fly.io',
  'app.spacelift.io',
  'github.com/login/oauth',
  'login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
  'vstoken.dev.azure.com/5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10',
  'oidc.eks.eu-west-1.amazonaws.com/id',
  'westeurope.oic.prod-aks.azure.com',
  'kubernetes.default.svc.cluster.local',
  'cognito-identity.amazonaws.com',
  'sts.windows.net/common',
];
for (const issuer of SHARED)
  test(`everybody at ${issuer} is refused`, () => assert.match(faults(`${issuer}=*`)[0] ?? '', /everybody/));

for (const issuer of [
  'oidc.circleci.com/org/0b1c2d3e',
  'oidc.vercel.com/acme',
  'oidc.fly.io/acme',
  'acme.app.spacelift.io',
])
  test(`everybody at ${issuer} may be trusted, which is one customer’s`, () => {
    assert.deepEqual(faults(`${issuer}=*`), []);
  });

test('an owner at GitHub may be written with the id of the account', () => {
  assert.deepEqual(TrustedOwners.parse('token.actions.githubusercontent.com=hashicorp@761456'), [
    { issuer: 'token.actions.githubusercontent.com', owner: 'hashicorp@761456' },
  ]);
});

test('an enterprise’s own path of GitHub’s issuer may be trusted as a whole', () => {
  assert.deepEqual(faults('token.actions.githubusercontent.com/acme-inc=*'), []);
});
