import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import type { Schema } from '../../../local/tenant/kql/schema.ts';
import { bind } from '../../../local/tenant/kql/syntax/bind.ts';
import { ofType, only, text } from './world.ts';

/** The columns of the storage account's log that the queries about it read. */
const STORED = [
  { name: 'TimeGenerated', type: 'datetime' },
  ...['AccountName', 'Category', 'OperationName', 'StatusCode', 'AuthenticationType'].map(asText),
  ...['RequesterObjectId', 'CallerIpAddress', 'UserAgentHeader', 'Uri'].map(asText),
] as const;
const STORAGE_LOGS: Schema = { StorageBlobLogs: STORED, StorageTableLogs: STORED };
function asText(name: string): { readonly name: string; readonly type: 'string' } {
  return { name, type: 'string' };
}

test('tables and files of the app log who reads, writes and deletes', () => {
  const logged = ofType('azurerm_monitor_diagnostic_setting')
    .filter(({ address }) => address.startsWith('module.platform.module.offboarding.'))
    .map(({ index, values }) => [
      index,
      z
        .array(z.object({ category: z.string() }))
        .parse(values.enabled_log)
        .map(({ category }) => category)
        .sort(),
    ]);
  const all = ['StorageDelete', 'StorageRead', 'StorageWrite'];
  assert.deepEqual(Object.fromEntries(logged).tables, all);
  assert.deepEqual(Object.fromEntries(logged).evidence, all);
});

/** What a query finds in one line of the storage log, of an hour ago. */
function foundBy(query: string, table: 'StorageBlobLogs' | 'StorageTableLogs', line: Readonly<Record<string, string>>) {
  assert.equal(bind(query, STORAGE_LOGS).ok, true);
  const now = new Date('2026-11-23T12:00:00Z');
  const row = {
    TimeGenerated: new Date(now.getTime() - 3_600_000),
    AccountName: text(only('azurerm_storage_account', 'data').name),
    Category: 'StorageWrite',
    OperationName: 'UpdateEntity',
    StatusCode: '204',
    AuthenticationType: 'OAuth',
    RequesterObjectId: '9f0e1d2c-3b4a-4c5d-8e6f-7a8b9c0d1e2f',
    CallerIpAddress: '203.0.113.9:41000',
    UserAgentHeader: 'Azure CLI',
    Uri: 'https://data.table.core.windows.net/denied',
    ...line,
  };
  const result = evaluate(query, STORAGE_LOGS, { StorageBlobLogs: [], StorageTableLogs: [], [table]: [row] }, now);
  assert.ok(result.ok);
  return result.rows;
}

test('whoever else writes to the app’s tables or files raises an alert, and the app does not', () => {
  const queries = ofType('azurerm_monitor_scheduled_query_rules_alert_v2')
    .filter(({ index }) => ['edits-of-tables', 'edits-of-files'].includes(String(index)))
    .flatMap(({ values }) => z.array(z.object({ query: z.string() })).parse(values.criteria));
  const alerts = (
    line: Readonly<Record<string, string>> = {},
    table: 'StorageBlobLogs' | 'StorageTableLogs' = 'StorageTableLogs',
  ) => queries.reduce((sum, { query }) => sum + foundBy(query, table, line).length, 0);
  assert.equal(alerts(), 1);
  assert.equal(alerts({ Category: 'StorageDelete', OperationName: 'DeleteBlob' }, 'StorageBlobLogs'), 1);
  assert.equal(alerts({ RequesterObjectId: '', AuthenticationType: 'SAS' }), 1, 'without an identity');
  for (const identity of ['reader', 'remover', 'ingestor', 'host'])
    assert.equal(
      alerts({ RequesterObjectId: text(only('azurerm_user_assigned_identity', 'this', identity).principal_id) }),
      0,
    );
  assert.equal(alerts({ StatusCode: '403' }), 0, 'refused');
  assert.equal(alerts({ Category: 'StorageRead' }), 0);
  assert.equal(alerts({ AccountName: 'another' }), 0);
  const ownRule = {
    RequesterObjectId: '',
    AuthenticationType: 'TrustedAccess',
    UserAgentHeader: 'ObjectLifeCycleScanner/0.50',
  };
  assert.equal(alerts({ ...ownRule, Category: 'StorageDelete' }, 'StorageBlobLogs'), 0, 'the account deletes old work');
  assert.equal(alerts({ UserAgentHeader: 'ObjectLifeCycleScanner/0.50' }), 1, 'anybody can call themselves that');
});

test('a saved query tells who read evidence', () => {
  const query = text(only('azurerm_log_analytics_saved_search', 'access', 'evidence-reads').query);
  const read = (line: Readonly<Record<string, string>>) =>
    foundBy(query, 'StorageBlobLogs', {
      Category: 'StorageRead',
      OperationName: 'GetBlob',
      StatusCode: '200',
      ...line,
    });
  const [row, ...others] = read({ Uri: 'https://data.blob.core.windows.net/evidence/cases/x/report.json' });
  assert.deepEqual([row?.caller, others.length], ['9f0e1d2c-3b4a-4c5d-8e6f-7a8b9c0d1e2f', 0]);
  assert.deepEqual(read({ Uri: 'https://data.blob.core.windows.net/work/x' }), []);
});
