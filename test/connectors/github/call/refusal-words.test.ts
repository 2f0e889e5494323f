import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { quoted } from '../../../../src/connectors/github/call/refusal-words.ts';

test('of what GitHub says no part of a token is repeated, wherever the sentence is cut', () => {
  const token = makeTokenMint().mint('azure-devops-legacy');
  for (let shown = 8; shown < token.length; shown += 1) {
    const words = `${'no '.repeat(70).slice(0, 199 - shown)} ${token}`;
    const told = quoted(words);
    assert.ok(!told.includes(token.slice(0, 8)), `${shown}: ${told}`);
  }
});

test('what GitHub says is told on one line, and not further than 200 characters', () => {
  assert.equal(quoted('Must have\nadmin  rights'), '“Must have admin rights”');
  assert.match(quoted('long '.repeat(60)), /^“(?:long )+…”$/);
});
