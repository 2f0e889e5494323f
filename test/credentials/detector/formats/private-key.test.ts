import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEY_FORMATS } from '../../../../src/credentials/detector/formats/private-key.ts';
import { drawing, FAR, found, isFound } from './found.ts';

const ANYBODYS = { type: 'private-key', holder: 'unknown', checksum: 'none' } as const;
const GOOGLES = { type: 'gcp-service-account-key', holder: 'service', checksum: 'none' } as const;
const written = (letters: string, name = 'PRIVATE KEY'): string =>
  `-----BEGIN ${name}-----\n${letters}\n-----END ${name}-----`;
const finds = (text: string) => found(KEY_FORMATS, text).map(({ start, end }) => [start, end]);

test('a key is found from its first line to its last, whatever kind of key it says', () => {
  const { letters } = drawing();
  for (const name of ['PRIVATE KEY', 'RSA PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'])
    isFound(KEY_FORMATS, written(letters(64), name), ANYBODYS);
  isFound(KEY_FORMATS, written(letters(64)).replaceAll('\n', '\\n'), ANYBODYS);
  const key = written(letters(64));
  assert.deepEqual(finds(`-----BEGIN ${key}`), [[11, 11 + key.length]], 'not from a line that names no key');
  for (const text of [written(letters(64), 'PUBLIC KEY'), written(letters(64), 'CERTIFICATE'), letters(64)])
    assert.deepEqual(finds(text), [], text);
});

test('a key that was cut short is one as far as it goes', () => {
  const dashes = '-----';
  const begin = `${dashes}BEGIN RSA PRIVATE KEY-----`;
  const of = (count: number): string => begin + drawing().letters(count);
  for (const [what, text, end] of [
    ['the text ends', of(40), begin.length + 40],
    ['another line ends it', `${of(50)}-----END PRIVATE KEY-----`, begin.length + 50],
    ['it ends within its last line', `${of(50)}-----END RSA`, begin.length + 50],
    ['it is as long as any', `${of(16_384)}-----END RSA PRIVATE KEY-----`, begin.length + 16_384 + 29],
    ['it is longer than any', `${of(16_385)}-----END RSA PRIVATE KEY-----`, begin.length + 16_384],
    ['no end is near', `${of(20_000)} ${FAR}`, begin.length + 16_384],
  ] as const)
    assert.deepEqual(finds(text), [[0, end]], what);
  assert.deepEqual(finds(of(39)), [], 'too short to be one');
  assert.deepEqual(finds(written('x'.repeat(64))), [], 'an example');
});

test('a key in Google’s key file is a service account’s, where the file says so close in front of it', () => {
  const { letters } = drawing();
  const key = written(letters(64));
  for (const before of [
    '{"type": "service_account", "private_key": "',
    '"private_key_id" : "a1", "private_key": "',
    'ci@project.iam.gserviceaccount.com\n',
  ]) {
    isFound(KEY_FORMATS, key, GOOGLES, [before, '"']);
    isFound(KEY_FORMATS, key, ANYBODYS, [`${before}${' '.repeat(512)}`, '"']);
  }
  isFound(KEY_FORMATS, key, ANYBODYS, ['', ', "type": "service_account"']);
});
