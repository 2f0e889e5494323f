import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORMATS, formatOf } from '../../../src/credentials/detector/formats.ts';
import { TOKEN_TYPES, type TokenType } from '../../../src/credentials/detector/token-hit.ts';

test('each type is declared once, with whose it is, where that is written and what ends it', () => {
  assert.deepEqual(
    FORMATS.map(({ type }) => type),
    TOKEN_TYPES,
  );
  for (const { type, looksLike, source, revoke, finders } of FORMATS) {
    assert.equal(formatOf(type).type, type);
    assert.match(source, /^https:\/\//, type);
    assert.match(revoke, /\.$/, type);
    assert.ok(looksLike !== '' && finders.length > 0, type);
  }
  assert.throws(() => formatOf('floppy' as TokenType), /not declared/);
});
