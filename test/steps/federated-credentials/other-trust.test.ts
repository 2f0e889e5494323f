import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import { judgeOther } from '../../../src/steps/federated-credentials/rules/other-trust.ts';
import type { Rule, Verdict } from '../../../src/steps/federated-credentials/rules/relation.ts';
import type { Condition } from '../../../src/steps/federated-credentials/rules/subject/expression.ts';
import { parseIssuer } from '../../../src/steps/federated-credentials/rules/subject/issuer.ts';
import type { TrustContext } from '../../../src/steps/federated-credentials/rules/trust-context.ts';

const OID = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35';
const TENANT = '5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10';
const ELSEWHERE = '00000000-7b34-4d0e-9c61-2f3e8d7a9b10';
const SOMEBODY = '0e000000-0000-4000-8000-00000000000a';
const TRUSTED_ORGANISATION = '0e000000-0000-4000-8000-00000000000b';
const alice: GitHubAccount = {
  ...{ login: 'alice', id: 111, source: 'test', confidence: 'proved' },
  formerLogins: [{ login: 'ally', from: '2020-01-01T00:00:00.000Z', to: '2021-01-01T00:00:00.000Z' }],
};
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
  devopsOrganisations: ['corp-devops', 'Kelp', 'Book'],
  trusted: [
    { issuer: 'gitlab.com', owner: 'corp/platform' },
    { issuer: 'gitlab.com', owner: 'Corp/Infra' },
    { issuer: 'gitlab.com', owner: '*' },
    { issuer: 'app.terraform.io', owner: 'corp' },
    { issuer: 'api.bitbucket.org/2.0/workspaces/corp/pipelines-config/identity/oidc', owner: 'corp' },
    { issuer: `vstoken.dev.azure.com/${SOMEBODY}`, owner: 'Partner' },
    { issuer: `login.microsoftonline.com/${TENANT}/v2.0`, owner: TRUSTED_ORGANISATION },
    { issuer: `login.microsoftonline.com/${TENANT}/v2.0`, owner: 'a-service' },
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
  [GITLAB, 'project_path:corp/platform', 'unrelated', 'other-party'],
  [GITLAB, 'project_path:stranger/api:ref:main', 'outside-owner', 'other-owner'],
  [GITLAB, ' project_path:Corp/Platform/api:ref:main ', 'unrelated', 'other-party'],
  [GITLAB, 'project_path:corp/infra/api:ref:main', 'unrelated', 'other-party'],
  [GITLAB, 'xproject_path:corp/platform/api:ref:main', 'anybody-can-satisfy', 'owner-not-restricted'],
  [GITLAB, 'project_path:ally/api:ref:main', 'can-match-leaver', 'name-at-another-issuer'],
  [GITLAB, 'project_path:Alice/api:ref:main', 'can-match-leaver', 'name-at-another-issuer'],
  [GITLAB, 'project_path:*', 'anybody-can-satisfy', 'owner-not-restricted'],
  [GITLAB, 'ref:main:project_path:corp/platform/api', 'anybody-can-satisfy', 'owner-not-restricted'],
  [TERRAFORM, 'organization:corp:project:p:workspace:w:run_phase:apply', 'unrelated', 'other-party'],
  [TERRAFORM, 'organization:corporate:project:p', 'outside-owner', 'other-owner'],
  [TERRAFORM, 'organization:Corp:project:p', 'unrelated', 'other-party'],
  [TERRAFORM, 'organization:corp/x:project:p', 'outside-owner', 'other-owner'],
  [TERRAFORM, 'organization:corp*', 'anybody-can-satisfy', 'owner-not-restricted'],
  [bitbucket('corp'), '{x}:{y}', 'unrelated', 'other-party'],
  [bitbucket('alice'), '{x}:{y}', 'can-match-leaver', 'name-at-another-issuer'],
  [bitbucket('other'), '{x}:{y}', 'outside-owner', 'other-owner'],
  [DEVOPS, 'sc://Corp-DevOps/pay/azure', 'unrelated', 'other-party'],
  [DEVOPS, 'sc://other/pay/azure', 'outside-owner', 'other-owner'],
  [DEVOPS, 'SC://PARTNER/pay/azure', 'unrelated', 'other-party'],
  [DEVOPS, 'xsc://corp-devops/pay/azure', 'anybody-can-satisfy', 'owner-not-restricted'],
  // Letters beyond ASCII fold to ASCII ones, and are another organisation.
  [DEVOPS, 'sc://kelp/pay/azure', 'unrelated', 'other-party'],
  [DEVOPS, 'sc://\u212aelp/pay/azure', 'outside-owner', 'other-owner'],
  [DEVOPS, 'sc://boo\u212a/pay/azure', 'outside-owner', 'other-owner'],
  [DEVOPS, 'sc://corp*/pay/azure', 'anybody-can-satisfy', 'owner-not-restricted'],
  [ENTRA, SOMEBODY, 'unrelated', 'other-party'],
  [ENTRA, SOMEBODY.toUpperCase(), 'unrelated', 'other-party'],
  [ENTRA, `x${SOMEBODY}`, 'unknown-issuer', 'issuer-not-known'],
  [ENTRA, `${SOMEBODY}x`, 'unknown-issuer', 'issuer-not-known'],
  [ENTRA, 'a-service', 'unrelated', 'other-party'],
  [ENTRA, `/eid1/c/pub/t/x/a/y/sc/${TRUSTED_ORGANISATION}/${SOMEBODY}`, 'unrelated', 'other-party'],
  [ENTRA, `/eid1/c/pub/t/x/a/y/sc/${SOMEBODY}/${SOMEBODY}/x`, 'unknown-issuer', 'issuer-not-known'],
  [ENTRA, OID.toUpperCase(), 'can-match-leaver', 'issuer-of-leaver'],
  [ENTRA, 'not-an-id', 'unknown-issuer', 'issuer-not-known'],
  [ENTRA, `/eid1/c/pub/t/x/a/y/sc/${SOMEBODY}/${SOMEBODY}`, 'outside-owner', 'other-owner'],
  [`https://sts.windows.net/${ELSEWHERE}/`, SOMEBODY, 'unknown-issuer', 'issuer-not-known'],
  [`https://sts.windows.net/${ELSEWHERE}/`, OID, 'can-match-leaver', 'issuer-of-leaver'],
  [aks(TENANT), 'system:serviceaccount:pay:deployer', 'unrelated', 'other-party'],
  [aks(TENANT), 'system:serviceaccount:pay:*', 'unknown-issuer', 'issuer-not-known'],
  [aks(TENANT), 'x:system:serviceaccount:pay:deployer', 'unknown-issuer', 'issuer-not-known'],
  [aks(TENANT), 'system:serviceaccount:pay:deploy*', 'unknown-issuer', 'issuer-not-known'],
  [aks(ELSEWHERE), 'system:serviceaccount:pay:deployer', 'unknown-issuer', 'issuer-not-known'],
  ['https://alice.github.io', 'x', 'can-match-leaver', 'issuer-of-leaver'],
  ['https://ghost.github.io', 'x', 'unclaimed-owner', 'unclaimed-name'],
  ['https://somebody.github.io', 'x', 'unknown-issuer', 'issuer-not-known'],
  ['https://corp.github.io', 'x', 'unrelated', 'other-party'],
  ['https://oidc.corp.example', 'anything', 'unrelated', 'other-party'],
  ['https://oidc.corp.example', OID, 'can-match-leaver', 'issuer-of-leaver'],
  ['https://oidc.corp.example', 'alice/laptop', 'can-match-leaver', 'issuer-of-leaver'],
  ['https://oidc.corp.example', 'ally/laptop', 'can-match-leaver', 'issuer-of-leaver'],
  ['https://oidc.corp.example', 'laptop/alice', 'unrelated', 'other-party'],
  ['https://oidc.shared.example', 'system:alice', 'unknown-issuer', 'issuer-not-known'],
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

const sub = (operand: string): Condition => ({ claim: 'sub', operator: 'eq', operand });
const STEADY = sub('system:serviceaccount:pay:deployer');
const SEVERAL: readonly (readonly [issuer: string, conditions: readonly Condition[], Verdict])[] = [
  // All of them hold of one token, so that what one ties to the firm is the firm’s.
  [GITLAB, [sub('project_path:stranger/x:*'), sub('project_path:corp/platform/x:*')], 'unrelated'],
  [aks(TENANT), [STEADY, sub('system:*')], 'unrelated'],
  ['https://oidc.shared.example', [sub('team:corp'), sub('team:*')], 'unrelated'],
  [DEVOPS, [sub('sc://*'), sub('sc://corp-devops/pay/*')], 'unrelated'],
  // Another claim than the subject is no subject, and without a subject nothing is told.
  [GITLAB, [{ ...sub('project_path:corp/platform/x:*'), claim: 'aud' }], 'anybody-can-satisfy'],
  [aks(TENANT), [{ ...STEADY, claim: 'aud' }], 'unknown-issuer'],
  [ENTRA, [{ ...sub(SOMEBODY), claim: 'aud' }], 'unknown-issuer'],
  ['https://oidc.shared.example', [], 'unknown-issuer'],
];
describe('several conditions of one trust in another issuer', () => {
  for (const [issuer, conditions, verdict] of SEVERAL) {
    test(`${issuer} ${conditions.map(({ claim, operand }) => `${claim} ${operand}`).join(' and ')}`, () => {
      const parsed = parseIssuer(issuer) as Parameters<typeof judgeOther>[0];
      assert.equal(judgeOther(parsed, issuer, conditions, CONTEXT).verdict, verdict);
    });
  }
});

test('whom a trust elsewhere names is told as it is written there', () => {
  const judged = (issuer: string, operand: string) => {
    const parsed = parseIssuer(issuer) as Parameters<typeof judgeOther>[0];
    const { login, outsider } = judgeOther(parsed, issuer, [sub(operand)], CONTEXT);
    return { login, outsider };
  };
  assert.deepEqual(judged(GITLAB, 'project_path:Stranger/deep/api:ref:main').outsider, 'Stranger');
  assert.deepEqual(judged(TERRAFORM, 'organization:Other:project:p').outsider, 'Other');
  assert.deepEqual(judged(GITLAB, 'project_path:ally/api:ref:main').login, 'alice');
  assert.deepEqual(judged('https://alice.github.io', 'x').login, 'alice');
  assert.deepEqual(judged('https://ghost.github.io', 'x').outsider, 'ghost');
});
