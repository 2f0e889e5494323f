import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOKEN_CHECKS, TokenCheckSchema, tokenCheckOf } from '../../../src/posture/gateway-policy/token-check.ts';
import { element } from '../support/policy-xml.ts';

const check = (xml: string) => tokenCheckOf(element(xml), 3, false);
const jwt = (attributes: string, inner = ''): ReturnType<typeof check> =>
  check(`<validate-jwt header-name="Authorization" ${attributes}>${inner}</validate-jwt>`);

test('what a check of Entra’s tokens says is read, its header by default', () => {
  const read = check(
    '<validate-azure-ad-token tenant-id="T" output-token-variable-name="jwt"><audiences><audience>a</audience><audience> b </audience></audiences></validate-azure-ad-token>',
  );
  assert.deepEqual(read, {
    ...{ element: 'validate-azure-ad-token', at: 3, conditional: false, token: 'authorization', variable: 'jwt' },
    ...{ issuers: [], tenants: ['T'], configurations: [], audiences: ['a', 'b'], weak: [], unread: [] },
  });
  assert.deepEqual(TokenCheckSchema.parse(read), read);
  assert.deepEqual(TOKEN_CHECKS, ['validate-jwt', 'validate-azure-ad-token']);
});

test('validate-jwt says issuers, keys and audiences', () => {
  const { issuers, configurations, audiences } = jwt(
    '',
    '<openid-config url="https://x" /><issuers><issuer>i</issuer></issuers><audiences><audience>a</audience></audiences>',
  );
  assert.deepEqual([issuers, configurations, audiences], [['i'], ['https://x'], ['a']]);
});

test('where the token comes from is told, and without a place it comes from nowhere', () => {
  assert.equal(check('<validate-jwt />').token, 'nothing');
  assert.equal(check('<validate-azure-ad-token header-name="@(x)" />').token, 'authorization');
  assert.equal(jwt('token-value="@(x)"').token, 'an expression');
  assert.equal(check('<validate-jwt query-parameter-name="t" />').token, 'the address');
  assert.equal(check('<validate-azure-ad-token header-name="X-Token" />').token, 'x-token');
});

test('whatever lets more in than it seems to is told', () => {
  const weak: readonly (readonly [string, string, readonly string[]])[] = [
    ['', '', []],
    ['require-signed-tokens="false"', '', ['unsigned']],
    ['require-signed-tokens="TRUE" require-expiration-time="true"', '', []],
    ['require-expiration-time="False"', '', ['unlimited']],
    ['clock-skew="300"', '', []],
    ['clock-skew="@(x)"', '', []],
    ['require-expiration-time="false" clock-skew="900"', '', ['unlimited']],
    ['require-expiration-time="true" clock-skew="900"', '', ['unlimited']],
    ['clock-skew="301"', '', ['unlimited']],
    ['clock-skew="a day"', '', ['unlimited']],
    ['', '<issuer-signing-keys><key>x</key></issuer-signing-keys>', ['own-keys']],
  ];
  for (const [attributes, inner, expected] of weak)
    assert.deepEqual(jwt(attributes, inner).weak, expected, attributes + inner);
});

test('what an expression or a named value says is not read, and is said to be so', () => {
  const read = jwt(
    'require-signed-tokens="@(x)"',
    '<audiences><audience>{{aud}}</audience><audience>@(y)</audience></audiences>',
  );
  assert.deepEqual([read.audiences, read.weak], [[], []]);
  assert.deepEqual([...new Set(read.unread)].sort(), ['<audience>', 'require-signed-tokens']);
  const whole = check(
    '<validate-jwt output-token-variable-name="@(x)"><openid-config /><issuers><audience>a</audience></issuers></validate-jwt>',
  );
  assert.deepEqual(whole, {
    ...{ element: 'validate-jwt', at: 3, conditional: false, token: 'nothing', issuers: [], tenants: [] },
    ...{ configurations: [], audiences: [], weak: [], unread: ['output-token-variable-name'] },
  });
});
