import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Resource } from '../support/plan-of.ts';
import { ofType, PROFILES, root } from './world.ts';

/** The rows of the table of costs: what, the price of one, and how many there are in each column. */
const table = readFileSync(join(root, 'docs/cost.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('*', '').trim()),
  );
const head = table.findIndex(([first, second]) => first === 'what' && second === 'each');
const end = table.findIndex(([first]) => first === 'a month');
const number = (cell: string | undefined): number => (cell === '–' ? 0 : Number(cell?.replaceAll(',', '')));
const columns = Object.keys(PROFILES) as (keyof typeof PROFILES)[];

test('the monthly cost of each profile adds up', () => {
  assert.deepEqual(table[head]?.slice(2, 6), columns);
  const rows = table.slice(head + 1, end);
  assert.ok(rows.length > 10);
  for (const [index, profile] of columns.entries()) {
    const sum = rows.reduce((total, row) => total + number(row[1]) * number(row[2 + index]), 0);
    assert.ok(sum > 0, profile);
    assert.equal(number(table[end]?.[2 + index]), Math.round(sum * 100) / 100, profile);
  }
});

const rulesThatRun = (all: readonly Resource[]): readonly string[] =>
  ofType(all, 'azurerm_monitor_scheduled_query_rules_alert_v2')
    .filter(({ values }) => values.enabled === true)
    .map(({ values }) => String(values.evaluation_frequency));

const COUNTED: Readonly<Record<string, (resources: readonly Resource[]) => number>> = {
  'Private endpoint': (all) => ofType(all, 'azurerm_private_endpoint').length,
  'Private DNS zone': (all) => ofType(all, 'azurerm_private_dns_zone').length,
  'NAT gateway': (all) => ofType(all, 'azurerm_nat_gateway').length,
  'Public address of the NAT gateway': (all) => ofType(all, 'azurerm_public_ip').length,
  'Container registry, Premium': (all) => ofType(all, 'azurerm_container_registry').length,
  'Event Hubs, one throughput unit': (all) => ofType(all, 'azurerm_eventhub_namespace').length,
  'Alert rules, every 5 minutes': (all) => rulesThatRun(all).filter((every) => every === 'PT5M').length,
  'Alert rules, every 15 minutes or more rarely': (all) => rulesThatRun(all).filter((every) => every !== 'PT5M').length,
  'MCP server (0.5 CPU, 0.5 GB, all month)': (all) => ofType(all, 'azurerm_container_group').length,
};

test('the table counts what Terraform plans', () => {
  for (const [what, count] of Object.entries(COUNTED)) {
    const row = table.find(([first]) => first === what);
    assert.deepEqual(
      row?.slice(2, 6).map(number),
      columns.map((profile) => count(PROFILES[profile])),
      what,
    );
  }
});
