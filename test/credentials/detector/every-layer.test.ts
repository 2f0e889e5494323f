import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { detectTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { fc } from '../../support/properties.ts';

const { mint } = makeTokenMint();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

type Layer = (text: string, filling: Buffer) => string;

const wrapped =
  (width: number, ending: string, indented: string): Layer =>
  (text) =>
    (
      Buffer.from(text)
        .toString('base64')
        .match(new RegExp(`.{1,${width}}`, 'g')) ?? []
    )
      .map((line) => indented + line)
      .join(ending);

/** Ways to write a text into another one, from each of which it can be read again. */
const LAYERS: Readonly<Record<string, Layer>> = {
  'on one line': (text) => Buffer.from(text).toString('base64'),
  'for URLs': (text) => Buffer.from(text).toString('base64url'),
  'wrapped at 64': wrapped(64, '\n', ''),
  'wrapped at 76 with CRLF': wrapped(76, '\r\n', ''),
  'wrapped at 76 and indented': wrapped(76, '\n', '      '),
  'wrapped at 61, which four does not divide': wrapped(61, '\n', '\t'),
  'between bytes that are no text': (text, filling) =>
    Buffer.concat([filling, Buffer.from(`\n${text}\n`), filling]).toString('base64'),
  'in UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'in a JSON string': (text) => JSON.stringify({ filling: 'x\ty', text }),
  'percent-encoded': (text) => encodeURIComponent(text),
  'percent-encoded, letters too': (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  'in XML': (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
};

test('whatever layers a token is written in, up to three, at whatever place of them, it is found', () => {
  const layers = fc.array(fc.constantFrom(...Object.keys(LAYERS)), { minLength: 1, maxLength: 3 });
  const before = fc.oneof(fc.string({ maxLength: 8 }), fc.noShrink(fc.string({ minLength: 3_000, maxLength: 3_000 })));
  fc.assert(
    fc.property(
      fc.noShrink(fc.constantFrom(...PLANTED_KINDS, ...FOREIGN_KINDS).map((kind) => ({ kind, value: mint(kind) }))),
      layers,
      before,
      fc.constantFrom('', 'a', 'ab', 'abc'),
      fc.uint8Array({ minLength: 0, maxLength: 4_000 }),
      ({ kind, value }, names, filling, glued, bytes) => {
        let text = `${filling} "${value}" ${filling}`;
        for (const name of names) text = LAYERS[name]?.(text, Buffer.from(bytes)) ?? text;
        const found = detectTokens(`first line\n${glued}${text}\nlast line`);
        // A key is one with its line ends written out as well, and has then another digest.
        const isIt = (hit: (typeof found)[number]): boolean =>
          kind === 'private-key' ? hit.type === kind : hit.sha256 === sha256(value);
        assert.ok(found.some(isIt), `${kind} written ${names.join(', then ')}`);
      },
    ),
    { numRuns: 400 },
  );
});

/**
 * What a stretch of base64 spells from each of its first four letters, worked out bit by bit and all of it. Without its
 * zeros it is read where some text in it is UTF-16: a single zero parts two texts, and joins none.
 */
function spelled(stretch: string): string[] {
  const letters = [...stretch].filter((letter) => /[\w+/-]/.test(letter));
  return [0, 1, 2, 3].flatMap((from) => {
    let bits = '';
    for (const letter of letters.slice(from)) bits += bitsOf(letter);
    const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
    const plain = bytes.toString('latin1');
    return WIDE.test(plain) ? [plain, plain.replaceAll('\0', '')] : [plain];
  });
}

/** Letters of UTF-16, in either order of bytes; fewer than the shortest token has. */
const WIDE = /(?:[^\0]\0){8}|(?:\0[^\0]){8}/;

function bitsOf(letter: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return alphabet.indexOf(letter.replace('-', '+').replace('_', '/')).toString(2).padStart(6, '0');
}

test('in base64 all is found that decoding the whole of it from every letter shows', () => {
  const piece = fc.oneof(
    fc.noShrink(fc.constantFrom(...PLANTED_KINDS, ...FOREIGN_KINDS).map((kind) => Buffer.from(mint(kind)))),
    fc.noShrink(fc.constantFrom(...PLANTED_KINDS).map((kind) => Buffer.from(mint(kind), 'utf16le'))),
    fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => Buffer.from(text)),
    fc.constantFrom('\n', ' ', '\0', '\0\0', '": "', '\\n').map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(64, 76, 100_000),
      fc.constantFrom('', 'x', 'yz', 'n0n'),
      (pieces, width, glued) => {
        const lines = (glued + Buffer.concat(pieces).toString('base64')).match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
        const text = lines.join('\n');
        const slow = spelled(text).flatMap((view) => detectTokens(view).filter(({ encoded }) => encoded === undefined));
        const fast = new Set(detectTokens(text).map((hit) => hit.sha256));
        assert.deepEqual(
          slow.filter(({ sha256: digest }) => !fast.has(digest)).map(({ type }) => type),
          [],
        );
      },
    ),
  );
});

test('one escape in a long text hides no token, however far the token reaches', () => {
  const far = 'words and more words\n'.repeat(4_000);
  const payload = Buffer.from(JSON.stringify({ oid: 'x', long: 'ab1'.repeat(3_500) })).toString('base64url');
  const header = Buffer.from('{"alg":"RS256"}').toString('base64url');
  const long = `${header}.${payload}.${'aB3-'.repeat(80)}`;
  for (const text of [
    `${far}"${long.replace('.', '\\u002e')}" ${far}`,
    `${far}${mint('entra-client-secret').replace('~', '%7E')} ${far} %20 ${far}`,
    `%20${far}${mint('private-key').replaceAll('\n', '\\r\\n')}${far}&amp;`,
  ]) {
    const [hit, ...others] = detectTokens(text);
    assert.equal(others.length, 0);
    assert.ok(hit !== undefined && hit.start >= far.length && hit.end < text.length - far.length + 40);
  }
});

test('the shortest token is found in base64 at every place of bytes that are no text', () => {
  const value = mint('aws-access-key');
  for (let before = 0; before < 64; before += 1) {
    const bytes = Buffer.concat([Buffer.alloc(before, 0xff), Buffer.from(value), Buffer.alloc(9, 0xff)]);
    assert.deepEqual(
      detectTokens(`data: ${bytes.toString('base64')}`).map((hit) => hit.sha256),
      [sha256(value)],
      `behind ${before} bytes`,
    );
  }
});
