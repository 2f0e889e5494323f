import assert from 'node:assert/strict';
import { test } from 'node:test';
import { githubChecksum } from '../../../../src/credentials/detector/checksums.ts';
import { GITHUB_FORMATS } from '../../../../src/credentials/detector/formats/github.ts';
import { drawing, found, isFound } from './found.ts';

const CLASSIC = { type: 'github-classic', holder: 'personal' } as const;
const finds = (text: string) =>
  found(GITHUB_FORMATS, text).map(({ type, checksum, start, end }) => [type, checksum, text.slice(start, end)]);

test('a checksum that fits tells where a token ends; without one its published length is sure', () => {
  const { letters } = drawing();
  const [own, longer] = [letters(30), letters(60)];
  const token = `ghp_${own}${githubChecksum(own)}`;
  isFound(GITHUB_FORMATS, token, { ...CLASSIC, checksum: 'valid' });
  isFound(GITHUB_FORMATS, token, { ...CLASSIC, checksum: 'valid' }, ['', 'andMore']);
  isFound(GITHUB_FORMATS, `ghp_${longer}${githubChecksum(longer)}`, { ...CLASSIC, checksum: 'valid' });
  isFound(GITHUB_FORMATS, `ghp_${letters(36)}`, { ...CLASSIC, checksum: 'wrong' });
  isFound(GITHUB_FORMATS, `ghp_${letters(37)}`, { ...CLASSIC, checksum: 'none', sure: 40 });
  isFound(GITHUB_FORMATS, `ghr_${letters(76)}`, { type: 'github-refresh', holder: 'personal', checksum: 'wrong' });
  assert.deepEqual(finds(`ghr_${letters(75)}`), [], 'shorter than published');
  assert.deepEqual(finds(`ghp_ ${token}`), [['github-classic', 'valid', token]], 'behind a prefix alone');
  assert.deepEqual(finds(`ghp_EXAMPLE${letters(29)}`), []);
  const named = `EXAMPLE${letters(23)}`;
  isFound(GITHUB_FORMATS, `ghp_${named}${githubChecksum(named)}`, { ...CLASSIC, checksum: 'valid' });
});

test('an installation token with a JWT is one token, known by its parts', () => {
  const { letters } = drawing();
  const expected = { type: 'github-installation', holder: 'service', checksum: 'none' } as const;
  const token = `ghs_1234_eyJ${letters(40)}.${letters(80)}.${letters(300)}`;
  isFound(GITHUB_FORMATS, token, { ...expected, sure: token.lastIndexOf('.') + 9 });
  for (const [what, text] of [
    ['two parts', `ghs_1234_eyJ${letters(40)}.${letters(80)}`],
    ['one part', `ghs_1234_eyJ${letters(40)}`],
    ['no number of an app', `ghs_eyJ${letters(20)}.${letters(80)}.${letters(300)}`],
  ] as const)
    assert.deepEqual(finds(text), [], what);
  assert.deepEqual(finds(`ghs_ ${token}`).length, 1);
});

test('a fine-grained token is known by its shape, and one of another length as well', () => {
  const { letters } = drawing();
  const expected = { type: 'github-fine-grained', holder: 'personal', checksum: 'none' } as const;
  const token = `github_pat_${letters(22)}_${letters(59)}`;
  isFound(GITHUB_FORMATS, token, expected);
  isFound(GITHUB_FORMATS, `github_pat_${letters(120)}`, expected);
  assert.deepEqual(finds(`github_pat_ ${token}`), [['github-fine-grained', 'none', token]]);
  assert.deepEqual(finds(`github_pat_${letters(35)}`), []);
});

test('forty hexadecimal letters are a token where what stands around them says so', () => {
  const token = drawing().hex(40);
  for (const around of [
    ['GITHUB_TOKEN=', '\n'],
    ['github.token: "', '" and more words'],
    ['GH_PAT =\t', ''],
    ["'git_hub_secret' => '", "'"],
    ['Authorization: token ', '\r\n'],
    ['AUTHORIZATION="bearer  ', '"'],
    ['https://', '@github.com/o/r'],
    ['https://', ':x-oauth-basic@github.com/o/r'],
    ['https://ci:', '@github.com/o/r'],
    ['https://x:8080 and GITHUB_TOKEN=', ''],
  ] as const)
    isFound(GITHUB_FORMATS, token, { type: 'github-classic-hex', holder: 'personal', checksum: 'none' }, around);
  for (const text of [
    token,
    `commit ${token}`,
    `GITHUB_TOKEN=x ${token}`,
    `GITHUB_TOKEN=@${token}`,
    `GITHUB_TOKEN=${token}Z`,
    `GITHUB_TOKEN=${token}0`,
    `GITHUB_TOKEN=${token.slice(1)}`,
    `GITHUB_TOKEN=${'a1b2'.repeat(10)}`,
    `https://${token}/x@y`,
    `https://${token} x@y`,
    `https://ci:${token}/x`,
    `https://ci:${token} x@y`,
    `https://ci:${token}:${'x'.repeat(21)}@y`,
  ])
    assert.deepEqual(finds(text), [], text);
});
