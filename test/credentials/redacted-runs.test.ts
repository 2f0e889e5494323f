import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactedStart, redactSecrets } from '../../src/credentials/redact-secrets.ts';
import { drawing } from './detector/formats/found.ts';

const MARGIN = 4_096;
const hex = (length: number): string => '0f3a9c7e5b1d8642'.repeat(5).slice(0, length);

/** Apart, so that this file holds no beginning of a key. */
const DASHES = '-----';

test('a long run of letters and digits goes, unless it is a digest, a descriptor or a name', () => {
  for (const run of [
    hex(32),
    hex(40),
    hex(64),
    hex(40).toUpperCase(),
    'aB3dE5gH7j'.repeat(4).slice(0, 31),
    `aad.${'NGM5ZDFmN2EtNTJl'.repeat(3)}`.replaceAll('-', 'x'),
    'ProjectDoesNotExistWithNameException',
    'Abcd'.repeat(8),
  ])
    assert.equal(redactSecrets(`see ${run} there`), `see ${run} there`);
  for (const run of [
    hex(33),
    hex(48),
    `z${hex(40)}`,
    `${hex(40)}z`,
    'aB3dE5gH7j'.repeat(4).slice(0, 32),
    'Abc'.repeat(12),
    `7${'Abcd'.repeat(8)}`,
    `${'Abcd'.repeat(8)}7`,
    'abcd'.repeat(9),
  ])
    assert.equal(redactSecrets(`see ${run} there`), 'see [redacted] there', run);
});

test('a token that was cut short goes by what it begins with, and words that begin alike stay', () => {
  for (const [cut, instead] of [
    ['ghp_aB3dE5', '[github token]'],
    ['github_pat_aB3dE5', '[github token]'],
    ['eyJhbGciOiJSUzI1', '[jwt]'],
    ['sk-ant-api03-aB3', '[api key]'],
    ['npm_aB3dE5gH7', '[npm token]'],
    ['glpat-aB3dE5gH7', '[gitlab token]'],
    ['xoxb-123456789', '[slack token]'],
    ['hf_aBcDeFgHiJkLmNoPq', '[hugging face token]'],
    [`${DASHES}BEGIN RSA PRIVATE KEY-----\nMIIE`, '[private key]'],
  ] as const)
    assert.equal(redactSecrets(`see ${cut}`), `see ${instead}`);
  for (const text of ['npm install', 'a glpat', 'the hf_ prefix', 'sk-short']) assert.equal(redactSecrets(text), text);
});

/** A key that takes so many characters, and is told by 19. */
const keyOf = (length: number): string => {
  const [begin, end] = ['-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----'];
  return begin + drawing().letters(length - begin.length - end.length) + end;
};
const TOLD = '[private-key token]';

test('of a text that is looked at whole the end stays, of a longer one the run at the edge goes', () => {
  const most = 100;
  const whole = `${keyOf(most + MARGIN - 5)} tail`;
  assert.equal(redactedStart(whole, most), `${TOLD} tail`);
  assert.equal(redactedStart(`${whole}s`, most), `${TOLD} `);
});

test('what is cut out at the beginning lets more behind it be seen, up to the edge', () => {
  const most = 1_000;
  const words = 'words and more '.repeat(600);
  assert.equal(redactedStart(`${keyOf(2_500)} ${words}`, most), `${TOLD} ${words}`.slice(0, most));
  const edge = TOLD.length + ' abc'.length;
  assert.equal(redactedStart(`${keyOf(edge + MARGIN - 4)} abcdef`, edge), `${TOLD} `);
});
