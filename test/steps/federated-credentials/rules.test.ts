import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RelatedPrincipalsSchema } from '../../../src/steps/federated-credentials/rules/related-principals.ts';
import { parseExpression } from '../../../src/steps/federated-credentials/rules/subject/expression.ts';
import { instanceOfApi, parseIssuer } from '../../../src/steps/federated-credentials/rules/subject/issuer.ts';
import { makeClaim, parseSubject } from '../../../src/steps/federated-credentials/rules/subject/subject.ts';
import { TRUST_LINGERS_MINUTES } from '../../../src/steps/federated-credentials/rules/trust-lingers.ts';

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
    ['https://token.actions.acme.ghe.com', { kind: 'ghe.com', subdomain: 'acme' }],
    ['https://token.actions.acme.ghe.com/a/b', { kind: 'other', host: 'token.actions.acme.ghe.com' }],
    ['https://xtoken.actions.acme.ghe.com', { kind: 'other', host: 'xtoken.actions.acme.ghe.com' }],
    ['https://git.acme.example/_services/token', { kind: 'github-server', host: 'git.acme.example' }],
    [
      'https://git.acme.example/_services/token/Ent',
      { kind: 'github-server', host: 'git.acme.example', enterprise: 'ent' },
    ],
    ['https://git.acme.example/_services/token/a/b', { kind: 'other', host: 'git.acme.example' }],
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
    [`https://vstoken.dev.azure.com/${GUID}`, { kind: 'azure-devops' }],
    ['https://vstoken.dev.azure.com/acme', { kind: 'other', host: 'vstoken.dev.azure.com' }],
    [`https://login.microsoftonline.com/${GUID.toUpperCase()}/v2.0`, { kind: 'entra', tenantId: GUID }],
    [`https://login.microsoftonline.com/${GUID}`, { kind: 'other', host: 'login.microsoftonline.com' }],
    [`https://login.microsoftonline.com/${GUID}/v2.0/x`, { kind: 'other', host: 'login.microsoftonline.com' }],
    [`https://sts.windows.net/${GUID}/`, { kind: 'entra', tenantId: GUID }],
    [`https://sts.windows.net/${GUID}/x`, { kind: 'other', host: 'sts.windows.net' }],
    [`https://westeurope.oic.prod-aks.azure.com/${GUID}/${GUID}/`, { kind: 'aks', tenantId: GUID }],
    [`https://westeurope.oic.prod-aks.azure.com/${GUID}`, { kind: 'other', host: 'westeurope.oic.prod-aks.azure.com' }],
    ['https://Alex.github.io/keys', { kind: 'github-pages', login: 'alex' }],
    ['https://a.alex.github.io', { kind: 'other', host: 'a.alex.github.io' }],
    ['not a url', { kind: 'other', host: 'not a url' }],
  ];
  for (const [url, is] of issuers) test(url.trim(), () => assert.deepEqual(parseIssuer(url), is));
});

test('logins and ids mean something within the installation of the API', () => {
  assert.deepEqual(instanceOfApi('https://api.github.com'), { kind: 'github.com' });
  assert.deepEqual(instanceOfApi('https://api.acme.ghe.com'), { kind: 'ghe.com', subdomain: 'acme' });
  assert.deepEqual(instanceOfApi('https://git.acme.example/api/v3'), {
    kind: 'github-server',
    host: 'git.acme.example',
  });
});

test('a subject is read as pairs, with an id behind the only @ of a name', () => {
  const party = (text: string) => parseSubject(text).map((claim) => claim.party);
  assert.deepEqual(party('repo:Acme@007/payments@9:ref:refs/heads/main'), [
    { role: 'repository-owner', name: { login: 'Acme', id: '7' } },
    undefined,
  ]);
  assert.deepEqual(party('actor:ann-111'), [{ role: 'actor', name: { login: 'ann-111' } }]);
  assert.deepEqual(party('actor_id:0012:repository_owner_id:x'), [
    { role: 'actor', name: { id: '12' } },
    { role: 'repository-owner', name: {} },
  ]);
  assert.deepEqual(party('job_workflow_ref:acme/shared/.github/w.yml@main'), [
    { role: 'workflow-owner', name: { login: 'acme' } },
  ]);
  assert.deepEqual(
    parseSubject('repo:a/b:pull_request:environment:x%3Ay').map(({ key, value }) => `${key}=${value}`),
    ['repo=a/b', 'pull_request=', 'environment=x:y'],
  );
  assert.deepEqual(
    parseSubject('lonely').map(({ key, value, texts }) => [key, value, texts]),
    [['', 'lonely', ['lonely']]],
  );
  assert.deepEqual(makeClaim('repository', 'acme/pay').texts, ['pay']);
  assert.deepEqual(makeClaim('environment', 'prod').texts, ['prod']);
});

test('an expression is understood as a whole, or not at all', () => {
  const read = (text: string) => {
    const parsed = parseExpression(text);
    return parsed.ok
      ? parsed.conditions.map(({ claim, operator, operand }) => `${claim} ${operator} ${operand}`)
      : `fault at ${parsed.at}`;
  };
  assert.deepEqual(read("claims['SUB'] matches 'repo:a/*' AND claims[\"job_workflow_ref\"] EQ \"x'y\""), [
    'sub matches repo:a/*',
    "job_workflow_ref eq x'y",
  ]);
  assert.deepEqual(read("claims['sub'] eq 'it''s'"), ["sub eq it's"]);
  assert.equal(read("claims['sub'] eq 'a' or claims['x'] eq 'b'"), 'fault at 21');
  assert.equal(read("claims['sub'] eq 'a' and"), 'fault at 24');
  assert.equal(read("not claims['sub'] eq 'a'"), 'fault at 0');
  assert.equal(read("claims['sub\"] eq 'a'"), 'fault at 0');
  assert.equal(read(''), 'fault at 0');
});

test('what the step hands on are identities by their object ids', () => {
  assert.ok(RelatedPrincipalsSchema.safeParse({ relatedPrincipals: [{ oid: 'x', name: 'y' }] }).success);
  assert.ok(!RelatedPrincipalsSchema.safeParse({ relatedPrincipals: [{ oid: 'x' }] }).success);
  assert.equal(TRUST_LINGERS_MINUTES, 10);
});
