import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asksForShare, rateLimitOf } from '../../src/intake/rules/rate-limit.ts';

const LIMIT = { cases: 40, percent: 5 };

/** Position of the case within the hour, people in the directory, and what is said of the hold, if any. */
const SITUATIONS: readonly (readonly [position: number, people: number | undefined, held: RegExp | undefined])[] = [
  [10, undefined, undefined],
  [11, undefined, /could not be read/],
  [11, 100, /More than 10 cases .* 5 % of the directory’s 100/],
  [11, 220, undefined],
  [12, 220, /More than 11 cases/],
  [40, 10_000, undefined],
  [41, 10_000, /More than 40 cases .*MAX_CASES_PER_HOUR/],
];
for (const [position, people, held] of SITUATIONS) {
  test(`the case number ${position} of an hour, of ${people ?? 'nobody knows how many'} people, ${held ? 'waits' : 'starts'}`, () => {
    const why = rateLimitOf('entra-event', position, LIMIT, people);
    if (held === undefined) assert.equal(why, undefined);
    else assert.match(why ?? '', held);
  });
}

test('a person who asks has an allowance of their own, and no share counts where none is set', () => {
  assert.equal(rateLimitOf('api', 1000, LIMIT, undefined), undefined);
  assert.equal(rateLimitOf('entra-event', 40, { ...LIMIT, percent: 0 }, undefined), undefined);
  assert.ok(!asksForShare('api', 20, LIMIT));
  assert.ok(!asksForShare('sweep', 10, LIMIT) && asksForShare('sweep', 11, LIMIT));
  assert.ok(asksForShare('sweep', 40, LIMIT) && !asksForShare('sweep', 41, LIMIT));
  assert.ok(!asksForShare('sweep', 20, { ...LIMIT, percent: 0 }));
});

test('a case of a day to come contains nobody before it', () => {
  assert.match(rateLimitOf('hr-queue', 41, LIMIT, 1, true) ?? '', /nobody is contained before the day/);
  assert.match(rateLimitOf('hr-queue', 41, LIMIT, 1) ?? '', /its leaver is contained/);
});
