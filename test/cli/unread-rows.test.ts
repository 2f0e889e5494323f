import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { tableOf } from '../../src/connectors/storage/base/tables.ts';
import { startCliApp } from './support/cli-app.ts';

const { app, cli, stop, json } = await startCliApp();
after(stop);

test('what waits and cannot be read is told beside what can, and stands in the document', async () => {
  const row = { partitionKey: 'a1000000-0000-4000-8000-0000000000e1', rowKey: 'X-000000000001', exception: '{' };
  await tableOf(app.config, 'exceptions').upsertEntity(row, 'Replace');
  const { code, err } = await cli(['waiting']);
  // All of it could not be read.
  assert.equal(code, 11);
  assert.match(err, /The row \S+\/X-000000000001 of the table exceptions cannot be read \(exception\)/);
  assert.equal(err.match(/put it back from the backup/g)?.length, 1);
  for (const mine of [[], ['--mine']])
    assert.equal((await json<{ unreadable: string[] }>('waiting', ...mine)).unreadable.length, 1);
  await tableOf(app.config, 'exceptions').deleteEntity(row.partitionKey, row.rowKey);
  const afterwards = await cli(['waiting']);
  assert.equal(afterwards.code, 0);
  assert.doesNotMatch(afterwards.err, /cannot be read/);
});
