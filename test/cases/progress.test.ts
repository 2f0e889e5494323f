import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CountedSoFar, endOfAll, NOT_KNOWN, pointsLeft, progressOf } from '../../src/cases/progress.ts';

const AT = '2026-11-23T10:00:00.000Z';
const NOW = new Date('2026-11-23T10:02:00.000Z');
const repositories = { source: 'github/repositories:acme', unit: 'repositories', at: AT };
const budget = { name: 'acme', points: 3_000 };

const SITUATIONS: readonly (readonly [string, CountedSoFar, number | undefined, boolean, object])[] = [
  ['not listed yet', { ...repositories, done: 0 }, undefined, false, { of: 'not known yet', ends: 'not known yet' }],
  [
    'nothing is done and nothing else tells',
    { ...repositories, of: 40, done: 0 },
    undefined,
    false,
    { of: 40, ends: 'not known yet' },
  ],
  [
    'the budget tells before anything is done',
    { ...repositories, of: 1_000, done: 0, budget },
    240_000,
    false,
    { of: 1_000, ends: '2026-11-23T10:06:00.000Z' },
  ],
  [
    'the pace tells where there is no budget',
    { ...repositories, of: 40, done: 10 },
    undefined,
    false,
    { of: 40, ends: '2026-11-23T10:08:00.000Z' },
  ],
  [
    'the pace is slower than the budget',
    { ...repositories, of: 1_000, done: 100, budget },
    60_000,
    false,
    { of: 1_000, ends: '2026-11-23T10:20:00.000Z' },
  ],
  [
    'the budget is slower than the pace',
    { ...repositories, of: 1_000, done: 900, budget },
    600_000,
    false,
    { of: 1_000, ends: '2026-11-23T10:12:00.000Z' },
  ],
  [
    'a guess is rounded up to the minute',
    { ...repositories, of: 1_000, done: 0, budget },
    61_000,
    false,
    { of: 1_000, ends: '2026-11-23T10:04:00.000Z' },
  ],
  [
    'no time has passed that would tell a pace',
    { ...repositories, at: NOW.toISOString(), of: 40, done: 10 },
    undefined,
    false,
    { of: 40, ends: 'not known yet' },
  ],
  ['all is done', { ...repositories, of: 40, done: 40 }, 0, false, { of: 40 }],
  ['there is nothing to read', { ...repositories, of: 0, done: 0 }, undefined, false, { of: 0 }],
  ['its step ended without all of it', { ...repositories, of: 40, done: 30 }, 10_000, true, { of: 40 }],
];

for (const [name, counted, ms, isOver, told] of SITUATIONS) {
  test(`when it ends: ${name}`, () => {
    const [shown] = progressOf(
      [counted],
      NOW,
      () => ms,
      () => isOver,
    );
    assert.deepEqual(shown, { source: repositories.source, unit: 'repositories', done: counted.done, ...told });
  });
}

test('what is still needed of a budget shrinks with what is done', () => {
  const needed = (done: number): number => pointsLeft({ ...repositories, of: 1_000, done, budget });
  assert.deepEqual([0, 250, 999, 1_000].map(needed), [3_000, 2_250, 3, 0]);
  assert.equal(pointsLeft({ ...repositories, of: 0, done: 0, budget }), 0);
  assert.equal(pointsLeft({ ...repositories, of: 10, done: 0 }), 0);
});

const WHOLE: Readonly<Record<string, readonly [ends: readonly (string | undefined)[], end: string]>> = {
  'nothing is counted yet': [[], NOT_KNOWN],
  'one source tells': [['2026-11-23T10:06:00.000Z'], '2026-11-23T10:06:00.000Z'],
  'the latest of several, in whatever order': [
    ['2026-11-23T10:06:00.000Z', '2026-11-23T10:20:00.000Z', undefined, '2026-11-23T10:08:00.000Z'],
    '2026-11-23T10:20:00.000Z',
  ],
  'one of them cannot tell': [['2026-11-23T10:06:00.000Z', NOT_KNOWN], NOT_KNOWN],
  'all are read, and what follows is not measured': [[undefined, undefined], NOT_KNOWN],
};
for (const [what, [ends, end]] of Object.entries(WHOLE)) {
  test(`when the whole ends: ${what}`, () => {
    const sources = ends.map((each, at) => ({
      source: `s${at}`,
      unit: 'pools',
      done: 1,
      of: 2,
      ...(each === undefined ? {} : { ends: each }),
    }));
    assert.equal(endOfAll(sources), end);
  });
}
