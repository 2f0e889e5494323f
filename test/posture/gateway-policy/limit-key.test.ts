import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Definition,
  LIMIT_KEYS,
  type LimitKey,
  limitKeyOf,
} from '../../../src/posture/gateway-policy/limit-key.ts';
import type { PolicyValue } from '../../../src/posture/gateway-policy/parsing/parse-policy.ts';

const code = (text: string): PolicyValue => ({ kind: 'expression', text });
const TOKEN: Definition = { variable: 'jwt', at: 1, conditional: false, value: 'token' };
const JWT = '((Jwt)context.Variables["jwt"])';
const OID = `${JWT}.Claims["oid"].First()`;

const KEYS: readonly (readonly [string, PolicyValue, LimitKey, definitions?: readonly Definition[]])[] = [
  ['the oid of the checked token', code(OID), 'oid'],
  [
    'the same in another form',
    code('context.Variables.GetValueOrDefault<Jwt>("jwt")?.Claims.GetValueOrDefault("oid", "")'),
    'oid',
  ],
  ['the same with words around it', code(`"limit-" + ${OID}.ToLower() + "-x"`), 'oid'],
  ['the same with a comment in it', code(`/* who */ ${OID}`), 'oid'],
  [
    'the same of a local variable',
    code(`Jwt jwt = (Jwt)context.Variables["jwt"]; return jwt.Claims["oid"].First();`),
    'oid',
  ],
  [
    'the oid, once it is read as a Guid',
    code(`Guid oid; return Guid.TryParse(${JWT}.Claims["oid"].First(), out oid) ? oid.ToString() : "";`),
    'oid',
  ],
  [
    'a local variable that something else stands before',
    code(`Log(); Jwt jwt = (Jwt)context.Variables["jwt"]; return jwt.Claims["oid"].First();`),
    'unclear',
  ],
  ['another claim', code(`${JWT}.Claims["sub"].First()`), 'other'],
  ['a token that no check judged', code(OID), 'unclear', []],
  ['one that a branch judged', code(OID), 'unclear', [{ ...TOKEN, conditional: true }]],
  ['one that is judged later', code(OID), 'unclear', [{ ...TOKEN, at: 9 }]],
  ['one that was overwritten', code(OID), 'unclear', [TOKEN, { ...TOKEN, at: 2, value: 'unclear' }]],
  [
    'a token that is made in place',
    code('context.Request.Headers["Authorization"].First().AsJwt()?.Claims["oid"].First()'),
    'unvalidated-token',
    [],
  ],
  [
    'the same behind a check',
    code('context.Request.Headers["Authorization"].First().AsJwt()?.Claims["oid"].First()'),
    'unclear',
  ],
  [
    'a token that is made in place, before a check',
    code('context.Request.Headers["Authorization"].First().AsJwt()?.Claims["oid"].First()'),
    'unvalidated-token',
    [{ ...TOKEN, at: 5 }],
  ],
  [
    'one that is made in place behind a check in a branch',
    code('context.Request.Headers["Authorization"].First().AsJwt()?.Claims["oid"].First()'),
    'unvalidated-token',
    [
      { ...TOKEN, conditional: true },
      { ...TOKEN, at: 2, value: 'unclear' },
    ],
  ],
  [
    'one that is made in place behind a check and something else',
    code('context.Request.Headers["Authorization"].First().AsJwt()?.Claims["oid"].First()'),
    'unclear',
    [TOKEN, { ...TOKEN, variable: 'x', at: 2, value: 'unclear' }],
  ],
  [
    'a token that nobody checked, in a variable',
    code(OID),
    'unvalidated-token',
    [{ ...TOKEN, value: code('context.Request.Headers["Authorization"].First().AsJwt()') }],
  ],
  [
    'an address in the variable of a token',
    code(OID),
    'unclear',
    [{ ...TOKEN, value: code('context.Request.IpAddress') }],
  ],
  ['a variable that is the token itself', code('(string)context.Variables["jwt"]'), 'unclear'],
  [
    'a variable that something unknown sets',
    code('(string)context.Variables["who"]'),
    'unclear',
    [{ ...TOKEN, variable: 'who', value: 'unclear' }],
  ],
  [
    'a variable that is set by the count itself',
    code('(string)context.Variables["who"]'),
    'unclear',
    [TOKEN, { variable: 'who', at: 5, conditional: false, value: code(OID) }],
  ],
  ['an oid that is counted as it is checked', code(OID), 'unclear', [{ ...TOKEN, at: 5 }]],
  ['a variable and something else', code('(string)context.Variables["a"] + x'), 'unclear'],
  ['an address', code('context.Request.IpAddress'), 'address'],
  [
    'an address that the caller says',
    code('context.Request.Headers.GetValueOrDefault("X-Forwarded-For","")'),
    'address',
  ],
  ['a constant', { kind: 'literal', text: 'all' }, 'other'],
  ['a named value', { kind: 'literal', text: '{{key}}' }, 'unclear'],
  ['a subscription', code('context.Subscription.Id'), 'other'],
  [
    'a variable with the oid',
    code('(string)context.Variables["who"]'),
    'oid',
    [TOKEN, { variable: 'who', at: 2, conditional: false, value: code(OID) }],
  ],
  [
    'a variable that a branch sets',
    code('(string)context.Variables["who"]'),
    'unclear',
    [TOKEN, { variable: 'who', at: 2, conditional: true, value: code(OID) }],
  ],
  [
    'a variable with an address',
    code('(string)context.Variables["who"]'),
    'address',
    [{ variable: 'who', at: 2, conditional: false, value: code('context.Request.IpAddress') }],
  ],
  ['a variable that nobody sets', code('(string)context.Variables["who"]'), 'unclear'],
  ['a choice that may leave the oid out', code(`x ? ${OID} : "all"`), 'unclear'],
  ['what is no C#', code('"never closed'), 'unclear'],
];
for (const [what, value, key, definitions = [TOKEN]] of KEYS) {
  test(`calls that are counted by ${what}: ${key}`, () => assert.equal(limitKeyOf(value, 5, definitions), key));
}

test('a variable that is passed on without an end is unclear', () => {
  const around: Definition[] = Array.from({ length: 9 }, (_, at) => ({
    ...{
      variable: `v${at + 1}`,
      at: at + 2,
      conditional: false,
      value: code(at === 0 ? OID : `(string)context.Variables["v${at}"]`),
    },
  }));
  const key = (variable: string): LimitKey =>
    limitKeyOf(code(`(string)context.Variables["${variable}"]`), 20, [TOKEN, ...around]);
  assert.deepEqual([key('v3'), key('v6'), key('v7'), key('v9')], ['oid', 'oid', 'unclear', 'unclear']);
  assert.ok(LIMIT_KEYS.includes(key('v1')));
});
