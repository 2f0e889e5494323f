import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import type { Schema } from '../../../local/tenant/kql/schema.ts';
import { NotImplemented } from '../../../local/tenant/kql/syntax/syntax.ts';
import { INGESTION_TIME, type Row, type Value } from '../../../local/tenant/kql/values/values.ts';

const schema: Schema = {
  T: [
    { name: 'k', type: 'string' },
    { name: 'n', type: 'long' },
    { name: 'at', type: 'datetime' },
  ],
  U: [
    { name: 'k', type: 'string' },
    { name: 'm', type: 'real' },
  ],
};
const day = (text: string): Date => new Date(`${text}Z`);
const T: Row[] = [
  { k: 'a', n: 1, at: day('2026-11-02T10:10:00') },
  { k: 'a', n: 2, at: day('2026-11-02T10:50:00') },
  { k: 'B', n: null, at: day('2026-11-02T11:00:00') },
  { k: '', n: 4, at: null },
];
const U: Row[] = [
  { k: 'a', m: 1.5 },
  { k: 'a', m: 2.5 },
  { k: 'c', m: 3.5 },
];
const now = day('2026-11-23T12:00:00');

function rows(query: string): readonly Row[] {
  const result = evaluate(query, schema, { T, U }, now);
  assert.ok(result.ok, JSON.stringify(result));
  return result.rows;
}

function value(expression: string): Value {
  return rows(`print x = ${expression}`)[0]?.x ?? null;
}

function column(query: string, name: string): Value[] {
  return rows(query).map((row) => row[name] ?? null);
}

const scalars: readonly (readonly [string, string, Value])[] = [
  ['== minds case', '"A" == "a"', false],
  ['=~ does not', '"A" =~ "a"', true],
  ['!~ does not', '"A" !~ "a"', false],
  ['in minds case', '"A" in ("a", "b")', false],
  ['in~ does not', '"A" in~ ("a", "b")', true],
  ['!in minds case', '"A" !in ("a")', true],
  ['in~ takes a dynamic array', '"A" in~ (dynamic(["x", "a"]))', true],
  ['nothing is in an empty array', '"a" in~ (dynamic([]))', false],
  ['startswith does not mind case', '"Create_x" startswith "create_"', true],
  ['startswith_cs does', '"Create_x" startswith_cs "create_"', false],
  ['contains finds a part of a word', '"planning" contains "ann"', true],
  ['has finds whole terms only', '"planning" has "ann"', false],
  ['has takes punctuation as a border', '"repo:Ann/x" has "ann"', true],
  ['null equals no value', 'long(null) == 1', false],
  ['null differs from any value', 'long(null) != 1', true],
  ['null against null is null', 'long(null) == long(null)', null],
  ['an order with null is null', 'long(null) > 1', null],
  ['false and null is false', 'false and long(null) > 1', false],
  ['true and null is null', 'true and long(null) > 1', null],
  ['true or null is true', 'true or long(null) > 1', true],
  ['not null is null', 'not(long(null) > 1)', null],
  ['iff takes null for false', 'iff(long(null) > 1, "yes", "no")', 'no'],
  ['case takes the first that holds', 'case(1 > 2, "a", 2 > 1, "b", "c")', 'b'],
  ['case falls to its last', 'case(1 > 2, "a", "c")', 'c'],
  ['coalesce passes null over', 'coalesce(long(null), 3)', 3],
  ['coalesce passes the empty string over', 'coalesce("", "b")', 'b'],
  ['arithmetic with null is null', 'long(null) + 1', null],
  ['bin rounds down, below zero too', 'bin(-7, 5)', -10],
  ['bin of a time', 'bin(datetime(2026-11-02T10:59:59.999Z), 10m)', day('2026-11-02T10:50:00')],
  ['bins of a week start on Mondays', 'bin(datetime(2026-11-05), 7d)', day('2026-11-02T00:00:00')],
  ['startofday', 'startofday(datetime(2026-11-02T23:59:59Z))', day('2026-11-02T00:00:00')],
  ['hourofday', 'hourofday(datetime(2026-11-02T23:59:59Z))', 23],
  ['dayofweek counts from Sunday', 'dayofweek(datetime(2026-11-02)) == 1d', true],
  ['datetime minus datetime is a timespan', 'datetime(2026-11-02) - datetime(2026-11-01) == 24h', true],
  ['datetime minus timespan', 'datetime(2026-11-02) - 90m', day('2026-11-01T22:30:00')],
  ['ago counts from the query’s clock', 'ago(1d)', day('2026-11-22T12:00:00')],
  ['between takes both ends', '5 between (1 .. 5)', true],
  ['between refuses beyond', '6 between (1 .. 5)', false],
  ['summer time', 'datetime_utc_to_local(datetime(2026-10-25T00:30:00Z), "Europe/Paris")', day('2026-10-25T02:30:00')],
  ['winter time', 'datetime_utc_to_local(datetime(2026-10-25T01:30:00Z), "Europe/Paris")', day('2026-10-25T02:30:00')],
  [
    'half-hour zones',
    'datetime_utc_to_local(datetime(2026-11-02T20:00:00Z), "Asia/Kolkata")',
    day('2026-11-03T01:30:00'),
  ],
  ['format_datetime', 'format_datetime(datetime(2026-11-02T03:04:05Z), "yyyy-MM-dd [HH:mm]")', '2026-11-02 [03:04]'],
  ['extract the greedy group', String.raw`extract(@"^(.*)[/\\]", 1, "/a/b/c.txt")`, '/a/b'],
  ['extract of what does not match', 'extract("(x)", 1, "abc")', ''],
  ['trim_end', String.raw`trim_end(@"[/\\]+", "/a/b//")`, '/a/b'],
  ['isempty of nothing', 'isempty("")', true],
  ['strcat of a number', 'strcat("a", 1)', 'a1'],
  ['a verbatim string keeps its backslashes', String.raw`@"\n"`, String.raw`\n`],
  ['an obfuscated string is a string', 'h"a\\u0041"', 'aA'],
  ['tostring of a datetime has seven digits', 'tostring(datetime(2026-11-02))', '2026-11-02T00:00:00.0000000Z'],
  ['tolong of what is no number', 'tolong("x")', null],
  ['unary minus', '-(3)', -3],
  ['replace_string takes text for text', 'replace_string("a.b.c", ".", "$&")', 'a$&b$&c'],
  ['replace_regex takes each match', 'replace_regex("a1b22c", "[0-9]+", "-")', 'a-b-c'],
  ['a member of a bag', 'tostring(dynamic({"a":"x"})["a"])', 'x'],
  ['a member of a bag by its path', 'tostring(dynamic({"a":{"b":"x"}}).a.b)', 'x'],
  ['no such member is null', 'isnull(dynamic({"a":"x"})["b"])', true],
];
for (const [claim, expression, expected] of scalars) {
  test(`${claim}: ${expression}`, () => assert.deepEqual(value(expression), expected));
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
