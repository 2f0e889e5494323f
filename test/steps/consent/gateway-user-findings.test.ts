import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewayUserFindings } from '../../../src/steps/consent/rules/gateway-user-findings.ts';
import { alex, OID } from './consent-world.ts';

type Read = Parameters<typeof gatewayUserFindings>[0];
const OTHER_OID = '0e000000-0000-4000-8000-000000000002';
const user = (more: Partial<Read['users'][number]> = {}): Read['users'][number] => ({
  ...{ id: '/gw/users/alex', name: 'alex', state: 'active', email: 'alex.moreau@corp.example', personName: 'Alex' },
  identities: [{ provider: 'Aad', id: OID }],
  ...more,
});
const key = (more: Partial<Read['subscriptions'][number]> = {}): Read['subscriptions'][number] => ({
  ...{ id: '/gw/subscriptions/1', name: '1', label: 'Docs', owner: 'ALEX', scope: '/apis/files', state: 'active' },
  ...more,
});
const portal = (users: Read['users'], subscriptions: Read['subscriptions'] = []) =>
  gatewayUserFindings(
    { users, subscriptions },
    { ...alex, userPrincipalName: 'alex.moreau@corp.example' },
    {
      serviceId: '/gw',
      tenantId: 'tenant',
    },
  );
const mailOnly = user({ identities: [{ provider: 'Basic', id: 'alex' }] });

test('a user of the portal is the leaver’s by the object id, and only may be by the mail address', () => {
  const [own] = portal([user()]);
  assert.equal(own?.title, 'The user alex.moreau@corp.example of the gateway’s developer portal is the leaver’s');
  assert.deepEqual([own?.status, own?.severity, own?.remedy], ['manual-action', 'medium', undefined]);
  assert.match(portal([mailOnly])[0]?.title ?? '', / may be the leaver’s$/);
  const twoPeople = user({ identities: [OID, OTHER_OID].map((id) => ({ provider: 'Aad', id })) });
  assert.match(portal([twoPeople])[0]?.title ?? '', / may be the leaver’s$/, 'it is somebody else’s as well');
  assert.deepEqual(portal([user({ identities: [{ provider: 'Aad', id: OTHER_OID }] })]), []);
  assert.deepEqual(portal([user({ email: 'ana@corp.example', identities: [] })]), []);
  assert.deepEqual([portal([user({ state: 'blocked' })])[0]?.status], ['nothing-to-do']);
});

const KEYS: readonly (readonly [
  what: string,
  user: Read['users'][number],
  state: string,
  status: string,
  risk?: string,
])[] = [
  ['proved to be theirs', user(), 'active', 'awaiting-decision', 'disruptive'],
  [
    'of a user who is two people',
    user({ identities: [OID, OTHER_OID].map((id) => ({ provider: 'Aad', id })) }),
    'active',
    'awaiting-decision',
    'disruptive',
  ],
  ['of a mail address alone', mailOnly, 'active', 'manual-action'],
  ['not approved yet', user(), 'submitted', 'manual-action'],
  ['suspended already', user(), 'suspended', 'nothing-to-do'],
  ['in no state', user(), '', 'nothing-to-do'],
];
for (const [what, owner, state, status, risk] of KEYS) {
  test(`a subscription key that is ${what}: ${status}`, () => {
    const [, finding, ...more] = portal([owner], [key({ state }), key({ owner: 'ana' })]);
    assert.deepEqual(more, [], 'another’s key is none of theirs');
    assert.equal(finding?.title, 'Alex Moreau owns the subscription Docs of the gateway');
    assert.deepEqual([finding?.status, finding?.remedy?.risk], [status, risk]);
  });
}
