import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { confidenceOf } from '../../../src/people/evidence/evidence.ts';
import {
  type Circumstances,
  memoryEvidence,
  provedOwner,
  signOnEvidence,
} from '../../../src/people/evidence/sign-on-evidence.ts';
import { type SignOnIdentity, tenantOf } from '../../../src/people/evidence/sign-on-identity.ts';
import { ALONE, ANA, CARL, carl, exclusive, FOREIGN, oid, TENANT } from './sign-on-evidence-world.ts';

const BEN = oid(3);

const asked: Circumstances = {
  source: 'github/saml-identity:firm',
  tenant: 'ours',
  directory: new Set([CARL, ANA, BEN]),
  mapped: { nameId: true, externalId: true },
  exclusive: exclusive(ALONE),
};
const row: SignOnIdentity = {
  guid: oid(90),
  names: [],
  objectIds: [],
  tenantIds: [],
  account: { login: 'octo-9', id: 4 },
};
const GUID = oid(90).toUpperCase();
const scim = { id: oid(90), names: [] };

/** `S1 X1 contradicted`: what the row is taken for. */
function said(identity: Partial<SignOnIdentity>, circumstances: Partial<Circumstances> = {}): string {
  const evidence = signOnEvidence(carl, { ...row, ...identity }, { ...asked, ...circumstances });
  const codes = [...new Set(evidence.map(({ code }) => code))].sort();
  return [...codes, confidenceOf(evidence) ?? 'nobody'].join(' ');
}

describe('a row of single sign-on is taken for what it proves', () => {
  const situations: readonly (readonly [string, Partial<SignOnIdentity>, Partial<Circumstances>, string])[] = [
    ['the object id in the attribute', { objectIds: [CARL] }, {}, 'P1 proved'],
    ['the same in capitals and braces', { objectIds: [`{${CARL.toUpperCase()}}`] }, {}, 'P1 proved'],
    ['the object id, but no tenant is named', { objectIds: [CARL] }, { tenant: 'unnamed' }, 'nobody'],
    ['the object id by another tenant', { objectIds: [CARL] }, { tenant: 'foreign' }, 'nobody'],
    [
      'another’s object id under the leaver’s name',
      { nameId: 'C.Ray@firm.example', objectIds: [ANA] },
      {},
      'S1 X1 contradicted',
    ],
    ['two object ids', { objectIds: [CARL, ANA] }, {}, 'P1 X1 contradicted'],
    [
      'another’s object id, and no tenant is named',
      { nameId: 'c.ray@firm.example', objectIds: [ANA] },
      { tenant: 'unnamed' },
      'S1 X1 contradicted',
    ],
    [
      'another tenant’s object id under the leaver’s name',
      { nameId: 'c.ray@firm.example', objectIds: [ANA] },
      { tenant: 'foreign' },
      'W1 weak',
    ],
    ['the object id as NameID', { nameId: CARL.toUpperCase() }, {}, 'P2 proved'],
    [
      'the same where GUIDs there are no object ids',
      { nameId: CARL },
      { mapped: { nameId: false, externalId: true } },
      'nobody',
    ],
    [
      'the NameID a colleague’s object id, the user name the leaver’s',
      { nameId: BEN, names: ['c.ray@firm.example'] },
      {},
      'S1 X1 contradicted',
    ],
    ['the NameID a GUID that is nobody’s', { nameId: FOREIGN, names: ['c.ray@firm.example'] }, {}, 'S1 likely'],
    [
      'the NameID a GUID, and the directory did not answer',
      { nameId: BEN, names: ['c.ray@firm.example'] },
      { directory: undefined },
      'W1 weak',
    ],
    ['provisioned for the object id', { provisioned: { ...scim, externalId: CARL } }, {}, 'P3 proved'],
    [
      'provisioned for it, but as another row',
      { provisioned: { ...scim, id: oid(91), externalId: CARL } },
      {},
      'nobody',
    ],
    [
      'provisioned for a colleague under the leaver’s address',
      { provisioned: { ...scim, externalId: BEN, names: ['carl.ray@firm.example'] } },
      {},
      'S1 X1 contradicted',
    ],
    ['a name that is nobody else’s', { nameId: 'c.ray@firm.example' }, {}, 'S1 likely'],
    [
      'a name that a colleague had',
      { nameId: 'c.ray@firm.example' },
      { exclusive: exclusive({ others: [{ oid: ANA, when: 'remembered' }], unread: [] }) },
      'S1 Y3 weak',
    ],
    [
      'a name, and Entra’s audit log could not be read',
      { nameId: 'c.ray@firm.example' },
      { exclusive: exclusive({ others: [], unread: ['the log was denied'] }) },
      'W1 weak',
    ],
    ['a name that nobody was asked about', { nameId: 'c.ray@firm.example' }, { exclusive: new Map() }, 'W1 weak'],
    [
      'a link that is older than the leaver',
      { names: ['c.ray@firm.example'], provisioned: { ...scim, createdAt: '2024-01-01T00:00:00Z' } },
      {},
      'S1 Y1 weak',
    ],
    [
      'the leaver’s name on somebody called otherwise',
      { nameId: 'c.ray@firm.example', givenName: 'Ben', familyName: 'Ode' },
      {},
      'S1 Y2 weak',
    ],
    [
      'proved, and called otherwise',
      { objectIds: [CARL], givenName: 'Carla', familyName: 'Smith' },
      {},
      'P1 Y2 proved',
    ],
    ['given and family name', { givenName: 'CARL', familyName: 'Ray' }, {}, 'W2 weak'],
    ['a login made of the name', { account: { login: 'carlray', id: 4 } }, {}, 'W3 weak'],
    ['a managed login made of the name', { account: { login: 'c-ray_firm', id: 4 } }, {}, 'W3 weak'],
    ['a login that only begins alike', { account: { login: 'crayon', id: 4 } }, {}, 'nobody'],
    ['an object id that people call theirs', { objectIds: [ANA] }, { joined: new Set([ANA]) }, 'P6 proved'],
    ['the same, and no tenant is named', { objectIds: [ANA] }, { joined: new Set([ANA]), tenant: 'unnamed' }, 'nobody'],
    [
      'a colleague’s object id as NameID, by another tenant',
      { nameId: BEN, names: ['c.ray@firm.example'] },
      { tenant: 'foreign' },
      'W1 weak',
    ],
    ['provisioned by another tenant', { provisioned: { ...scim, externalId: CARL } }, { tenant: 'foreign' }, 'nobody'],
    ['the row of provisioning in capitals', { provisioned: { ...scim, id: GUID, externalId: CARL } }, {}, 'P3 proved'],
    ['the row itself in capitals', { guid: GUID, provisioned: { ...scim, externalId: CARL } }, {}, 'P3 proved'],
    [
      'their object id beside one of which the directory did not say whose it is',
      { nameId: CARL, provisioned: { ...scim, externalId: BEN, names: ['c.ray@firm.example'] } },
      { directory: undefined },
      'P2 W1 proved',
    ],
    ['the given name alone', { givenName: 'Carl' }, {}, 'nobody'],
    ['the family name under another given one', { givenName: 'Anna', familyName: 'Ray' }, {}, 'nobody'],
    ['a link of the day of the account', { provisioned: { ...scim, createdAt: '2026-03-01T00:00:00Z' } }, {}, 'nobody'],
    ['a link that is younger', { provisioned: { ...scim, createdAt: '2026-04-01T00:00:00Z' } }, {}, 'nobody'],
    ['a login with a word for what it is for', { account: { login: 'carl-ray-work', id: 4 } }, {}, 'W3 weak'],
    ['a login that joins otherwise', { account: { login: 'cr-ay', id: 4 } }, {}, 'W3 weak'],
    ['nothing of the leaver', { nameId: 'ana@firm.example', objectIds: [ANA] }, {}, 'X1 contradicted'],
  ];
  for (const [what, identity, circumstances, expected] of situations) {
    test(`${what}: ${expected}`, () => assert.equal(said(identity, circumstances), expected));
  }
});

test('of a person of whom no name is known, names say nothing, and an age is none without a day', () => {
  const codes = (identity: Partial<SignOnIdentity>) =>
    signOnEvidence({ oid: CARL }, { ...row, ...identity }, asked).map(({ code }) => code);
  assert.deepEqual(codes({ givenName: 'Carl', familyName: 'Ray' }), []);
  assert.deepEqual(codes({ provisioned: { ...scim, createdAt: '2020-01-01T00:00:00Z' } }), []);
  assert.deepEqual(codes({}), []);
});

test('the tenant is that of the row, and else that of the provider', () => {
  const issuer = (tenant: string) => `https://sts.windows.net/${tenant}/`;
  assert.equal(tenantOf({ tenantIds: [TENANT.toUpperCase()] }, issuer(FOREIGN), TENANT), 'ours');
  assert.equal(tenantOf({ tenantIds: [FOREIGN] }, issuer(TENANT), TENANT), 'foreign');
  assert.equal(tenantOf({ tenantIds: [TENANT, FOREIGN] }, undefined, TENANT), 'foreign');
  assert.equal(tenantOf({ tenantIds: [] }, issuer(TENANT), TENANT), 'ours');
  assert.equal(tenantOf({ tenantIds: [] }, issuer(FOREIGN), TENANT), 'foreign');
  assert.equal(tenantOf({ tenantIds: [] }, 'https://idp.example/saml', TENANT), 'unnamed');
});

test('memory proves for 35 days, and contradicts for ever', () => {
  const now = new Date('2026-06-30T00:00:00Z');
  const seen = (lastSeen: string, of = CARL) =>
    memoryEvidence(
      CARL,
      { vendor: 'github', id: '4', oid: of, code: 'P1', source: 'test', firstSeen: lastSeen, lastSeen },
      now,
    ).map(({ code }) => code);
  assert.deepEqual(seen('2026-05-26T00:00:00Z'), ['P5']);
  assert.deepEqual(seen('2026-05-25T23:59:59Z'), ['S4']);
  assert.deepEqual(seen('2020-01-01T00:00:00Z', ANA), ['X3']);
  assert.deepEqual(memoryEvidence(CARL, undefined, now), []);
  const anas = { oid: ANA, code: 'P1', source: 'test', firstSeen: '2026-06-01', lastSeen: '2026-06-01' } as const;
  assert.deepEqual(memoryEvidence(CARL, { vendor: 'github', id: '4', ...anas }, now, new Set([ANA])), []);
});

test('an account is proved to be somebody’s by an id, and by nothing that two ids claim', () => {
  const owner = (identity: Partial<SignOnIdentity>, circumstances: Partial<Circumstances> = {}) =>
    provedOwner({ ...row, ...identity }, { ...asked, ...circumstances })?.oid;
  assert.equal(owner({ objectIds: [ANA], nameId: 'c.ray@firm.example' }), ANA);
  assert.equal(owner({ nameId: 'ana@firm.example' }), undefined);
  assert.equal(owner({ objectIds: [ANA, BEN] }), undefined);
  assert.equal(owner({ objectIds: [ANA], nameId: BEN }), undefined);
  assert.equal(owner({ objectIds: [ANA], nameId: FOREIGN }), ANA);
  assert.equal(owner({ objectIds: [ANA] }, { tenant: 'unnamed' }), undefined);
  assert.equal(owner({ nameId: ANA }), ANA);
  const provisioned = { ...scim, externalId: ANA };
  assert.equal(owner({ provisioned }, { tenant: 'foreign' }), undefined);
  assert.equal(owner({ provisioned }, { tenant: 'unnamed' }), ANA);
  assert.equal(owner({ objectIds: [ANA], nameId: BEN }, { directory: undefined }), ANA, 'nobody says whose it is');
  assert.equal(owner({ nameId: ANA }, { mapped: { nameId: false, externalId: false } }), undefined);
});
