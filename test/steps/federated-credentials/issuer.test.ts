import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  instanceOfApi,
  isInstance,
  issuerOf,
  parseIssuer,
} from '../../../src/steps/federated-credentials/rules/subject/issuer.ts';

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
    ['https://token.actions.githubusercontent.com#a', { kind: 'other', host: 'token.actions.githubusercontent.com' }],
    [
      'https://token.actions.acme.ghe.com.example.net',
      { kind: 'other', host: 'token.actions.acme.ghe.com.example.net' },
    ],
    ['https://token.actions.acme.ghe.com', { kind: 'ghe.com', subdomain: 'acme' }],
    ['https://token.actions.acme.ghe.com/Inc', { kind: 'ghe.com', subdomain: 'acme', enterprise: 'inc' }],
    ['https://token.actions.acme.ghe.com/a/b', { kind: 'other', host: 'token.actions.acme.ghe.com' }],
    ['https://xtoken.actions.acme.ghe.com', { kind: 'other', host: 'xtoken.actions.acme.ghe.com' }],
    ['https://git.acme.example/_services/token', { kind: 'github-server', host: 'git.acme.example' }],
    [
      'https://git.acme.example/_services/token/Ent',
      { kind: 'github-server', host: 'git.acme.example', enterprise: 'ent' },
    ],
    ['https://git.acme.example/_services/token/a/b', { kind: 'other', host: 'git.acme.example' }],
    ['https://git.acme.example/_SERVICES/Token', { kind: 'github-server', host: 'git.acme.example' }],
    ['https://git.acme.example/_services', { kind: 'other', host: 'git.acme.example' }],
    ['https://git.acme.example/_services/x', { kind: 'other', host: 'git.acme.example' }],
    ['https://git.acme.example/x/token', { kind: 'other', host: 'git.acme.example' }],
    // A space that no URL leaves out.
    ['\u00a0https://gitlab.com\u00a0', { kind: 'gitlab.com' }],
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
    [
      'https://api.bitbucket.org/x/2.0/workspaces/acme/pipelines-config/identity/oidc',
      { kind: 'other', host: 'api.bitbucket.org' },
    ],
    [`https://vstoken.dev.azure.com/x${GUID}`, { kind: 'other', host: 'vstoken.dev.azure.com' }],
    [`https://vstoken.dev.azure.com/${GUID}x`, { kind: 'other', host: 'vstoken.dev.azure.com' }],
    [`https://vstoken.dev.azure.com/${GUID}/x`, { kind: 'other', host: 'vstoken.dev.azure.com' }],
    [`https://vstoken.dev.azure.com/${GUID}`, { kind: 'azure-devops' }],
    ['https://vstoken.dev.azure.com/acme', { kind: 'other', host: 'vstoken.dev.azure.com' }],
    [`https://login.microsoftonline.com/${GUID.toUpperCase()}/v2.0`, { kind: 'entra', tenantId: GUID }],
    [`https://login.microsoftonline.com/${GUID}`, { kind: 'other', host: 'login.microsoftonline.com' }],
    [`https://login.microsoftonline.com/${GUID}/v2.0/x`, { kind: 'other', host: 'login.microsoftonline.com' }],
    [`https://login.microsoftonline.com/${GUID}/v1.0`, { kind: 'other', host: 'login.microsoftonline.com' }],
    ['https://login.microsoftonline.com/common/v2.0', { kind: 'other', host: 'login.microsoftonline.com' }],
    [`https://login.example.net/${GUID}/v2.0`, { kind: 'other', host: 'login.example.net' }],
    [`https://sts.windows.net/${GUID.toUpperCase()}`, { kind: 'entra', tenantId: GUID }],
    [`https://sts.windows.net/${GUID}/x`, { kind: 'other', host: 'sts.windows.net' }],
    ['https://sts.windows.net/common', { kind: 'other', host: 'sts.windows.net' }],
    [`https://sts.example.net/${GUID}`, { kind: 'other', host: 'sts.example.net' }],
    [`https://sts.windows.net/${GUID}/`, { kind: 'entra', tenantId: GUID }],
    [
      `https://a.westeurope.oic.prod-aks.azure.com/${GUID}/${GUID}/`,
      { kind: 'other', host: 'a.westeurope.oic.prod-aks.azure.com' },
    ],
    [
      `https://westeurope.oic.prod-aks.azure.com.example.net/${GUID}/${GUID}/`,
      { kind: 'other', host: 'westeurope.oic.prod-aks.azure.com.example.net' },
    ],
    [
      `https://westeurope.oic.prod-aks.azure.com/x/${GUID}`,
      { kind: 'other', host: 'westeurope.oic.prod-aks.azure.com' },
    ],
    [`https://westeurope.oic.prod-aks.azure.com/${GUID.toUpperCase()}/x`, { kind: 'aks', tenantId: GUID }],
    [`https://westeurope.oic.prod-aks.azure.com/${GUID}/${GUID}/`, { kind: 'aks', tenantId: GUID }],
    [`https://westeurope.oic.prod-aks.azure.com/${GUID}`, { kind: 'other', host: 'westeurope.oic.prod-aks.azure.com' }],
    ['https://Alex.github.io/keys', { kind: 'github-pages', login: 'alex' }],
    ['https://a.alex.github.io', { kind: 'other', host: 'a.alex.github.io' }],
    ['https://alex.github.io.example.net', { kind: 'other', host: 'alex.github.io.example.net' }],
    ['scheme://Git.Example', { kind: 'other', host: 'git.example' }],
    [' Not a URL\t', { kind: 'other', host: 'not a url' }],
    ['not a url', { kind: 'other', host: 'not a url' }],
  ];
  for (const [url, is] of issuers) test(url.trim(), () => assert.deepEqual(parseIssuer(url), is));
});

test('logins and ids mean something within the installation of the API', () => {
  assert.deepEqual(instanceOfApi('https://api.github.com'), { kind: 'github.com' });
  assert.deepEqual(instanceOfApi('https://api.acme.ghe.com'), { kind: 'ghe.com', subdomain: 'acme' });
  for (const other of ['https://xapi.acme.ghe.com', 'https://api.acme.ghe.com.example.net', 'not a url'])
    assert.deepEqual(instanceOfApi(other), { kind: 'github.com' }, other);
  assert.deepEqual(instanceOfApi('https://git.acme.example:8443/API/v3/'), {
    kind: 'github-server',
    host: 'git.acme.example:8443',
  });
  assert.deepEqual(instanceOfApi('https://git.acme.example/api/v3'), {
    kind: 'github-server',
    host: 'git.acme.example',
  });
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
  assert.ok(!isInstance(theirs, { kind: 'github.com' }));
  assert.ok(isInstance({ kind: 'github.com', enterprise: 'inc' }, { kind: 'github.com' }));
  assert.ok(isInstance({ kind: 'github-server', host: 'a.example' }, { kind: 'github-server', host: 'a.example' }));
  assert.ok(!isInstance({ kind: 'github-server', host: 'a.example' }, { kind: 'github.com' }));
  assert.ok(!isInstance({ kind: 'github-server', host: 'a.example' }, { kind: 'github-server', host: 'b.example' }));
  assert.ok(!isInstance({ kind: 'gitlab.com' }, { kind: 'github.com' }));
});
