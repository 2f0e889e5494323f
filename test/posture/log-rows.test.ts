import assert from 'node:assert/strict';
import { test } from 'node:test';
import { POSTURE_SCHEMA } from '../../local/tenant/logs/state.ts';
import { logRowsOf } from '../../src/posture/output/log-rows.ts';
import { assessed, failure, run } from './support/made-run.ts';

const measured = {
  ...{ metric: 'calls-logged', title: 'Tool calls that are logged', unit: 'share', state: 'unknown' as const },
  ...{ arithmetic: 'no tool call in thirty days', terms: {}, gaps: [] },
};

test('a row for each number and each point that the run judged, in the columns of the table and the same again', () => {
  const made = run(
    [
      assessed({ status: 'fail', failures: [failure()] }),
      assessed({ check: 'none-on-workstations', at: '2026-11-16T04:10:00.000Z' }),
    ],
    { metrics: [measured, { ...measured, metric: 'blocked-at-arm', state: 'exact', value: 3 }] },
  );
  const rows = logRowsOf(made);
  assert.deepEqual(
    rows.map(({ Kind, Name, State, Value }) => [Kind, Name, State, Value]),
    [
      ['metric', 'calls-logged', 'unknown', undefined],
      ['metric', 'blocked-at-arm', 'exact', 3],
      ['check', 'servers-tagged', 'fail', undefined],
    ],
  );
  assert.equal(new Set(rows.map(({ RowId }) => RowId)).size, rows.length);
  assert.deepEqual(logRowsOf(made), rows);
  const columns = Object.values(POSTURE_SCHEMA).flatMap((all) => all.map(({ name }) => name));
  for (const row of rows)
    assert.deepEqual(
      Object.keys(row).filter((name) => !columns.includes(name)),
      [],
    );
});
