import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { applyTwice } from './support/plan-of.ts';
import { asBefore, movesIn } from './support/state/earlier-addresses.ts';

const root = resolve(import.meta.dirname, '../..');
const minimal = join(root, 'infra/examples/minimal');
const SUBSCRIPTION = '11111111-1111-4111-8111-111111111111';
const TENANT = '22222222-2222-4222-8222-222222222222';

/** What others change after the apply, and Terraform leaves as it is found: in the state, as a refresh would bring it. */
const CHANGED_BY_OTHERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  // Put back, it would let everybody in again whom the app refuses.
  'azurerm_api_management_named_value.denied': { value: ',33333333-3333-4333-8333-333333333333,' },
  'azurerm_api_management.this': { public_network_access_enabled: false },
  'azuread_application.api': { identifier_uris: ['api://44444444-4444-4444-8444-444444444444'] },
};

test('the minimal example is applied as a whole, and a second plan changes nothing', async (t) => {
  const changedByOthers = new Set<string>();
  const variables = { subscription_id: SUBSCRIPTION, tenant_id: TENANT };
  const { changes, resources } = await applyTwice(minimal, { variables }, (stored) => {
    for (const { type, name, instances } of stored)
      for (const { attributes } of instances) {
        const change = CHANGED_BY_OTHERS[`${type}.${name}`] ?? {};
        for (const key of Object.keys(change)) assert.ok(key in attributes, `${type}.${name} has no ${key}`);
        Object.assign(attributes, change);
        if (Object.keys(change).length > 0) changedByOthers.add(`${type}.${name}`);
      }
    // Whoever applied an earlier release has these under other addresses: none of them is made anew.
    const moves = movesIn(join(root, 'infra/modules/offboarding'));
    const { resources: earlier, moved } = asBefore(stored, 'module.platform.module.offboarding', moves);
    assert.ok(moves.length > 0);
    assert.equal(moved, moves.length);
    return earlier;
  });
  assert.deepEqual([...changedByOthers].sort(), Object.keys(CHANGED_BY_OTHERS).sort());
  assert.deepEqual(changes, []);

  await t.test('every resource has an id in the form that its vendor gives it', () => {
    const unlisted = resources.filter(({ values }) => String(values.id).includes('Unlisted.Type'));
    assert.deepEqual(
      unlisted.map(({ type }) => type),
      [],
      'add the format of the id to test/infra/support/azure/resource-ids.ts',
    );
  });

  await t.test('every resource of Azure is in the subscription that was asked for', () => {
    const ids = resources.map(({ values }) => String(values.id)).filter((id) => id.startsWith('/subscriptions/'));
    assert.notEqual(ids.length, 0);
    assert.deepEqual(
      ids.filter((id) => !id.startsWith(`/subscriptions/${SUBSCRIPTION}`)),
      [],
    );
  });

  await t.test('every policy that is assigned is the definition of its name', () => {
    const assigned = resources.filter(({ type }) => type === 'azurerm_subscription_policy_assignment');
    assert.equal(assigned.length, 6);
    for (const { values } of assigned)
      assert.match(String(values.policy_definition_id), new RegExp(`/policyDefinitions/${String(values.name)}$`));
  });

  await t.test('every detection tells the action group of the platform', () => {
    const rules = resources.filter(({ type }) => type === 'azurerm_monitor_scheduled_query_rules_alert_v2');
    assert.ok(rules.length >= 5);
    for (const { address, values } of rules)
      assert.match(JSON.stringify(values.action), /\/actionGroups\/ag-mcp-audit-dev"/, address);
  });
});
