import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lateWords } from '../../../src/cases/following/lateness.ts';
import { counted, instant, lasting, listed, sentence } from '../../../src/cases/words/wording.ts';

test('numbers, times and names are told as people say them', () => {
  assert.deepEqual(
    [counted(1, 'finding'), counted(0, 'finding'), counted(2, 'entry', 'entries')],
    ['1 finding', '0 findings', '2 entries'],
  );
  assert.deepEqual([1, 119, 120, 121, 150, 1440].map(lasting), [
    '1 minute',
    '119 minutes',
    '2 hours',
    '2 hours and 1 minute',
    '2 hours and 30 minutes',
    '24 hours',
  ]);
  assert.deepEqual(
    [[], ['a'], ['a', 'b', 'a'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd']].map((names) => listed(names)),
    ['', 'a', 'a and b', 'a, b and c', 'a, b, c and 1 more'],
  );
  assert.equal(listed(['a', 'b'], 1), 'a and 1 more');
  assert.equal(instant('2026-11-23T15:30:59+01:00'), '2026-11-23 14:30 UTC');
  assert.equal(instant('soon'), 'soon');
  assert.deepEqual([' x ', 'x!', '', 'x…', 'x. y'].map(sentence), ['x.', 'x!', '', 'x…', 'x. y.']);
});

test('a start is late from five minutes on', () => {
  const at = (ms: number) =>
    lateWords('2026-11-23T10:00:00.000Z', new Date(Date.parse('2026-11-23T10:00:00.000Z') + ms));
  assert.equal(at(299_999), '');
  assert.equal(at(300_000), ', and began 5 minutes late');
  assert.equal(at(-1), '');
});
