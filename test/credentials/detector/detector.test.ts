import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64Blocks, bytesOf, lettersOf, textsIn } from '../../../src/credentials/detector/base64-blocks.ts';
import {
  hasTokenRun,
  hasWideRun,
  isBase64,
  isOfToken,
  longRunsOf,
  runsOf,
  SHORTEST_ENCODED,
} from '../../../src/credentials/detector/char-runs.ts';
import { decodedViews, SHORTEST } from '../../../src/credentials/detector/decoded-views.ts';
import { claimsOf, holderOf, jsonSegment } from '../../../src/credentials/detector/jwt.ts';
import { marvin32 } from '../../../src/credentials/detector/marvin32.ts';
import { anchored, hasLetters, isPlaceholder, textBefore } from '../../../src/credentials/detector/token-format.ts';
import { TOKEN_TYPES } from '../../../src/credentials/detector/token-hit.ts';

const code = (letter: string): number => letter.charCodeAt(0);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const url = (text: string): string => Buffer.from(text).toString('base64url');
const SECRET = 'ghp_Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD';

/** Of .NET’s own tests (MarvinTests.cs), each folded to 32 bits: high half, low half. */
const MARVIN: readonly (readonly [bytes: string, high: number, low: number])[] = [
  ['', 0x30ed35c1, 0x00cd3c7d],
  ['af', 0x48e73fc7, 0x7d75ddc1],
  ['e70f', 0xb5f6e1fc, 0x485dbff8],
  ['37f495', 0xf0b07c78, 0x9b8cf7e8],
  ['8642dc59', 0x7008f2e8, 0x7e9cf556],
  ['153fb79826', 0xe6c08c6d, 0xa2afa997],
  ['0932e6246c47', 0x6f04bf1a, 0x5ea24060],
  ['ab427ea8d10fc7', 0xe11847e4, 0xf0678c41],
];
test('Marvin is the hash that .NET computes', () => {
  for (const [bytes, high, low] of MARVIN)
    assert.equal(marvin32(Buffer.from(bytes, 'hex'), 0x004f_b61a_001b_dbccn), (high ^ low) >>> 0, bytes);
});

test('a character is one of base64, of a token, or of neither', () => {
  for (const letter of 'azAZ09+/-_') assert.ok(isBase64(code(letter)) && isOfToken(code(letter)), letter);
  for (const letter of '.~=%\\&#;') assert.ok(!isBase64(code(letter)) && isOfToken(code(letter)), letter);
  for (const letter of ' \n"\'<é') assert.ok(!isBase64(code(letter)) && !isOfToken(code(letter)), letter);
});

test('a run is found from its length on, wherever it stands, and one letter less is none', () => {
  const digits = '0123456789abcdef';
  const whole = (text: string) => [{ start: 0, end: text.length }];
  for (const [before, after] of [
    ['', ''],
    ['x ', ' y'],
    ['words and words: ', '\n'],
    ['0123 ', 'g'],
  ] as const) {
    const text = `${before}${digits}${after}`;
    const at = { start: before.length, end: before.length + 16 };
    assert.deepEqual(runsOf(text, 'hex', 16, whole(text)), [at], text);
    assert.deepEqual(runsOf(text, 'hex', 17, whole(text)), [], text);
  }
  const two = `${'a'.repeat(20)}!${'b'.repeat(20)}`;
  assert.deepEqual(runsOf(two, 'base32', 20, whole(two)), [
    { start: 0, end: 20 },
    { start: 21, end: 41 },
  ]);
  assert.equal(longRunsOf('A'.repeat(SHORTEST_ENCODED - 1)).length, 0);
  assert.equal(longRunsOf('A'.repeat(SHORTEST_ENCODED)).length, 1);
});

test('bytes have a row of a token, also in UTF-16, from its length on', () => {
  for (const before of [0, 1, 7, 19, 20, 40]) {
    const text = (count: number): Buffer => Buffer.from(`${' '.repeat(before)}${'a'.repeat(count)} `);
    assert.ok(hasTokenRun(text(20), 20) && !hasTokenRun(text(19), 20), `${before}`);
    const wide = (count: number): Buffer => Buffer.from(text(count).toString(), 'utf16le');
    assert.ok(hasWideRun(wide(20), 20) && !hasWideRun(wide(19), 20), `${before}, wide`);
  }
});

test('the lines of a wrapped block are one, and a word of a sentence is no second line', () => {
  const encoded = base64(`{"token":"${SECRET}","more":"${SECRET}"}`);
  const lines = encoded.match(/.{1,40}/g) ?? [];
  for (const [joint, before, after] of [
    ['\n', '', ''],
    ['\r\n  ', '', ''],
    ['" +\n    "', '"', '"'],
    ['\n# ', '# ', ''],
    [' \\\n', '', ''],
  ] as const) {
    const text = `${before}${lines.join(joint)}${after}`;
    const [block, ...none] = base64Blocks(text, longRunsOf(text));
    assert.equal(none.length, 0, joint);
    assert.equal(lettersOf(text.slice(block?.start, block?.end)), encoded.replace(/=+$/, ''), joint);
  }
  const sentence = `${encoded} is what stands here`;
  assert.equal(base64Blocks(sentence, longRunsOf(sentence))[0]?.end, encoded.length);
});

test('of what is no text nothing need be decoded, and of what may be a token all of it is', () => {
  const letters = lettersOf(base64(SECRET));
  const [part, ...none] = textsIn(Buffer.from(letters), 0);
  assert.ok(part !== undefined && none.length === 0);
  assert.equal(bytesOf(letters, part).toString(), SECRET);
  assert.deepEqual(textsIn(Buffer.from(Buffer.alloc(300, 1).toString('base64')), 0), []);
  assert.equal(bytesOf('aGVsbG8xa', { start: 0, end: 9 }).toString(), 'hello1', 'one letter alone spells nothing');
});

test('a text is seen without each of its encodings, and each place is known in the text itself', () => {
  const escaped: readonly (readonly [string, string])[] = [
    ['a%7Eb', 'a~b'],
    ['a\\u007eb', 'a~b'],
    ['a\\u{7e}b', 'a~b'],
    ['a\\x7eb', 'a~b'],
    ['a&#126;b', 'a~b'],
    ['a&#x7e;b', 'a~b'],
    ['a&amp;b', 'a&b'],
    ['a\\nb', 'a\nb'],
    ['a\\"b', 'a"b'],
  ];
  for (const [text, plain] of escaped) {
    const [view, ...none] = decodedViews(text);
    assert.deepEqual([view?.text, view?.encoding, none.length], [plain, 'escaped', 0], text);
    assert.deepEqual(view?.sourceOf(1, 2), { start: 1, end: text.length - 1 }, text);
    assert.deepEqual(view?.sourceOf(2, 3), { start: text.length - 1, end: text.length }, text);
  }
  assert.deepEqual(decodedViews('100 % of it & more \\ less'), [], 'signs that escape nothing');
});

test('base64 is decoded, glued to what stands before it and in UTF-16 as well', () => {
  assert.equal(SHORTEST, 20);
  const seen = (text: string) =>
    decodedViews(text).some((view) => view.encoding === 'base64' && view.text.includes(SECRET));
  assert.ok(seen(`X=${base64(`user:${SECRET}`)}`));
  for (const glued of ['n', 'nn', 'nnn']) assert.ok(seen(glued + base64(`user:${SECRET}`)), glued);
  assert.ok(seen(Buffer.from(`$t='${SECRET}'`, 'utf16le').toString('base64')));
  const wide = Buffer.from(SECRET, 'utf16le').toString('latin1');
  assert.ok(decodedViews(wide).some(({ text }) => text.includes(SECRET)));
  assert.deepEqual(decodedViews('0123456789abcdef'.repeat(8)), [], 'a digest has letters of one kind');
});

test('a segment of a JSON Web Token spells an object, or nothing', () => {
  for (const text of ['{"a":1}', ' {"a": 1}\n']) assert.deepEqual(jsonSegment(url(text)), { a: 1 }, text);
  for (const text of ['[1,2,3,4]', '{"a":1', 'a text, of some length', '"{}"      ', '{}'])
    assert.equal(jsonSegment(url(text)), undefined, text);
});

test('of a token’s claims only those are kept that tell whose it is and when it ends', () => {
  const claims = { oid: 'o', upn: 'a@x', exp: 1_800_000_000, iss: 'https://x', sub: 's', nonce: 'n', email: 7 };
  assert.deepEqual(claimsOf(claims), { oid: 'o', iss: 'https://x', upn: 'a@x', exp: 1_800_000_000 });
  for (const exp of [1e300, '1800000000', Number.NaN, null]) assert.deepEqual(claimsOf({ exp }), {}, String(exp));
  for (const exp of [8_640_000_000_000, -8_640_000_000_000]) assert.deepEqual(claimsOf({ exp }), { exp });
  assert.equal(claimsOf({ upn: 'x'.repeat(1_000) }).upn?.length, 256);
  const holders: readonly (readonly [Parameters<typeof holderOf>[0], string])[] = [
    [{ idtyp: 'app', upn: 'a@x' }, 'service'],
    [{ upn: 'a@x' }, 'personal'],
    [{ preferred_username: 'a@x' }, 'personal'],
    [{ idtyp: 'user' }, 'personal'],
    [{ oid: 'o', email: 'a@x' }, 'unknown'],
    [{}, 'unknown'],
  ];
  for (const [told, holder] of holders) assert.equal(holderOf(told), holder, JSON.stringify(told));
});

test('what stands for a token in an example is none', () => {
  for (const text of [
    'your-token-here',
    'EXAMPLEKEY',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabc',
    'k9xxxxxxw2',
    '123456789abc',
    '',
  ])
    assert.ok(isPlaceholder(text), text);
  for (const text of ['Ab3dEf6hIj9lMn2pQr5t', '7fK2pQ9sL4']) assert.ok(!isPlaceholder(text), text);
  assert.ok(hasLetters('abcde', 5) && !hasLetters('aabbccdd', 5) && hasLetters('', 0));
  assert.equal(textBefore('0123456789', 5, 3), '234');
  assert.equal(textBefore('0123456789', 2, 30), '01');
});

test('a pattern at its literal finds a token with its sure end, and never one whose prefix stands in it once more', () => {
  const finder = anchored({
    ...{ type: 'npm', anchors: ['tok_'], before: 2, reach: 20, pattern: /^..tok_[a-z0-9]{8,12}/ },
    read: () => ({ holder: 'unknown', checksum: 'none', sureLength: 14 }),
  });
  const text = 'x: q7tok_k3m9z1w5yy';
  assert.deepEqual(finder.findAt(text, 5, 'tok_'), {
    ...{ type: 'npm', holder: 'unknown', checksum: 'none', start: 3, end: 19, sureEnd: 17 },
  });
  assert.equal(finder.findAt('tok_k3m9z1w5', 0, 'tok_'), undefined, 'nothing stands before it');
  assert.equal(finder.findAt('q7tok_aaaaaaaa', 2, 'tok_'), undefined, 'a placeholder');
  assert.equal(finder.findAt('q7tok_k3', 2, 'tok_'), undefined, 'too short');
  assert.equal(new Set(TOKEN_TYPES).size, TOKEN_TYPES.length);
});
