import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ResolvedPerson, tenantNamedIn, whatClaimsSay } from '../../src/credentials/whose-claims.ts';
import type { Oid } from '../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const TENANT = oid(70);
const person: ResolvedPerson = {
  leaver: { oid: oid(1), userPrincipalName: 'ann.lund@corp.example', github: [], devops: [] },
  tenantId: TENANT,
};
const ours = `https://sts.windows.net/${TENANT}/`;
type Token = Parameters<typeof whatClaimsSay>[0];

function said(claims: Token['claims'], more: Partial<Token> = {}): string {
  const token = { type: 'jwt', holder: 'personal', ...(claims && { claims }), ...more } as Token;
  const says = whatClaimsSay(token, person);
  return says.kind === 'named' ? says.sign.strength : says.kind;
}

const SITUATIONS: readonly (readonly [what: string, claims: Token['claims'], says: string])[] = [
  ['the leaver’s object id', { oid: oid(1), iss: ours }, 'leaver'],
  ['the same by whatever issuer, in capitals', { oid: oid(1).toUpperCase(), iss: 'https://x.example/' }, 'leaver'],
  ['another’s object id in our tenant', { oid: oid(2), iss: ours }, 'someone-else'],
  ['the same under the leaver’s name', { oid: oid(2), iss: ours, upn: 'ann.lund@corp.example' }, 'someone-else'],
  ['another’s object id in another tenant', { oid: oid(2), iss: `https://sts.windows.net/${oid(71)}/` }, 'nothing'],
  ['another’s object id by an issuer of one’s own', { oid: oid(2), iss: 'https://x.example/', tid: TENANT }, 'nothing'],
  ['the leaver’s address', { upn: 'Ann.Lund@corp.example' }, 'strong'],
  ['the leaver’s name by an issuer without addresses', { preferred_username: 'ann.lund' }, 'strong'],
  ['the same in the firm’s domain', { unique_name: 'CORP\\ann.lund' }, 'strong'],
  ['the same in another domain', { unique_name: 'OTHER\\ann.lund' }, 'weak'],
  ['the name at another address', { email: 'ann.lund@mail.example' }, 'weak'],
  ['a stranger’s address', { email: 'bob@corp.example' }, 'against'],
  ['a stranger’s address beside the leaver’s', { upn: 'bob@corp.example', email: 'ann.lund@corp.example' }, 'strong'],
  ['no claim', undefined, 'nothing'],
  ['an object id that is none', { oid: 'x', iss: ours }, 'nothing'],
];
for (const [what, claims, says] of SITUATIONS) {
  test(`${what}: ${says}`, () => assert.equal(said(claims), says));
}

test('a service’s object id in our tenant is nobody else’s', () => {
  assert.equal(said({ oid: oid(2), iss: ours }, { holder: 'service' }), 'nothing');
});

test('the tenant is that of an issuer of Entra’s, and of a signature the one that is written in it', () => {
  const of = (iss: string) => tenantNamedIn({ type: 'jwt', claims: { iss, tid: oid(9) } });
  for (const host of [
    'login.microsoftonline.com',
    'login.microsoftonline.us',
    'sts.windows.net',
    'sts.chinacloudapi.cn',
  ])
    assert.equal(of(`https://${host}/${TENANT}/v2.0`), TENANT);
  for (const iss of [
    `https://login.microsoftonline.com.evil.example/${TENANT}/`,
    `http://sts.windows.net/${TENANT}/`,
    `x${ours}`,
    '',
  ])
    assert.equal(of(iss), undefined, iss);
  assert.equal(tenantNamedIn({ type: 'azure-sas', claims: { tid: TENANT } }), TENANT);
  assert.equal(tenantNamedIn({ type: 'jwt' }), undefined);
});

test('what a token says is told in words, with the name as it stands there', () => {
  const says = (claims: Token['claims'], holder: Token['holder'] = 'personal') =>
    whatClaimsSay({ type: 'jwt', holder, ...(claims && { claims }) }, person);
  const sign = (strength: string, why: string) => ({ kind: 'named', sign: { strength, why, access: false } });
  assert.deepEqual(says({ oid: oid(1) }), { kind: 'leaver', why: 'it names the leaver’s object id' });
  assert.deepEqual(says({ oid: oid(2), iss: ours }), {
    ...{ kind: 'someone-else', whom: `the object ${oid(2)}`, why: `it names the object id ${oid(2)}` },
  });
  assert.deepEqual(says({ oid: oid(2), iss: ours }, 'unknown').kind, 'someone-else');
  assert.deepEqual(
    says({ upn: 'bob@corp.example', email: 'Ann.Lund@corp.example' }),
    sign('strong', 'its claim email is the leaver’s name Ann.Lund@corp.example, which is no proof'),
  );
  assert.deepEqual(
    says({ upn: 'bob@corp.example', unique_name: 'OTHER\\ann.lund' }),
    sign('weak', 'its claim unique_name is OTHER\\ann.lund, which is like the leaver’s name'),
  );
  assert.deepEqual(
    says({ preferred_username: 'Bob', email: 'carl@corp.example' }),
    sign('against', 'its claim preferred_username names Bob, which is no proof'),
  );
  assert.deepEqual(says({ upn: `bob${'.'.repeat(200)}` }).kind, 'named');
  assert.deepEqual(says({}), { kind: 'nothing' });
});

test('a tenant is the same in capitals, and no service of it is a person’s', () => {
  const shouted = oid(0xa).replace('0e', '0E');
  const other = { ...person, tenantId: shouted };
  const token = (iss: string) => ({
    ...{ type: 'jwt', holder: 'personal', claims: { oid: oid(2), iss: `https://sts.windows.net/${iss}/` } },
  });
  assert.equal(whatClaimsSay(token(shouted.toLowerCase()) as Token, other).kind, 'someone-else');
  const small = { ...person, tenantId: shouted.toLowerCase() };
  assert.equal(whatClaimsSay(token(shouted) as Token, small).kind, 'someone-else');
  assert.deepEqual(said({ upn: 'bob@corp.example' }, { holder: 'service' }), 'against');
});
