import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { gatewayAccess } from '../../../activities/consent/platform-access/gateway-access.ts';
import { addToGateway, SERVICE_ID } from '../../../local/tenant/arm/seeds/case-study-platform.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { ana, LEAVER, type PlatformAccessWorld, startPlatformAccess } from './platform-access-world.ts';

let arm: PlatformAccessWorld['arm'];
let app: PlatformAccessWorld['app'];
let vendors: PlatformAccessWorld['vendors'];
let prepare: PlatformAccessWorld['prepare'];
before(async () => {
  ({ arm, app, vendors, prepare } = await startPlatformAccess());
});
after(() => app.stop());
beforeEach(() => prepare());

async function atGateway(leaver: Partial<Leaver> = {}) {
  const { findings, coverage } = await gatewayAccess(vendors, app.config, { ...LEAVER, ...leaver });
  const lines = Object.fromEntries(coverage.map((line) => [line.source, line]));
  return {
    findings,
    lines,
    told: findings.map(({ kind, severity, status }) => `${kind} ${severity} ${status}`),
    states: coverage.map(({ state }) => state),
  };
}

test('a user of the gateway by object id: whether the keys are suspended a person decides, since others may call with them', async () => {
  const { told, findings, states } = await atGateway();
  assert.deepEqual(told, ['gateway-user medium manual-action', 'subscription-key medium awaiting-decision']);
  assert.deepEqual(states, ['complete', 'complete']);
  assert.equal(findings[1]?.remedy?.risk, 'disruptive');
  assert.match(findings[1]?.reason ?? '', /Others may have been given them, and nothing that is read tells who calls/);
  assert.match(findings[1]?.reason ?? '', /calls \/apis\/files where the API asks for a key/);
});

test('whose a user of the gateway is', async (t) => {
  const user = (identities: readonly object[], more: object = {}) => {
    for (const { id } of arm.gatewayObjects.where(({ id }) => /\/users\/amoreau$/.test(id)))
      arm.gatewayObjects.delete(id);
    addToGateway(arm, 'users/amoreau', { state: 'active', email: LEAVER.userPrincipalName, identities, ...more });
  };
  const rows: readonly [string, () => void, readonly string[]][] = [
    [
      'the mail address alone proves nothing, so nothing is planned',
      () => user([{ provider: 'Basic', id: LEAVER.userPrincipalName }]),
      ['gateway-user medium manual-action', 'subscription-key medium manual-action'],
    ],
    ['the address with another object id is somebody else’s', () => user([{ provider: 'Aad', id: ana.oid }]), []],
    [
      'the object id under another address is the leaver’s',
      () => user([{ provider: 'Aad', id: LEAVER.oid.toUpperCase() }], { email: 'old@northwind-capital.example' }),
      ['gateway-user medium manual-action', 'subscription-key medium awaiting-decision'],
    ],
    [
      'of one that is somebody else’s as well a person decides',
      () =>
        user([
          { provider: 'Aad', id: LEAVER.oid },
          { provider: 'Aad', id: ana.oid },
        ]),
      ['gateway-user medium manual-action', 'subscription-key medium awaiting-decision'],
    ],
    [
      'the name alone is mentioned',
      () => user([], { email: 'x@other.example', firstName: 'Alex', lastName: 'Moreau' }),
      ['gateway-user medium manual-action', 'subscription-key medium manual-action'],
    ],
    [
      'a blocked user’s key still opens',
      () => user([{ provider: 'Aad', id: LEAVER.oid }], { state: 'blocked' }),
      ['gateway-user info nothing-to-do', 'subscription-key medium awaiting-decision'],
    ],
    [
      'an identity of B2C is of another directory',
      () => user([{ provider: 'AadB2C', id: LEAVER.oid }], { email: 'x@y.example' }),
      [],
    ],
  ];
  for (const [name, change, expected] of rows) {
    await t.test(name, async () => {
      change();
      assert.deepEqual((await atGateway()).told, expected);
    });
  }
});

test('keys that open nothing, and one that waits', async () => {
  const state = (value: string) => {
    const id = `${SERVICE_ID}/subscriptions/reports`;
    arm.gatewayObjects.patch(id, { properties: { ...arm.gatewayObjects.get(id)?.properties, state: value } });
  };
  for (const over of ['suspended', 'cancelled', 'expired', 'rejected']) {
    state(over);
    assert.equal((await atGateway()).told[1], 'subscription-key info nothing-to-do', over);
  }
  state('submitted');
  assert.equal((await atGateway()).told[1], 'subscription-key medium manual-action');
});

test('lists of the gateway count where they stood still and have as many rows as it counts', async () => {
  for (let n = 0; n < 5; n += 1) addToGateway(arm, `users/u${n}`, { email: `u${n}@firm.example`, identities: [] });
  arm.gatewayPageSize = 3;
  let pages = 0;
  arm.betweenPages = () => {
    pages += 1;
    // Somebody goes while the second page is read: the row that moves up would be on neither.
    if (pages === 1) arm.gatewayObjects.delete(`${SERVICE_ID}/users/1`);
  };
  const moved = await atGateway();
  assert.deepEqual(moved.told, ['gateway-user medium manual-action', 'subscription-key medium awaiting-decision']);
  assert.deepEqual(moved.states, ['complete', 'complete']);
  app.tenant.faults.add({
    vendor: 'arm',
    path: /\/users\?/,
    effect: { kind: 'alter', alter: (body) => ({ ...(body as object), count: 99 }) },
  });
  const { states, lines } = await atGateway();
  assert.deepEqual(states, ['partial', 'partial']);
  assert.match(lines['gateway/users']?.detail ?? '', /it counts 99 in all/);
});

test('where ids of identities are no object ids, or no address is known, that nobody was found proves little', async () => {
  addToGateway(arm, 'users/odd', { email: 'odd@firm.example', identities: [{ provider: 'Aad', id: 'odd' }] });
  const odd = await atGateway();
  assert.deepEqual(odd.states, ['partial', 'partial']);
  const { userPrincipalName: _, ...nameless } = LEAVER;
  const found = await gatewayAccess(vendors, app.config, nameless);
  assert.deepEqual(
    found.coverage.map(({ state }) => state),
    ['partial', 'partial'],
  );
});

test('without a gateway nothing of it is asked', async () => {
  const { GATEWAY_APIM_ID: _, ...settings } = app.config;
  assert.deepEqual(await gatewayAccess(vendors, settings, LEAVER), { findings: [], coverage: [], failures: [] });
});
