import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Expected, worthOfCheck } from '../../../src/posture/gateway-policy/judge-token-check.ts';
import type { TokenCheck } from '../../../src/posture/gateway-policy/token-check.ts';
import { AUDIENCE, TENANT, tokenCheck } from '../support/made-gateway.ts';

const OTHER = 'f0000000-0000-4000-8000-00000000000f';
const EXPECTED: Expected = { tenantId: TENANT, audiences: [AUDIENCE, `api://${AUDIENCE}`], audiencesAreAll: true };
const issuer = (tenant: string): string => `https://login.microsoftonline.com/${tenant}/v2.0`;
const keys = (tenant: string): string => `${issuer(tenant)}/.well-known/openid-configuration`;
/** validate-jwt with these. */
const jwt = (more: Partial<TokenCheck>): Partial<TokenCheck> => ({
  ...{ element: 'validate-jwt', tenants: [], issuers: [issuer(TENANT)], configurations: [keys(TENANT)], ...more },
});

const CHECKS: readonly (readonly [string, Partial<TokenCheck>, worth: string])[] = [
  ['this tenant, this audience', {}, 'right'],
  [
    'the same in capitals',
    { tenants: [TENANT.toUpperCase()], audiences: [`API://${AUDIENCE.toUpperCase()}`] },
    'right',
  ],
  ['another tenant', { tenants: [OTHER] }, 'check-other-issuer'],
  ['any tenant', { tenants: ['common'] }, 'check-other-issuer'],
  ['a tenant by a name that nobody here knows', { tenants: ['corp.example'] }, 'unclear'],
  ['a tenant by a name with an id in it', { tenants: [`x${OTHER}`] }, 'unclear'],
  ['a tenant by a name with an id and more', { tenants: [`${OTHER}.example`] }, 'unclear'],
  ['ours beside another tenant', { tenants: [TENANT, OTHER] }, 'check-other-issuer'],
  ['another audience', { audiences: [AUDIENCE, OTHER] }, 'check-other-audience'],
  ['no audience', { audiences: [] }, 'unclear'],
  ['unsigned tokens', { weak: ['unsigned'] }, 'check-weak'],
  ['a token from a query', { token: 'the address' }, 'unclear'],
  ['an audience that an expression says', { audiences: [], unread: ['<audience>'] }, 'unclear'],
  ['validate-jwt: this tenant’s issuer and keys', jwt({}), 'right'],
  ['validate-jwt: the same in capitals', jwt({ issuers: [issuer(TENANT.toUpperCase())] }), 'right'],
  [
    'validate-jwt: the issuer of version 1 with another’s path',
    jwt({ issuers: [`https://sts.windows.net/${TENANT}/v2.0`] }),
    'check-other-issuer',
  ],
  ['validate-jwt: an issuer that is no address', jwt({ issuers: [TENANT] }), 'check-other-issuer'],
  [
    'validate-jwt: keys of any tenant, and an issuer that an expression says',
    jwt({ issuers: [], configurations: [keys('common')], unread: ['<issuer>'] }),
    'unclear',
  ],
  [
    'validate-jwt: keys and an issuer that expressions say',
    jwt({ issuers: [], configurations: [], unread: ['<issuer>', '<openid-config>'] }),
    'unclear',
  ],
  ['validate-jwt: an audience that an expression says', jwt({ audiences: [], unread: ['<audience>'] }), 'unclear'],
  [
    'validate-jwt: another tenant’s issuer, and an audience that an expression says',
    jwt({ issuers: [issuer(OTHER)], audiences: [], unread: ['<audience>'] }),
    'check-other-issuer',
  ],
  ['validate-jwt: the issuer of version 1', jwt({ issuers: [`https://sts.windows.net/${TENANT}/`] }), 'right'],
  ['validate-jwt: keys alone, which name an issuer too', jwt({ issuers: [] }), 'right'],
  ['validate-jwt: nobody’s keys and no issuer', jwt({ issuers: [], configurations: [] }), 'check-other-issuer'],
  [
    'validate-jwt: another tenant’s issuer beside ours',
    jwt({ issuers: [issuer(TENANT), issuer(OTHER)] }),
    'check-other-issuer',
  ],
  ['validate-jwt: another tenant’s keys', jwt({ configurations: [keys(OTHER)] }), 'check-other-issuer'],
  ['validate-jwt: keys of any tenant with our issuer', jwt({ configurations: [keys('common')] }), 'unclear'],
  [
    'validate-jwt: keys of any tenant and no issuer',
    jwt({ issuers: [], configurations: [keys('common')] }),
    'check-other-issuer',
  ],
  ['validate-jwt: our issuer, keys from nowhere', jwt({ configurations: [] }), 'unclear'],
  [
    'validate-jwt: an address that looks like Entra’s',
    jwt({ issuers: [`https://login.microsoftonline.com.evil.example/${TENANT}/v2.0`] }),
    'check-other-issuer',
  ],
  [
    'validate-jwt: our tenant without TLS',
    jwt({ issuers: [`http://login.microsoftonline.com/${TENANT}/v2.0`] }),
    'check-other-issuer',
  ],
  [
    'validate-jwt: our tenant behind another host’s path',
    jwt({ issuers: [`https://evil.example/${TENANT}/`] }),
    'check-other-issuer',
  ],
  ['validate-jwt: no audience', jwt({ audiences: [] }), 'check-other-audience'],
  ['validate-jwt: keys from the policy', jwt({ weak: ['own-keys'] }), 'check-weak'],
];
for (const [what, more, expected] of CHECKS) {
  test(`a check of ${what}: ${expected}`, () => {
    const worth = worthOfCheck(tokenCheck(more), EXPECTED);
    assert.equal(worth.is === 'wrong' ? worth.reason : worth.is, expected);
  });
}

test('without a setting that names them, another audience may be the firm’s own', () => {
  const worth = worthOfCheck(tokenCheck({ audiences: [OTHER] }), { ...EXPECTED, audiencesAreAll: false });
  assert.equal(worth.is, 'unclear');
});

test('the audiences of the setting are taken in any letters', () => {
  const worth = worthOfCheck(tokenCheck(), { ...EXPECTED, audiences: [AUDIENCE.toUpperCase()] });
  assert.equal(worth.is, 'right');
});

test('why a check is not the one that is wanted is said in a sentence', () => {
  const says: readonly (readonly [Partial<TokenCheck>, says: string])[] = [
    [
      { weak: ['unsigned', 'own-keys'] },
      'It takes tokens without a signature. It takes tokens that are signed with keys from the policy, and not with Entra’s.',
    ],
    [{ tenants: [TENANT, OTHER] }, `It takes tokens of ${OTHER}, and not of this tenant alone.`],
    [{ tenants: ['corp.example'] }, 'Which tenant corp.example is, the policy does not say.'],
    [jwt({ issuers: [], configurations: [] }), 'It takes tokens of nobody, and not of this tenant alone.'],
    [jwt({ configurations: [keys('common')] }), `The keys come from ${keys('common')}, which is of no one tenant.`],
    [jwt({ configurations: [] }), 'Where the keys come from is not written in the policy.'],
    [{ audiences: [OTHER] }, `It takes tokens for ${OTHER}, which GATEWAY_AUDIENCES does not name.`],
    [{ audiences: [] }, 'It names no audience.'],
    [jwt({ audiences: [] }), 'It takes tokens for anything: no audience is named.'],
    [{ token: 'the address' }, 'The token comes from the address, and not from the header Authorization.'],
    [{ unread: ['<audience>', 'tenant-id'] }, 'What <audience>, tenant-id says is not written in the policy.'],
  ];
  for (const [more, expected] of says) {
    const worth = worthOfCheck(tokenCheck(more), EXPECTED);
    assert.equal(worth.is === 'right' ? '' : worth.says, expected);
  }
});
