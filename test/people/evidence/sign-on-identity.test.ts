import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesIn, objectIdsOf, possibleOids, tenantOf } from '../../../src/people/evidence/sign-on-identity.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const OURS = oid(70);
const FOREIGN = oid(71);
const sts = (tenant: string) => `https://sts.windows.net/${tenant}/`;

const TENANTS: readonly (readonly [what: string, named: readonly string[], issuer: string | undefined, is: string])[] =
  [
    ['the row names ours', [OURS.toUpperCase()], undefined, 'ours'],
    ['the row names another', [FOREIGN], sts(OURS), 'foreign'],
    ['the row names both', [OURS, FOREIGN], undefined, 'foreign'],
    ['the row names no GUID, and the issuer is ours', ['x'], ` ${sts(OURS)} `, 'ours'],
    ['the issuer is ours without a slash', [], `https://STS.windows.net/${OURS}`, 'ours'],
    ['the issuer is another tenant’s', [], sts(FOREIGN), 'foreign'],
    ['the issuer only ends like Entra’s', [], `https://x.example/?${sts(OURS)}`, 'unnamed'],
    ['the issuer goes on behind the tenant', [], `${sts(OURS)}x`, 'unnamed'],
    ['nobody says', [], undefined, 'unnamed'],
    ['the issuer is another provider’s', [], 'https://okta.example/x', 'unnamed'],
  ];
for (const [what, tenantIds, issuer, is] of TENANTS) {
  test(`${what}: ${is}`, () => assert.equal(tenantOf({ tenantIds }, issuer, `{${OURS}}`), is));
}

test('object ids and names are told once each, whatever they were written like', () => {
  assert.deepEqual(objectIdsOf({ objectIds: [oid(1), `{${oid(1).toUpperCase()}}`, 'x', oid(2)] }), [oid(1), oid(2)]);
  const row = { guid: 'g', objectIds: [], tenantIds: [], nameId: 'A@x.example', names: ['a@X.example', '', 'b'] };
  assert.deepEqual(namesIn(row), ['a@x.example', 'b']);
  assert.deepEqual(namesIn({ ...row, provisioned: { id: 'g', names: ['C'] } }), ['a@x.example', 'b', 'c']);
  assert.deepEqual(possibleOids({ nameId: oid(1), provisioned: { id: 'g', externalId: oid(1), names: [] } }), [oid(1)]);
  assert.deepEqual(possibleOids({ nameId: 'a@x.example' }), []);
});
