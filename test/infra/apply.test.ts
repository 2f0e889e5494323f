import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { applyTwice } from './support/plan-of.ts';

const minimal = join(resolve(import.meta.dirname, '../..'), 'infra/examples/minimal');
const SUBSCRIPTION = '11111111-1111-4111-8111-111111111111';
const TENANT = '22222222-2222-4222-8222-222222222222';

test('the minimal example is applied as a whole, and a second plan changes nothing', async (t) => {
  const { changes, resources } = await applyTwice(minimal, {
    variables: { subscription_id: SUBSCRIPTION, tenant_id: TENANT },
  });
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
    assert.equal(assigned.length, 3);
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
