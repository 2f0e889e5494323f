import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  gitHubOwner,
  isSharedIssuer,
  issuerKey,
  trustedAt,
} from '../../../src/steps/federated-credentials/rules/trust-context.ts';

/** An issuer that signs for everybody, and two that are only written like it. */
const SHARED: readonly (readonly [issuer: string, before: string, behind: string])[] = [
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'app.eu.terraform.io',
  'accounts.google.com',
  'agent.buildkite.com',
  'oidc.codefresh.io',
  'github.com',
  'kubernetes.default.svc.cluster.local',
  'vstoken.dev.azure.com',
  'token.dev.azure.com',
  'oidc.circleci.com',
  'app.spacelift.io',
  'oidc.eks.eu-west-1.amazonaws.com/id',
  'westeurope.oic.prod-aks.azure.com',
  'login.windows.net/organizations',
  'sts.windows.net',
].map((issuer) => [issuer, `evil.${issuer}`, issuer.replace(/(?=\/|$)/, '.example.net')]);
for (const [issuer, before, behind] of SHARED) {
  test(`${issuer} signs for everybody, and ${before} and ${behind} do not`, () =>
    assert.deepEqual([issuer, before, behind].map(isSharedIssuer), [true, false, false]));
}

test('who has a path of its own at such an issuer is one customer', () => {
  for (const own of [
    'oidc.circleci.com/org/1',
    'oidc.eks.eu-west-1.amazonaws.com/id/AB',
    'westeurope.oic.prod-aks.azure.com/tenant/cluster',
    'token.actions.githubusercontent.com/acme',
    'login.microsoftonline.com/5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10/v2.0',
  ])
    assert.ok(!isSharedIssuer(own), own);
});

test('an issuer is written without what comes before its host and the slashes at its end', () => {
  assert.equal(issuerKey(' https://oidc.example.org/a/?b#c/ '), 'oidc.example.org/a/?b#c');
  assert.equal(issuerKey('https://oidc.example.org//'), 'oidc.example.org');
  assert.equal(issuerKey(' oidc.example.org '), 'oidc.example.org');
  assert.equal(issuerKey(' http://oidc.example.org '), 'http://oidc.example.org');
});

test('the number behind an owner is one where it is all that stands there', () => {
  for (const login of [
    'a@hashicorp@761456',
    'hashicorp@761456x',
    'hashicorp@',
    '@761456',
    'hashicorp@1234567890123456',
  ])
    assert.deepEqual(gitHubOwner(login), { login });
});

test('owners are trusted where they are named, and everybody where no stranger can sign in', () => {
  const trusted = [
    { issuer: 'gitlab.com', owner: '*' },
    { issuer: 'gitlab.com', owner: 'corp' },
    { issuer: 'oidc.example.org', owner: '*' },
    { issuer: 'oidc.example.org', owner: 'team' },
  ];
  assert.deepEqual(trustedAt('https://gitlab.com', { trusted }), ['corp']);
  assert.deepEqual(trustedAt('https://oidc.example.org/', { trusted }), ['*', 'team']);
});
