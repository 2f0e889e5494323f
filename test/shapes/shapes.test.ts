import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { branded, count, day, instant, sha256 } from '../../src/shapes/primitives.ts';
import { recordOf } from '../../src/shapes/record-of.ts';
import { shellWord } from '../../src/shapes/shell-word.ts';
import { SYSTEMS } from '../../src/shapes/systems.ts';

test('an instant has a zone, a day is one of the calendar, a count is whole and not negative', () => {
  const taken = (schema: z.ZodType, values: readonly unknown[]) =>
    values.map((value) => schema.safeParse(value).success);
  assert.deepEqual(taken(instant, ['2026-11-28T09:00:00.000Z', '2026-11-28T09:00:00+01:00', '2026-11-28T09:00:00']), [
    true,
    true,
    false,
  ]);
  assert.deepEqual(taken(day, ['2026-11-28', '2026-02-30', '28.11.2026']), [true, false, false]);
  assert.deepEqual(taken(count, [0, 7, -1, 1.5]), [true, true, false, false]);
  assert.deepEqual(taken(sha256, ['a'.repeat(64), 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(64)}b`]), [
    true,
    false,
    false,
    false,
  ]);
  assert.equal(branded(z.string()).parse('x'), 'x');
});

test('each key of a list has its value', () => {
  assert.deepEqual(
    recordOf(['a', 'bb'], (key) => key.length),
    { a: 1, bb: 2 },
  );
});

test('whatever somebody called a thing is one word of a command', () => {
  assert.equal(shellWord('acme/payments@main:1=x-y_z.'), 'acme/payments@main:1=x-y_z.');
  assert.equal(shellWord('two words'), "'two words'");
  assert.equal(shellWord('$(rm -rf ~)'), "'$(rm -rf ~)'");
  assert.equal(shellWord("it's; id"), "'it'\\''s; id'");
  assert.equal(shellWord(''), "''");
});

test('a system is named once', () => assert.equal(new Set(SYSTEMS).size, SYSTEMS.length));
