import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RULES } from './support/azure/rules/all-rules.ts';
import { commonRules } from './support/azure/rules/common.ts';
import { armId, cidr, guid, portRange } from './support/azure/rules/formats.ts';
import {
  allowed,
  atLeastOne,
  between,
  deprecated,
  exactlyOne,
  needs,
  notTogether,
  type Rule,
} from './support/azure/rules/rule.ts';
import type { BlockSchema } from './support/provider/provider-schema.ts';
import { readSchemas } from './support/provider/read-schemas.ts';
import { type Fields, UNKNOWN, type Value } from './support/provider/wire-value.ts';

const SCHEMA: BlockSchema = {
  attributes: {
    name: { type: 'string', required: true },
    size: { type: 'number', optional: true },
    other: { type: 'string', optional: true },
    ranges: { type: ['list', 'string'], optional: true },
    labels: { type: ['set', 'string'], optional: true },
  },
  block_types: {
    port: {
      nesting_mode: 'list',
      block: { attributes: { number: { type: 'number' }, protocol: { type: 'string' } }, block_types: {} },
    },
    identity: {
      nesting_mode: 'list',
      block: { attributes: { type: { type: 'string' }, identity_ids: { type: ['set', 'string'] } }, block_types: {} },
    },
  },
};

const details = (rule: Rule, resource: Fields, schema: BlockSchema = SCHEMA): readonly string[] =>
  rule(resource, schema).map(({ detail }) => detail);
const paths = (rule: Rule, resource: Fields): readonly unknown[] => rule(resource, SCHEMA).map(({ path }) => path);

test('every rule names arguments that the committed schema of its resource has', () => {
  const schemas = Object.assign({}, ...readSchemas().map(({ schema }) => schema.resource_schemas)) as Record<
    string,
    { block: BlockSchema }
  >;
  let checked = 0;
  for (const [type, rules] of Object.entries(RULES)) {
    const block = schemas[type]?.block;
    // A rule may outlive the last use of its resource; it is checked again as soon as there is one.
    if (block === undefined) continue;
    for (const rule of [...commonRules(block), ...rules]) rule({}, block);
    checked += 1;
  }
  assert.notEqual(checked, 0);
});

test('a rule about an argument that does not exist fails loudly', () => {
  assert.throws(() => allowed('colour', ['blue'])({}, SCHEMA), /no colour/);
  assert.throws(() => exactlyOne(['name', 'colour'])({}, SCHEMA), /no colour/);
});

test('a wrong value is named with its index in a list, and with its set otherwise', () => {
  const resource = { ranges: ['a', 'b'], labels: ['a', 'b'], port: [{ number: 1 }, { number: 70_000 }] };
  assert.deepEqual(paths(allowed('ranges', ['a']), resource), [['ranges', 1]]);
  assert.deepEqual(paths(allowed('labels', ['a']), resource), [['labels']]);
  assert.deepEqual(paths(between('port.number', 1, 65_535), resource), [['port', 1, 'number']]);
});

test('what is unknown or unset is not judged by its value', () => {
  for (const value of [UNKNOWN, null]) {
    assert.deepEqual(details(allowed('name', ['a']), { name: value }), []);
    assert.deepEqual(details(cidr('ranges'), { ranges: value }), []);
    assert.deepEqual(details(cidr('ranges'), { ranges: [value] }), []);
  }
});

test('combinations count what is set, and leave room for what is still unknown', () => {
  const count = (rule: Rule, name: Value, other: Value): number => rule({ name, other }, SCHEMA).length;
  const rows: readonly (readonly [rule: Rule, both: number, one: number, unknown: number, none: number])[] = [
    [exactlyOne(['name', 'other']), 1, 0, 0, 1],
    [atLeastOne(['name', 'other']), 0, 0, 0, 1],
    [notTogether(['name', 'other']), 1, 0, 0, 0],
    [needs('name', 'other'), 0, 1, 0, 0],
  ];
  for (const [rule, both, one, unknown, none] of rows)
    assert.deepEqual(
      [count(rule, 'a', 'b'), count(rule, 'a', null), count(rule, 'a', UNKNOWN), count(rule, null, null)],
      [both, one, unknown, none],
    );
});

test('an argument that is deprecated is told when it is set, even to something unknown', () => {
  const rule = deprecated('other', 'use name');
  assert.deepEqual(
    rule({ other: UNKNOWN }, SCHEMA).map(({ severity }) => severity),
    ['warning'],
  );
  assert.deepEqual(details(rule, { other: null }), []);
});

test('of an application, a value is one role or one scope, and claims have the properties that the provider knows', () => {
  const schema = readSchemas().flatMap(
    ({ schema: { resource_schemas } }) => resource_schemas.azuread_application ?? [],
  )[0];
  assert.ok(schema);
  const ids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
  const found = (role: Fields, scope: Fields): readonly string[] =>
    (RULES.azuread_application ?? []).flatMap((rule) =>
      details(rule, { app_role: [role], api: [{ oauth2_permission_scope: [scope] }] }, schema.block),
    );
  const [first, second] = ids;
  assert.deepEqual(found({ id: first, value: 'read.app' }, { id: second, value: 'read' }), []);
  assert.deepEqual(found({ id: first, value: 'read' }, { id: first, value: 'read' }), []);
  assert.deepEqual(found({ id: first, value: UNKNOWN }, { id: second, value: 'read' }), []);
  assert.match(found({ id: first, value: 'read' }, { id: second, value: 'read' }).join(), /read or its id/);
  assert.match(found({ id: first, value: 'write' }, { id: first, value: 'read' }).join(), /read or its id/);

  const claim = (property: string): readonly string[] =>
    (RULES.azuread_application ?? []).flatMap((rule) =>
      details(
        rule,
        { optional_claims: [{ access_token: [{ name: 'idtyp', additional_properties: [property] }] }] },
        schema.block,
      ),
    );
  assert.deepEqual(claim('emit_as_roles'), []);
  assert.equal(claim('include_user_token').length, 1);
});

test('the query of an alert rule has neither union nor search, but may speak of them', () => {
  const schema = readSchemas().flatMap(
    ({ schema: { resource_schemas } }) => resource_schemas.azurerm_monitor_scheduled_query_rules_alert_v2 ?? [],
  )[0];
  assert.ok(schema);
  const faults = (query: string): string =>
    (RULES.azurerm_monitor_scheduled_query_rules_alert_v2 ?? [])
      .flatMap((rule) => details(rule, { criteria: [{ query }] }, schema.block))
      .filter((detail) => detail.includes('log search'))
      .join();
  assert.match(faults('let a = T | where x == "y";\nunion a, (T | take 1)'), /may not use union/);
  assert.match(faults('let a = materialize(union withsource=t T, U); a'), /may not use union/);
  assert.match(faults('search "x"'), /may not use search/);
  assert.equal(faults('// no union here\nT | where tool == "search" and tool startswith "search_"'), '');
});

test('a range of addresses begins at its own beginning', () => {
  const wrong = (range: string): boolean => details(cidr('ranges'), { ranges: [range] }).length > 0;
  for (const range of ['10.50.0.0/16', '10.50.3.64/26', '0.0.0.0/0', '10.50.1.4/32']) assert.ok(!wrong(range), range);
  for (const range of ['10.50.1.7/24', '10.50.1.0', '10.50.1.0/33', '10.50.256.0/24', '10.50.1.0/24/8', 'fd00::/8'])
    assert.ok(wrong(range), range);
});

test('ports are one, a range, or all', () => {
  const wrong = (ports: string): boolean => details(portRange('name'), { name: ports }).length > 0;
  for (const ports of ['*', '443', '8000-9000', '0-65535']) assert.ok(!wrong(ports), ports);
  for (const ports of ['443,80', '9000-8000', '65536', 'https', '1-2-3', '80.5']) assert.ok(wrong(ports), ports);
});

test('a resource id is taken apart as the provider does, capitals included', () => {
  const wrong = (id: string): boolean =>
    details(armId('name', 'Microsoft.Network/virtualNetworks'), { name: id }).length > 0;
  const id = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet';
  assert.ok(!wrong(id));
  for (const other of [id.replace('resourceGroups', 'resourcegroups'), `${id}/subnets/a`, id.slice(1), `${id}/`])
    assert.ok(wrong(other), other);
  assert.deepEqual(details(guid('name'), { name: '00000003-0000-0000-c000-000000000000' }), []);
  assert.equal(details(guid('name'), { name: 'User.Read.All' }).length, 1);
});

test('a user-assigned identity has ids, a system-assigned one has none', () => {
  const faults = (type: string, ids: Value): number =>
    commonRules(SCHEMA).flatMap((rule) => rule({ identity: [{ type, identity_ids: ids }] }, SCHEMA)).length;
  assert.equal(faults('UserAssigned', ['/subscriptions/1']), 0);
  assert.equal(faults('UserAssigned', UNKNOWN), 0);
  assert.equal(faults('SystemAssigned', null), 0);
  assert.equal(faults('UserAssigned', null), 1);
  assert.equal(faults('UserAssigned', []), 1);
  assert.equal(faults('SystemAssigned', ['/subscriptions/1']), 1);
  assert.equal(faults('userassigned', null), 1);
});
