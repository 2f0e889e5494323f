import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import {
  eachTextWithoutSecrets,
  jsonWithoutSecrets,
  withoutSecrets,
  withoutSecretsIn,
  withoutTokens,
} from '../../src/credentials/without-secrets.ts';

const TOKEN = makeTokenMint().mint('github-classic');
const DIGEST = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const OTHER = makeTokenMint().mint('github-oauth');

test('a token is cut out by its type, with what touches it on the right', () => {
  assert.equal(withoutTokens(`key ${TOKEN}, then`), 'key [github-classic token], then');
  assert.equal(withoutTokens(`${TOKEN} and ${OTHER}`), '[github-classic token] and [github-oauth token]');
  assert.ok(!withoutTokens(`${TOKEN}.tail`).includes('tail'));
  assert.equal(withoutTokens('no token here'), 'no token here');
});

test('what is long and no credential stays: ids and digests are what a report is about', () => {
  for (const text of [DIGEST, 'a0000000-0000-4000-8000-000000000001', `grant ${DIGEST} of Alex`])
    assert.equal(withoutSecrets(text), text);
  assert.ok(!withoutSecrets('password=hunter2-and-more').includes('hunter2'), 'what a label calls a secret is cut');
});

test('a document loses credentials in texts and names of members, stays JSON, and is else the same bytes', () => {
  const clean = `{ "a" : 1,\n "digest":"${DIGEST}" }`;
  assert.equal(jsonWithoutSecrets(clean), clean);
  assert.equal(eachTextWithoutSecrets(clean), clean);
  const dirty = JSON.stringify({ [TOKEN]: 1, note: `see "${TOKEN}"`, n: [1, true, null] });
  for (const safe of [jsonWithoutSecrets(dirty), eachTextWithoutSecrets(dirty)]) {
    assert.ok(!safe.includes(TOKEN));
    assert.deepEqual((JSON.parse(safe) as { readonly n: unknown }).n, [1, true, null]);
    assert.equal(jsonWithoutSecrets(safe), safe, 'what has lost it loses nothing more');
  }
});

test('plain data comes back itself where nothing is cut', () => {
  const clean = { a: [DIGEST] };
  assert.equal(withoutSecretsIn(clean), clean);
  assert.deepEqual(withoutSecretsIn({ a: [TOKEN, 'x'] }), { a: ['[github-classic token]', 'x'] });
});

test('a token within another one, and one that touches it, go with it', () => {
  const inside = `-----BEGIN PRIVATE KEY-----\n${'aB3dE5gH7j'.repeat(5)}\n${OTHER}\nmore of it\n-----END PRIVATE KEY-----`;
  assert.equal(withoutTokens(`key: ${inside}; then`), 'key: [private-key token]; then');
  assert.equal(withoutTokens(`${TOKEN}${OTHER} then`), '[github-classic token] then');
  assert.equal(withoutTokens(`${TOKEN}${OTHER}`), '[github-classic token]');
});
