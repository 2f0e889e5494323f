import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodedViews } from '../../../src/credentials/detector/decoded-views.ts';

const AROUND = 20_480;
const words = (letters: number): string => 'some words. '.repeat(9_000).slice(0, letters);
const views = (text: string) => decodedViews(text).map(({ text: view, encoding }) => [view, encoding]);

test('each escape is read for what it means', () => {
  for (const [written, meaning] of [
    ['%7E', '~'],
    ['%2d', '-'],
    ['\\u007e', '~'],
    ['\\u{7E}', '~'],
    ['\\u{0002d}', '-'],
    ['\\x2D', '-'],
    ['\\n', '\n'],
    ['\\r', '\r'],
    ['\\t', '\t'],
    ['\\"', '"'],
    ["\\'", "'"],
    ['\\/', '/'],
    ['\\\\', '\\'],
    ['&amp;', '&'],
    ['&quot;', '"'],
    ['&apos;', "'"],
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&#45;', '-'],
    ['&#126;', '~'],
    ['&#x2d;', '-'],
    ['&#X7E;', '~'],
  ] as const)
    assert.deepEqual(views(`a ${written} b`), [[`a ${meaning} b`, 'escaped']], written);
  for (const text of ['100 %', '%2', '%zz', '\\q', '\\u12', '&copy;', '&#1;', '& x;', 'words'])
    assert.deepEqual(views(text), [], text);
});

test('every place of a view is known in the text, also between escapes that touch', () => {
  const text = 'ab%41%42cd\\u0065f&#45;g';
  const [view] = decodedViews(text);
  assert.equal(view?.text, 'abABcdef-g');
  // Where each character of the view stands in the text.
  const places = ['a', 'b', '%41', '%42', 'c', 'd', '\\u0065', 'f', '&#45;', 'g'];
  for (let start = 0; start < places.length; start += 1)
    for (let end = start + 1; end <= places.length; end += 1) {
      const range = view?.sourceOf(start, end);
      const expected = places.slice(start, end).join('');
      assert.deepEqual(
        [text.slice(range?.start, range?.end), range?.start],
        [expected, places.slice(0, start).join('').length],
      );
    }
});

test('of a long text only what is near an escape is seen without it', () => {
  const far = words(50_000);
  const one = `${far}%41${far}`;
  const [view, ...none] = decodedViews(one);
  assert.equal(none.length, 0);
  assert.equal(view?.text, `${far.slice(-AROUND)}A${far.slice(0, AROUND)}`);
  assert.deepEqual(view?.sourceOf(AROUND, AROUND + 1), { start: 50_000, end: 50_003 });
  assert.deepEqual(view?.sourceOf(0, 5), { start: 50_000 - AROUND, end: 50_005 - AROUND });
  assert.deepEqual(view?.sourceOf(AROUND + 1, AROUND + 9), { start: 50_003, end: 50_011 });
});

test('escapes are seen together as far as what is around them touches', () => {
  const between = words(2 * AROUND);
  assert.deepEqual(views(`x%41${between}%42y`), [[`xA${between}By`, 'escaped']]);
  assert.deepEqual(views(`x%41${between}.%42y`), [
    [`xA${between.slice(0, AROUND)}`, 'escaped'],
    [`${between.slice(1 - AROUND)}.By`, 'escaped'],
  ]);
});

test('text in UTF-16 is seen without its zeros from its shortest token on', () => {
  const wide = (letters: number): string => Buffer.from('a'.repeat(letters), 'utf16le').toString('latin1');
  assert.deepEqual(views(`x ${wide(19)} y`), [[`x ${'a'.repeat(19)} y`, 'escaped']]);
  assert.deepEqual(views(`x ${wide(18)} y`), []);
  const [view] = decodedViews(`x ${wide(30)}`);
  assert.deepEqual(view?.sourceOf(4, 9), { start: 0, end: 62 }, 'a token in it is told of the whole');
});

test('of base64 what may be a token is decoded, once as it is and once without zeros', () => {
  const decoded = (bytes: Buffer) => views(`x: ${bytes.toString('base64')}`);
  const plain = 'aB3dE5gH7jK9mN1pQ2rS';
  assert.deepEqual(decoded(Buffer.from(plain)), [[plain, 'base64']]);
  assert.deepEqual(decoded(Buffer.from(plain.slice(1))), []);
  assert.deepEqual(decoded(Buffer.from(`${plain}\0`, 'utf16le')), [[plain, 'base64']]);
  const both = Buffer.concat([Buffer.from(plain), Buffer.from(plain, 'utf16le')]);
  assert.deepEqual(decoded(both), [
    [both.toString('latin1'), 'base64'],
    [plain + plain, 'base64'],
  ]);
  assert.deepEqual(views('A'.repeat(60)), [], 'letters of one kind');
  assert.deepEqual(views('a'.repeat(60)), []);
});
