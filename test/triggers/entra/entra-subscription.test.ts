import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { emptyEntra } from '../../../local/tenant/entra/state/state.ts';
import { makeGraph } from '../../../local/tenant/entra/vendor.ts';
import { loadConfig } from '../../../src/config.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { logOf } from '../../../src/log.ts';
import { keepSubscribed } from '../../../src/triggers/entra/entra-subscription.ts';
import { startApp } from '../../support/apps/start-app.ts';

const DAY = 86_400_000;
const TOPIC =
  'EventGrid:?azuresubscriptionid=11111111-2222-4333-8444-555555555555&resourcegroup=rg-offboarding-prod&partnertopic=entra-users-prod&location=westeurope';
const directory = emptyEntra();
const app = await startApp({
  vendors: (core) => [makeGraph(core, directory)],
  settings: { ENTRA_NOTIFICATION_URL: TOPIC },
});
after(() => app.stop());

const logged: string[] = [];
const write = (...args: unknown[]): void => {
  logged.push(args.map(String).join(' '));
};
const errors: string[] = [];
const log = logOf({ info: write, warn: write, error: (line) => errors.push(String(line)) });
const keep = (config = app.config): Promise<void> => keepSubscribed(openVendors(config), config, log);
const subscriptions = () => directory.subscriptions.all();
const daysLeft = (index = 0): number => {
  const ends = Date.parse(subscriptions()[index]?.expirationDateTime ?? '');
  return (ends - app.tenant.core.now().getTime()) / DAY;
};

beforeEach(() => {
  for (const { id } of subscriptions()) directory.subscriptions.delete(id);
  app.tenant.faults.clear();
  logged.length = 0;
  errors.length = 0;
});

test('a new app subscribes to changes of users for as long as Graph allows, once', async () => {
  await keep();
  await keep();
  assert.deepEqual(
    subscriptions().map(({ resource, changeType, notificationUrl }) => ({ resource, changeType, notificationUrl })),
    [{ resource: 'users', changeType: 'updated,deleted', notificationUrl: TOPIC }],
  );
  assert.ok(daysLeft() > 28 && daysLeft() < 29);
  assert.equal(logged.length, 1);
  assert.match(logged[0] ?? '', /changes of users were subscribed to/);
});

test('a subscription that nobody renewed is renewed a week before it ends, and not earlier', async () => {
  await keep();
  const [subscription] = subscriptions();
  assert.ok(subscription);
  const endIn = (days: number): void => {
    subscription.expirationDateTime = new Date(app.tenant.core.now().getTime() + days * DAY).toISOString();
  };
  endIn(8);
  await keep();
  assert.ok(daysLeft() < 9);
  endIn(6);
  await keep();
  assert.ok(daysLeft() > 28);
  assert.equal(subscriptions().length, 1);
});

test('the topic of a subscription is recognised in Graph’s own spelling, and another topic’s is left alone', async () => {
  const ends = new Date(app.tenant.core.now().getTime() + 20 * DAY).toISOString();
  const common = {
    resource: 'users',
    changeType: 'updated,deleted',
    lifecycleNotificationUrl: TOPIC,
    expirationDateTime: ends,
  } as const;
  directory.subscriptions.add({
    ...common,
    id: 'other',
    notificationUrl: TOPIC.replace('entra-users-prod', 'entra-users-test'),
  });
  await keep();
  assert.equal(subscriptions().length, 2);
  directory.subscriptions.delete(subscriptions().find(({ id }) => id !== 'other')?.id ?? '');
  directory.subscriptions.add({
    ...common,
    id: 'ours',
    notificationUrl: TOPIC.replace('rg-offboarding', 'RG-Offboarding'),
  });
  await keep();
  assert.deepEqual(
    subscriptions()
      .map(({ id }) => id)
      .sort(),
    ['other', 'ours'],
  );
});

test('without the setting nothing is asked of Graph', async () => {
  const { ENTRA_NOTIFICATION_URL: _, ...others } = app.config;
  const calls = app.tenant.calls.length;
  await keep(others);
  assert.equal(app.tenant.calls.length, calls);
});

for (const [what, method, status] of [
  ['the subscriptions cannot be read', 'GET', 403],
  ['Graph refuses a new subscription', 'POST', 403],
  ['Graph throttles', 'GET', 429],
] as const) {
  test(`where ${what}, the timer fails and says so`, async () => {
    app.tenant.faults.add({
      vendor: 'graph',
      method,
      effect: { kind: 'answer', status, body: '{"error":{"code":"X"}}' },
    });
    await assert.rejects(keep(), new RegExp(String(status)));
    assert.equal(subscriptions().length, 0);
    assert.match(errors.join(), /"code":"directory-unreadable"/, 'an exception alone alerts nobody');
  });
}

test('a topic that is not named in full is refused when the app starts', () => {
  const half = TOPIC.replace(/&location=.*/, '');
  assert.throws(() => loadConfig({ ENTRA_NOTIFICATION_URL: half }), /ENTRA_NOTIFICATION_URL: does not name all of/);
});
