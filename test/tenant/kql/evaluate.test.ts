import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import { NotImplemented } from '../../../local/tenant/kql/syntax/syntax.ts';
import { INGESTION_TIME, type Value } from '../../../local/tenant/kql/values/values.ts';
import { day, now, rows, schema, T, U } from './evaluate-world.ts';

function column(query: string, name: string): Value[] {
  return rows(query).map((row) => row[name] ?? null);
}

test('where keeps rows whose condition is true, not those where it is null', () => {
  assert.deepEqual(column('T | where n > 0', 'n'), [1, 2, 4]);
  assert.deepEqual(column('T | where not(n > 0)', 'n'), []);
});

test('extend adds and replaces, and does not see its own additions', () => {
  assert.deepEqual(rows('T | take 1 | extend n = n + 1, x = n'), [{ ...T[0], n: 2, x: 1 }]);
});

test('let names scalars, tables and each other', () => {
  assert.deepEqual(column('let least = 1 + 1; let some = T | where n >= least; some | project n', 'n'), [2, 4]);
});

test('summarize groups by expressions under the binder’s names', () => {
  assert.deepEqual(rows('T | where isnotnull(at) | summarize count(), latest = max(at) by bin(at, 1h)'), [
    { at: day('2026-11-02T10:00:00'), count_: 2, latest: T[1]?.at },
    { at: day('2026-11-02T11:00:00'), count_: 1, latest: T[2]?.at },
  ]);
});

test('aggregates pass nulls over, count does not', () => {
  assert.deepEqual(
    rows(
      'T | summarize c = count(), s = sum(n), a = avg(n), lo = min(n), d = dcount(k), ci = countif(n > 1), cd = count_distinctif(k, isnotempty(k))',
    ),
    [{ c: 4, s: 7, a: 7 / 3, lo: 1, d: 3, ci: 2, cd: 2 }],
  );
});

test('without rows, summarize makes one row alone and none by key', () => {
  assert.deepEqual(rows('T | where n > 99 | summarize c = count(), m = max(n)'), [{ c: 0, m: null }]);
  assert.deepEqual(rows('T | where n > 99 | summarize count() by k'), []);
});

test('sort is descending unless told otherwise, and null is least', () => {
  assert.deepEqual(column('T | sort by n', 'n'), [4, 2, 1, null]);
  assert.deepEqual(column('T | sort by n asc', 'n'), [null, 1, 2, 4]);
  assert.deepEqual(column('T | top 2 by n', 'n'), [4, 2]);
});

test('distinct and count', () => {
  assert.deepEqual(column('T | distinct k', 'k'), ['a', 'B', '']);
  assert.deepEqual(rows('T | count'), [{ Count: 4 }]);
});

test('join without a kind takes one row of the left for each key', () => {
  assert.deepEqual(rows('T | join (U) on k | project n, m'), [
    { n: 1, m: 1.5 },
    { n: 1, m: 2.5 },
  ]);
});

test('join kinds', () => {
  assert.equal(rows('T | join kind=inner (U) on k').length, 4);
  assert.deepEqual(column('T | join kind=leftouter (U) on k', 'm'), [1.5, 2.5, 1.5, 2.5, null, null]);
  assert.deepEqual(column('T | join kind=leftanti (U) on k', 'k'), ['B', '']);
  assert.deepEqual(column('T | join kind=leftsemi (U) on k', 'n'), [1, 2]);
  assert.deepEqual(rows('T | join kind=inner (U) on k | take 1'), [{ ...T[0], k1: 'a', m: 1.5 }]);
});

test('union lines columns up by name; a missing string is empty, anything else null', () => {
  assert.deepEqual(rows('union (T | take 1 | project n), (U | take 1)'), [
    { n: 1, k: '', m: null },
    { n: null, k: 'a', m: 1.5 },
  ]);
});

for (const query of [
  'print d = dynamic([1]) | mv-expand d to typeof(long)',
  'T | extend x = strrep(k, 2)',
  'T | summarize percentile(n, 50)',
  'T | summarize count() * 2',
  'T | join kind=rightouter (U) on k',
  'union withsource=s T, U',
  'print x = time(1.02:03:04)',
  'print x = format_datetime(now(), "q")',
  'print x = extract("(?=a)", 0, "a")',
]) {
  test(`what is not carried out is refused, not guessed: ${query}`, () => {
    assert.throws(() => rows(query), NotImplemented);
  });
}

test('range counts up to its end, and refuses to go nowhere', () => {
  assert.deepEqual(rows('range n from 1 to 5 step 2'), [{ n: 1 }, { n: 3 }, { n: 5 }]);
  assert.deepEqual(rows('range n from 3 to 2 step 1'), []);
  assert.deepEqual(
    rows('range d from datetime(2026-10-24) to datetime(2026-10-25T12:00) step 1d').map(({ d }) => d),
    [day('2026-10-24T00:00:00'), day('2026-10-25T00:00:00')],
  );
  for (const step of ['-1', 'long(null)', '1 - 1']) {
    assert.throws(() => rows(`range n from 1 to 5 step ${step}`), NotImplemented);
  }
  assert.throws(() => rows('range n from 1 to long(null) step 1'), NotImplemented);
});

test('column_ifexists takes the column where there is one, and the other value where there is none', () => {
  assert.deepEqual(column('T | take 2 | extend x = column_ifexists("n", 9), y = column_ifexists("o", 9)', 'x'), [1, 2]);
  assert.deepEqual(column('T | take 2 | extend y = column_ifexists("o", 9)', 'y'), [9, 9]);
});

test('mv-expand makes a row of each item, and none of an empty array', () => {
  assert.deepEqual(column('T | where k == "a" | mv-expand p = split(strcat(k, ";", n), ";") to typeof(string)', 'p'), [
    'a',
    '1',
    'a',
    '2',
  ]);
  assert.deepEqual(rows('print e = dynamic([]) | mv-expand e'), []);
  assert.deepEqual(column('print e = dynamic([{"a":1},{"a":2}]) | mv-expand e | extend a = tolong(e.a)', 'a'), [1, 2]);
});

test('prev, next and row_cumsum go by the order of rows, through where and extend too', () => {
  const sorted = 'T | where isnotempty(k) | sort by n asc | where k != "x" | extend k2 = k';
  assert.deepEqual(column(`${sorted} | extend p = prev(n)`, 'p'), [null, null, 1]);
  assert.deepEqual(column(`${sorted} | extend p = next(n, 2, 9)`, 'p'), [2, 9, 9]);
  const sums = 'T | where isnotnull(n) | sort by n asc | extend s = row_cumsum(n, prev(k) != k)';
  assert.deepEqual(column(sums, 's'), [1, 3, 4]);
  assert.deepEqual(column('T | where isnotnull(n) | sort by n desc | extend s = row_cumsum(n)', 's'), [4, 6, 7]);
});

test('a window function over rows in no order is refused, as the service refuses it', () => {
  for (const text of ['T | extend p = prev(n)', 'T | sort by n asc | summarize n = max(n) by k | extend p = next(n)']) {
    assert.throws(() => rows(text), NotImplemented, text);
  }
});

test('ingestion_time() is known of rows of a table, and lost where they are aggregated', () => {
  const arrived = day('2026-11-02T12:00:00');
  const table = [{ ...T[0], [INGESTION_TIME]: arrived }, { k: 'b' }];
  const times = (query: string) => {
    const result = evaluate(query, schema, { T: table, U }, now);
    assert.ok(result.ok, JSON.stringify(result));
    return result.rows.map(({ x }) => x);
  };
  assert.deepEqual(times('T | extend x = ingestion_time()'), [arrived, null]);
  assert.deepEqual(times('T | where isnotempty(k) | extend k = "" | project x = ingestion_time()'), [arrived, null]);
  assert.deepEqual(times('T | summarize count() by k | project x = ingestion_time()'), [null, null]);
});

test('an unknown column, table or function is the official binder’s error, with its place', () => {
  const unknown = evaluate('T\n| where nope == 1', schema, { T, U }, now);
  assert.ok(!unknown.ok);
  assert.deepEqual(
    unknown.errors.map(({ code, text, line, column: at }) => ({ code, text, line, at })),
    [{ code: 'KS142', text: 'nope', line: 2, at: 9 }],
  );
  for (const query of ['V | take 1', 'T | where nope(k)', 'T | whre k', 'T | where n startswith "a"']) {
    assert.equal(evaluate(query, schema, { T, U }, now).ok, false, query);
  }
});
