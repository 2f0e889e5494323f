import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountWritten, isFirmsDomain, isOwnAddress, type OfFirm } from '../../../src/people/names/account-name.ts';

const WRITTEN: readonly (readonly [account: string, name: string, domain?: string])[] = [
  ['CORP\\Ann', 'ann', 'corp'],
  ['corp.example\\ann', 'ann', 'corp.example'],
  ['Ann@Corp.Example', 'ann', 'corp.example'],
  [' ann ', 'ann'],
  ['.\\ann', 'ann'],
  ['\\ann', 'ann'],
  ['live.com#ann@mail.example', 'ann', 'mail.example'],
  ['live.com#ann', 'live.com#ann'],
  ['corp\\x#ann@mail.example', 'x#ann', 'mail.example'],
  ['corp\\ann@mail.example', 'ann', 'mail.example'],
  ['a@b@c.example', 'a', 'b@c.example'],
  ['ann@', 'ann'],
  ['x\\y\\ann', 'ann', 'x\\y'],
];
for (const [account, name, domain] of WRITTEN) {
  test(`${account} is ${name} of ${domain ?? 'nowhere'}`, () =>
    assert.deepEqual(accountWritten(account), { name, ...(domain !== undefined && { domain }) }));
}

const member: OfFirm = {
  userPrincipalName: 'Ann@Corp.Example',
  mail: 'ann@mail.example',
  otherAddresses: ['a.lund@alias.example'],
  onPremises: { domain: 'ad.corp.local' },
};

test('an address is the person’s whatever its domain, and only as a whole', () => {
  for (const own of ['ann@corp.example', ' ANN@MAIL.EXAMPLE ', 'a.lund@alias.example'])
    assert.ok(isOwnAddress(own, member), own);
  for (const other of ['ann', 'joann@corp.example', 'ann@other.example', ''])
    assert.ok(!isOwnAddress(other, member), other);
});

test('a domain is the firm’s by principal name, mail and directory on premises, and what lies below', () => {
  for (const own of [
    'corp.example',
    'CORP',
    'eu.corp.example',
    'corp.example.',
    'mail.example',
    'AD',
    'ad.corp.local',
    'AzureAD',
  ])
    assert.ok(isFirmsDomain(own, member), own);
  for (const other of ['example', 'notcorp.example', 'corp.example.evil.example', 'alias.example', 'local', ''])
    assert.ok(!isFirmsDomain(other, member), other);
});

test('a guest’s mail is of the guest’s own firm', () => {
  assert.ok(!isFirmsDomain('mail.example', { ...member, userType: 'Guest' }));
  assert.ok(isFirmsDomain('corp.example', { ...member, userType: 'Guest' }));
  assert.ok(isFirmsDomain('mail.example', { ...member, userType: 'Member' }));
  assert.ok(!isFirmsDomain('corp', {}));
});
