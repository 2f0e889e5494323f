import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DevOpsIdentity,
  devOpsEvidence,
  isAccountedFor,
  namesOfUser,
} from '../../../src/people/evidence/devops-evidence.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const TENANT = oid(70);
const person = { oid: oid(1), userPrincipalName: 'ann@corp.example', mail: 'ann.lund@corp.example' };
const alone = { others: [], unread: [] };
const circumstances = {
  source: 'devops/graph:firm',
  tenantId: TENANT,
  exclusive: new Map([person.userPrincipalName, person.mail].map((name) => [name, alone])),
};
const ours: DevOpsIdentity = { origin: 'aad', domain: TENANT, subjectKind: 'user', descriptor: 'aad.x' };

function codes(user: DevOpsIdentity, joined?: ReadonlySet<string>): string {
  return devOpsEvidence(person, user, { ...circumstances, ...(joined && { joined }) })
    .map(({ code }) => code)
    .join(' ');
}

const SITUATIONS: readonly (readonly [what: string, user: DevOpsIdentity, codes: string])[] = [
  ['the object id of our tenant', { ...ours, originId: oid(1) }, 'P4'],
  [
    'the same in capitals',
    { ...ours, origin: 'AAD', domain: TENANT.toUpperCase(), originId: oid(1).toUpperCase() },
    'P4',
  ],
  ['the object id, and no tenant is told', { origin: 'aad', originId: oid(1) }, 'W1'],
  ['the object id, and no origin is told', { domain: TENANT, originId: oid(1) }, 'W1'],
  ['the object id of another tenant', { ...ours, domain: oid(71), originId: oid(1) }, ''],
  ['the object id of no directory', { origin: 'msa', originId: oid(1) }, ''],
  ['the name', { ...ours, principalName: 'ANN@corp.example' }, 'S1'],
  ['both names', { ...ours, principalName: 'ann@corp.example', mailAddress: 'ann.lund@corp.example' }, 'S1 S1'],
  ['the name in another tenant', { ...ours, domain: oid(71), principalName: 'ann@corp.example' }, 'W1'],
  ['the name, and another’s object id', { ...ours, principalName: 'ann@corp.example', originId: oid(2) }, 'S1 X2'],
  ['another’s object id alone', { ...ours, originId: oid(2) }, 'X2'],
  ['the object id of a service', { ...ours, descriptor: 'svc.x', originId: oid(1) }, 'X5 P4'],
  ['an application', { ...ours, subjectKind: 'servicePrincipal', originId: oid(1) }, 'X5 P4'],
  ['a group of that name', { ...ours, descriptor: 'AADGP.x', principalName: 'ann@corp.example' }, 'S1 X5'],
  ['a user whose kind is in capitals', { ...ours, subjectKind: 'User', originId: oid(1) }, 'P4'],
  ['one of whom no kind is told', { ...ours, subjectKind: null, descriptor: undefined, originId: oid(1) }, 'P4'],
];
for (const [what, user, expected] of SITUATIONS) {
  test(`${what}: ${expected || 'nothing'}`, () => assert.equal(codes(user), expected));
}

test('an object id that two people call the same person’s proves in our tenant, and contradicts nowhere', () => {
  const joined = new Set([oid(2)]);
  assert.equal(codes({ ...ours, originId: oid(2) }, joined), 'P6');
  assert.equal(codes({ ...ours, originId: oid(3) }, joined), 'X2');
  assert.equal(codes({ origin: 'aad', originId: oid(2) }, joined), '');
  assert.equal(codes({ domain: TENANT, originId: oid(2) }, joined), '');
});

test('a user is accounted for who is somebody of our tenant, or nobody', () => {
  const who = (user: DevOpsIdentity) => isAccountedFor(user, TENANT);
  assert.ok(who({ ...ours, originId: oid(9) }));
  assert.ok(who({ ...ours, origin: 'AAD', originId: oid(9) }));
  assert.ok(who({ descriptor: 'vssgp.x' }));
  assert.ok(!who({ ...ours, originId: '' }));
  assert.ok(!who({ ...ours, domain: oid(71), originId: oid(9) }));
  assert.ok(!who({ ...ours, origin: 'msa', originId: oid(9) }));
  assert.ok(!who({}));
  assert.ok(!who({ origin: 'aad', originId: oid(9) }));
  assert.ok(!who(ours), 'it has no object id');
});

test('a user has each name once', () => {
  assert.deepEqual(namesOfUser({ principalName: 'A@x.example', mailAddress: 'a@X.example' }), ['a@x.example']);
  assert.deepEqual(namesOfUser({ principalName: null, mailAddress: '' }), []);
});
