import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Value } from '../../../local/tenant/kql/values/values.ts';
import { day, rows } from './evaluate-world.ts';

function value(expression: string): Value {
  return rows(`print x = ${expression}`)[0]?.x ?? null;
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
