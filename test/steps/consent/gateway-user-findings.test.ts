import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../src/cases/stable-id.ts';
import { gatewayUserFindings } from '../../../src/steps/consent/rules/gateway-user-findings.ts';
import { alex, OID } from './consent-world.ts';

type Read = Parameters<typeof gatewayUserFindings>[0];
const OTHER_OID = '0e000000-0000-4000-8000-000000000002';
const user = (more: Partial<Read['users'][number]> = {}): Read['users'][number] => ({
  ...{ id: '/gw/users/Alex', name: 'Alex', state: 'active', email: 'alex.moreau@corp.example', personName: 'Alex' },
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

const PORTAL = 'https://portal.azure.com/#@tenant/resource/gw/overview';
const BECAUSE = [
  'Its identity of Entra is the person’s object id.',
  'Its mail address is alex.moreau@corp.example, one of the person’s.',
];

test('a user of the portal is told with its state and what says whose it is', () => {
  const [{ reason, ...told } = assert.fail('no finding')] = portal([user()]);
  assert.match(reason, /^Whoever signs in with it may ask for keys\. Block it under Users: az rest .*users\/Alex\?/);
  assert.deepEqual(told, {
    id: findingId('consent', 'gateway-user', '/gw/users/alex'),
    step: 'consent',
    kind: 'gateway-user',
    title: 'The user alex.moreau@corp.example of the gateway’s developer portal is the leaver’s',
    resource: { system: 'gateway', type: 'user', id: '/gw/users/Alex', name: 'alex.moreau@corp.example', url: PORTAL },
    severity: 'medium',
    status: 'manual-action',
    evidence: {
      state: 'active',
      codes: ['P7', 'W1'],
      because: [`P7 gateway/users: ${BECAUSE[0]}`, `W1 gateway/users: ${BECAUSE[1]}`],
    },
  });
  assert.match(portal([mailOnly])[0]?.reason ?? '', /Find out whose it is; if it is the leaver’s, block it/);
  for (const state of ['blocked', 'deleted']) {
    const [shut] = portal([user({ state, email: '' })]);
    assert.deepEqual([shut?.severity, shut?.status, shut?.resource.name], ['info', 'nothing-to-do', 'Alex'], state);
    assert.equal(shut?.reason, 'It is blocked, so that nobody signs in with it.');
  }
});

test('a key is told with what it opens, and suspended by its own name', () => {
  const keyOf = (more: Parameters<typeof key>[0]) => portal([user()], [key({ id: '/gw/Subscriptions/1', ...more })])[1];
  const { reason, remedy, ...told } = keyOf({}) ?? assert.fail('no finding');
  const id = findingId('consent', 'subscription-key', '/gw/subscriptions/1');
  assert.deepEqual(told, {
    id,
    step: 'consent',
    kind: 'subscription-key',
    title: 'Alex Moreau owns the subscription Docs of the gateway',
    resource: { system: 'gateway', type: 'subscription', id: '/gw/Subscriptions/1', name: 'Docs', url: PORTAL },
    severity: 'medium',
    status: 'awaiting-decision',
    evidence: { owner: 'Alex', opens: '/apis/files', state: 'active', because: BECAUSE },
  });
  assert.ok(reason.startsWith('Whoever has one of its keys calls /apis/files ') && reason.endsWith(BECAUSE.join(' ')));
  assert.deepEqual(remedy?.call, {
    ...{ kind: 'suspend-subscription-key', serviceId: '/gw', name: '1' },
    expected: { owner: 'ALEX', scope: '/apis/files' },
  });
  const submitted = keyOf({ state: 'submitted', scope: '' });
  assert.deepEqual([submitted?.severity, submitted?.evidence.opens], ['medium', 'an unknown scope']);
  const suspended = keyOf({ state: 'suspended' });
  assert.deepEqual(
    [suspended?.severity, suspended?.reason],
    ['info', 'It is suspended, so that its keys open nothing.'],
  );
  assert.match(keyOf({ state: '' })?.reason ?? '', /^It is in no state that opens anything, /);
});

test('a key of a person without a known name is told by the object id', () => {
  const { displayName: _, ...nameless } = alex;
  const at = { serviceId: '/gw', tenantId: 'tenant' };
  const [, finding] = gatewayUserFindings({ users: [user()], subscriptions: [key()] }, nameless, at);
  assert.equal(finding?.title, `${OID} owns the subscription Docs of the gateway`);
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
    const { owner: _, ...ownerless } = key();
    const [, finding, ...more] = portal([owner], [key({ state }), key({ owner: 'ana' }), ownerless]);
    assert.deepEqual(more, [], 'another’s key is none of theirs');
    assert.equal(finding?.title, 'Alex Moreau owns the subscription Docs of the gateway');
    assert.deepEqual([finding?.status, finding?.remedy?.risk], [status, risk]);
  });
}
