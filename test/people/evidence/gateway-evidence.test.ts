import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  gatewayUserEvidence,
  isShared,
  type PortalUser,
  strangeIdentities,
} from '../../../src/people/evidence/gateway-evidence.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const leaver: Leaver = {
  oid: oid(1),
  state: 'soft-deleted',
  userPrincipalName: 'ann@corp.example',
  givenName: 'Ann',
  familyName: 'von Lund',
  github: [],
  devops: [],
};
const identity = (provider: string, id: string) => ({ provider, id });
const user = (more: Partial<PortalUser>): PortalUser => ({
  email: 'x@y.example',
  personName: 'Some One',
  identities: [],
  ...more,
});

const SITUATIONS: readonly (readonly [what: string, user: Partial<PortalUser>, codes: string])[] = [
  ['a stranger', {}, ''],
  ['the object id, as Entra', { identities: [identity('Aad', oid(1).toUpperCase())] }, 'P7'],
  ['the object id, as the portal writes Entra', { identities: [identity('Azure', oid(1))] }, 'P7'],
  ['the object id in another directory', { identities: [identity('AadB2C', oid(1))] }, ''],
  ['the mail address', { email: 'ann@corp.example' }, 'W1'],
  ['the name', { personName: 'Lund, Ann von' }, 'W2'],
  ['the given name alone', { personName: 'Ann Lund' }, ''],
  [
    'the mail address, and another’s object id',
    { email: 'ann@corp.example', identities: [identity('Aad', oid(2))] },
    'W1 X2',
  ],
  ['the name, and another’s object id', { personName: 'Ann von Lund', identities: [identity('Aad', oid(2))] }, 'W2 X2'],
  ['another’s object id alone', { identities: [identity('Aad', oid(2))] }, ''],
  [
    'the mail address, and both object ids',
    { email: 'ann@corp.example', identities: [identity('Aad', oid(2)), identity('Aad', oid(1))] },
    'P7 W1',
  ],
  [
    'the mail address, and an identity that is no object id',
    { email: 'ann@corp.example', identities: [identity('Aad', 'x')] },
    'W1',
  ],
];
for (const [what, more, codes] of SITUATIONS) {
  test(`${what}: ${codes || 'nothing'}`, () =>
    assert.equal(
      gatewayUserEvidence(user(more), leaver)
        .map(({ code }) => code)
        .join(' '),
      codes,
    ));
}

test('half a name is nobody’s', () => {
  const named = (more: Partial<Leaver>, personName = 'Ann von Lund') => {
    const { givenName: _, familyName: __, ...rest } = leaver;
    return gatewayUserEvidence(user({ personName }), { ...rest, ...more }).length;
  };
  assert.equal(named({ givenName: 'Ann' }), 0);
  assert.equal(named({ familyName: 'von Lund' }), 0);
  assert.equal(named({ givenName: '', familyName: '' }), 0);
  assert.equal(named({ givenName: 'Ann', familyName: 'von Lund' }), 1);
});

test('an identity of Entra that is no object id is counted once for a user, and one of two people is shared', () => {
  const strange = user({ identities: [identity('AAD', 'mail@x.example'), identity('aad', 'y')] });
  const another = user({ identities: [identity('AAD', 'mail@x.example')] });
  assert.equal(strangeIdentities([strange, another, user({ identities: [identity('Aad', oid(1))] }), user({})]), 2);
  assert.equal(strangeIdentities([user({ identities: [identity('Azure', 'owner@x.example')] })]), 0);
  assert.ok(isShared({ identities: [identity('Aad', oid(1)), identity('Azure', oid(2))] }));
  assert.ok(!isShared({ identities: [identity('Aad', oid(1)), identity('Azure', oid(1).toUpperCase())] }));
  assert.ok(!isShared({ identities: [identity('Aad', oid(1)), identity('Basic', oid(2))] }));
  assert.ok(!isShared({ identities: [identity('Aad', oid(1)), identity('Aad', 'x')] }));
});
