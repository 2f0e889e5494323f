import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { TABLES } from '../../../src/connectors/storage/base/tables.ts';
import { testPermissions } from '../support/test-permissions.ts';
import { app, ofType, only, settings, text } from './world.ts';

test('each subnet is behind its own security group, with its own rules', () => {
  const named = (type: string) => new Map(ofType(type).map(({ name, values }) => [text(values.id), name]));
  const [subnets, groups] = [named('azurerm_subnet'), named('azurerm_network_security_group')];
  const pairs = ofType('azurerm_subnet_network_security_group_association').map(({ values }) => [
    subnets.get(text(values.subnet_id)),
    groups.get(text(values.network_security_group_id)),
  ]);
  assert.deepEqual(
    pairs.toSorted(),
    [...subnets.values()].sort().map((subnet) => [subnet, subnet]),
  );
  const ruleNames = ofType('azurerm_network_security_rule');
  const groupNames = new Map(ofType('azurerm_network_security_group').map(({ name, values }) => [values.name, name]));
  for (const { name, values } of ruleNames)
    assert.ok(name.startsWith(`${groupNames.get(values.network_security_group_name)}_`), name);
});

test('each MCP server runs as, and pulls its image as, the one identity that may pull', () => {
  const groups = ofType('azurerm_container_group');
  assert.notEqual(groups.length, 0);
  const Running = z.object({
    identity: z.tuple([z.object({ identity_ids: z.tuple([z.string()]) })]),
    image_registry_credential: z.tuple([z.object({ user_assigned_identity_id: z.string() })]),
  });
  const inModule = (address: string, type: string) => {
    const module = address.slice(0, address.indexOf('azurerm_'));
    const found = ofType(type).filter((it) => it.address.startsWith(`${module}azurerm_`));
    assert.equal(found.length, 1, `${type} beside ${address}`);
    return found[0]?.values ?? {};
  };
  for (const { address, values } of groups) {
    const { identity, image_registry_credential } = Running.parse(values);
    const own = inModule(address, 'azurerm_user_assigned_identity');
    assert.deepEqual(
      [identity[0].identity_ids[0], image_registry_credential[0].user_assigned_identity_id],
      [own.id, own.id],
      address,
    );
    const role = inModule(address, 'azurerm_role_assignment');
    assert.deepEqual([role.principal_id, role.role_definition_name], [own.principal_id, 'AcrPull'], address);
  }
});

test('storage has no keys, no public address and no old TLS', () => {
  const accounts = ofType('azurerm_storage_account');
  assert.equal(accounts.length, 2);
  for (const { name, values } of accounts) {
    assert.equal(values.shared_access_key_enabled, false, name);
    assert.equal(values.public_network_access_enabled, false, name);
    assert.equal(values.allow_nested_items_to_be_public, false, name);
    assert.equal(values.min_tls_version, 'TLS1_2', name);
  }
});

test('evidence cannot be changed, and is where the app files it', () => {
  const evidence = only('azurerm_storage_container', 'evidence');
  const policy = only('azurerm_storage_container_immutability_policy', 'evidence');
  assert.equal(evidence.name, 'evidence');
  assert.equal(policy.storage_container_resource_manager_id, evidence.id);
  assert.equal(policy.locked, true);
  assert.equal(settings.BLOB_ENDPOINT, `https://${only('azurerm_storage_account', 'data').name}.blob.core.windows.net`);
});

test('what is read once a week is there until it is read again, and what nobody reads any more goes', () => {
  const { rule } = only('azurerm_storage_management_policy', 'data') as {
    rule: { name: string; actions: { base_blob: Record<string, number>[]; version: Record<string, number>[] }[] }[];
  };
  const [actions] = rule.find(({ name }) => name === 'forget-inventory')?.actions ?? [];
  assert.deepEqual(
    [
      actions?.base_blob[0]?.delete_after_days_since_modification_greater_than,
      actions?.version[0]?.delete_after_days_since_creation,
    ],
    [9, 2],
  );
});

test('containers, tables and queues have the names by which the app asks for them', () => {
  const names = (type: string, name?: string) =>
    ofType(type).flatMap((it) => (name === undefined || it.name === name ? [it.values.name] : []));
  const containers = ['dead-letter', 'deployments', 'evidence', 'hr-receipts', 'inventory', 'work'];
  assert.deepEqual(names('azurerm_storage_container').sort(), containers);
  assert.deepEqual(names('azapi_resource', 'table').sort(), [...TABLES].sort());
  assert.deepEqual(names('azurerm_storage_queue').sort(), ['hr-leavers', 'hr-leavers-poison']);
});

test('the app is reached with TLS 1.2 by Event Grid and named networks only, and deployed without a password', () => {
  const { httpsOnly, siteConfig } = app;
  assert.equal(httpsOnly, true);
  assert.equal(siteConfig.minTlsVersion, '1.2');
  assert.equal(siteConfig.scmMinTlsVersion, '1.2');
  assert.equal(siteConfig.ipSecurityRestrictionsDefaultAction, 'Deny');
  assert.equal(siteConfig.scmIpSecurityRestrictionsDefaultAction, 'Deny');
  for (const policy of ['ftp', 'scm'])
    assert.deepEqual(only('azapi_update_resource', 'no_basic_authentication', policy).body, {
      properties: { allow: false },
    });
});

test('nothing is asked of Flex Consumption that it refuses', () => {
  // Named in refusals (error 51021) and in Microsoft's list of what the plan does not take.
  const refused = [
    ...['alwaysOn', 'ftpsState', 'functionAppScaleLimit', 'functionsRuntimeScaleMonitoringEnabled', 'linuxFxVersion'],
    ...['netFrameworkVersion', 'preWarmedInstanceCount', 'use32BitWorkerProcess', 'vnetRouteAllEnabled'],
  ];
  assert.deepEqual(
    Object.keys(app.siteConfig).filter((name) => refused.includes(name)),
    [],
  );
  // Azure lower-cases a part of the plan's id: without this, every plan would show a change.
  assert.equal(only('azapi_resource', 'app').ignore_casing, true);
});

// Here, because an apply of the example takes seconds.
testPermissions({ ofType });

test('no identity of the platform may manage access, nor everything', () => {
  const wide = ['Owner', 'Contributor', 'User Access Administrator', 'Role Based Access Control Administrator'];
  for (const { address, values } of ofType('azurerm_role_assignment'))
    assert.ok(!wide.includes(String(values.role_definition_name)), address);
});

test('what writes the audit log cannot read it, and what reads it cannot write it', () => {
  const grants = ofType('azurerm_role_assignment').filter(({ name }) => name === 'this');
  const rolesOf = (identity: string): string[] => {
    const { principal_id } = only('azurerm_user_assigned_identity', 'this', identity);
    return grants.filter(({ values }) => values.principal_id === principal_id).map(({ index }) => String(index));
  };
  assert.deepEqual(
    rolesOf('ingestor').filter((role) => !/^ingestor-.*\/(event-hub|data-collection-rule)$/.test(role)),
    [],
  );
  for (const identity of ['reader', 'remover'])
    assert.deepEqual(
      rolesOf(identity).filter((role) => /\/(event-hub|data-collection-rule)$/.test(role)),
      [],
    );
});
