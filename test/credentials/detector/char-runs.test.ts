import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasTokenRun, hasWideRun, runsOf } from '../../../src/credentials/detector/char-runs.ts';
import { fc } from '../../support/properties.ts';

/** Long stretches of the same few letters, so that runs of about any length are as likely as not. */
const stretches = (letters: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.constantFrom(...letters), fc.integer({ min: 1, max: 12 })), { maxLength: 9 })
    .map((parts) => parts.map(([letter, count]) => letter.repeat(count)).join(''));
const least = fc.integer({ min: 2, max: 12 });

test('every run of a kind is found that reading letter by letter shows, and no other', () => {
  const kinds = { hex: /[0-9a-f]+/g, base32: /[a-z2-7]+/g, base64: /[A-Za-z0-9+/_-]+/g };
  fc.assert(
    fc.property(stretches('a7g.Z'), least, (text, fewest) => {
      for (const kind of ['hex', 'base32', 'base64'] as const) {
        const runs = [...text.matchAll(kinds[kind])].map(({ 0: run, index }) => ({
          ...{ start: index, end: index + run.length },
        }));
        assert.deepEqual(
          runsOf(text, kind, fewest, [{ start: 0, end: text.length }]),
          runs.filter(({ start, end }) => end - start >= fewest),
        );
      }
    }),
    { numRuns: 1_000 },
  );
});

test('only the parts that are asked about are looked at', () => {
  const text = 'aaaaa-bbbbb-ccccc-ddddd';
  const parts = [
    { start: 6, end: 11 },
    { start: 18, end: 23 },
  ];
  assert.deepEqual(runsOf(text, 'hex', 5, parts), parts);
  assert.deepEqual(runsOf(text, 'hex', 6, parts), []);
  assert.deepEqual(runsOf(text, 'hex', 5, [{ start: 6, end: 17 }]), [
    { start: 6, end: 11 },
    { start: 12, end: 17 },
  ]);
});

test('bytes have a row of a token where reading byte by byte shows one', () => {
  fc.assert(
    fc.property(stretches('aZ~ \0'), least, (text, fewest) => {
      const plain = Buffer.from(text, 'latin1');
      assert.equal(hasTokenRun(plain, fewest), new RegExp(`[aZ~]{${fewest}}`).test(text));
      assert.equal(hasWideRun(plain, fewest), new RegExp(`(?:[aZ~]\0){${fewest}}`).test(text));
    }),
    { numRuns: 1_000 },
  );
});

test('bytes have a row of UTF-16 where reading byte by byte shows one, wherever it begins', () => {
  const wide = fc.array(
    fc
      .tuple(fc.constantFrom('a\0', 'Z\0', ' \0', 'a', '\0', ' '), fc.integer({ min: 1, max: 9 }))
      .map(([each, count]) => each.repeat(count)),
    { maxLength: 9 },
  );
  fc.assert(
    fc.property(wide, least, (parts, fewest) => {
      const text = parts.join('');
      const expected = new RegExp(`(?:[aZ]\0){${fewest}}`).test(text);
      assert.equal(hasWideRun(Buffer.from(text, 'latin1'), fewest), expected);
    }),
    { numRuns: 1_000 },
  );
});
