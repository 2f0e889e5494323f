import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OTHER_FORMATS } from '../../../../src/credentials/detector/formats/other-vendors.ts';
import type { TokenHolder, TokenType } from '../../../../src/credentials/detector/token-hit.ts';
import { drawing, found, isFound } from './found.ts';

const ofType = (type: TokenType) => OTHER_FORMATS.filter((format) => format.type === type);
const finds = (text: string) =>
  found(OTHER_FORMATS, text).map(({ type, start, end }) => [type, text.slice(start, end)]);

/** Prefix, whom it acts as, and of how many letters behind it the token is made for certain. */
const PREFIXES: readonly (readonly [type: TokenType, prefix: string, holder: TokenHolder, sure: number])[] = [
  ...(['glpat-', 'glft-', 'glimt-'] as const).map((prefix) => ['gitlab', prefix, 'personal', 20] as const),
  ...(['gldt-', 'glrt-', 'glrtr-', 'glcbt-', 'glptt-', 'glagent-', 'gloas-', 'glsoat-', 'glffct-'] as const).map(
    (prefix) => ['gitlab', prefix, 'service', 20] as const,
  ),
  ['gitlab', 'GR1348941', 'service', 20],
  ...(['xoxp-', 'xoxc-', 'xoxs-', 'xoxo-', 'xoxd-'] as const).map(
    (prefix) => ['slack', prefix, 'personal', 20] as const,
  ),
  ...(['xoxb-', 'xoxa-', 'xoxr-', 'xapp-'] as const).map((prefix) => ['slack', prefix, 'service', 20] as const),
  ['slack', 'xoxe-', 'unknown', 20],
  ['docker-hub', 'dckr_pat_', 'personal', 27],
  ['docker-hub', 'dckr_oat_', 'service', 27],
  ['pypi', 'pypi-AgE', 'personal', 50],
  ['atlassian', 'ATATT3', 'personal', 80],
  ['atlassian', 'ATCTT3', 'service', 80],
];

test('a prefix says whom a token acts as; what stands behind its least length may be a neighbour’s', () => {
  for (const [type, prefix, holder, sure] of PREFIXES) {
    const body = `7${drawing().letters(sure + 4)}`;
    const expected = { type, holder, checksum: 'none', sure: prefix.length + sure } as const;
    isFound(ofType(type), prefix + body.slice(0, sure), expected);
    isFound(ofType(type), prefix + body, expected);
    assert.deepEqual(found(ofType(type), `${prefix}${body.slice(0, sure - 1)} `), [], `${prefix} cut short`);
    assert.deepEqual(found(ofType(type), `${prefix}${'x1'.repeat(sure)}`), [], `${prefix} in an example`);
    assert.equal(found(ofType(type), `${prefix} ${prefix}${body}`).length, 1, `${prefix} behind itself`);
  }
});

test('a refreshed token of Slack has both prefixes', () => {
  const body = `1-${drawing().letters(40)}`;
  for (const [prefix, holder] of [
    ['xoxe.xoxp-', 'personal'],
    ['xoxe.xoxb-', 'service'],
  ] as const) {
    const [whole, inner, ...none] = found(ofType('slack'), `"${prefix}${body}"`).toSorted((a, b) => a.start - b.start);
    assert.deepEqual([whole?.start, whole?.holder, inner?.start, none.length], [1, holder, 6, 0]);
  }
});

test('a person’s and an organisation’s token of Hugging Face end where their letters end', () => {
  const letters = 'QwErTyUiOpAsDfGhJkLzXcVbNmPoIuYtRe';
  const expected = { type: 'hugging-face', checksum: 'none' } as const;
  isFound(OTHER_FORMATS, `hf_${letters}`, { ...expected, holder: 'personal' });
  isFound(OTHER_FORMATS, `api_org_${letters}`, { ...expected, holder: 'service' });
  for (const text of [`hf_${letters}x`, `hf_${letters}1`, `hf_${letters.slice(1)}`]) assert.deepEqual(finds(text), []);
});

test('keys of npm, AWS and Anthropic are known by their shape, and by a checksum where it fits', () => {
  const { letters, mint } = drawing();
  isFound(OTHER_FORMATS, mint.mint('npm'), { type: 'npm', holder: 'unknown', checksum: 'valid' });
  isFound(OTHER_FORMATS, `npm_${letters(36)}`, { type: 'npm', holder: 'unknown', checksum: 'none' });
  const aws = { type: 'aws-access-key', holder: 'unknown', checksum: 'none' } as const;
  for (const kind of ['AKIA', 'ASIA', 'ABIA', 'ACCA']) isFound(OTHER_FORMATS, `${kind}QWERTYUIOP2345AB`, aws);
  isFound(OTHER_FORMATS, `${'AKIA'}QWERTYUIOP2345AB`, aws, ['', 'CD']);
  for (const text of ['AKIAQWERTYUIOPASDFGHJK', 'AKIAQWERTYUIOP2345A', 'AKIAQWERTYUIOP1345AB'])
    assert.deepEqual(finds(text), [], text);
  for (const [kind, type, holder] of [
    ['oat01', 'anthropic-oauth', 'personal'],
    ['ort01', 'anthropic-oauth', 'personal'],
    ['api03', 'anthropic-api', 'service'],
    ['admin01', 'anthropic-api', 'service'],
  ] as const) {
    const token = `sk-ant-${kind}-${letters(90)}`;
    const sure = `sk-ant-${kind}-`.length + 40;
    isFound(OTHER_FORMATS, token, { type, holder, checksum: 'none', sure });
    isFound(OTHER_FORMATS, token, { type, holder, checksum: 'none', sure }, ['see ', '. And more']);
    assert.deepEqual(finds(`sk-ant- ${token}`), [[type, token]]);
  }
});

test('a key of OpenAI is known by the mark in its middle, and a service’s by its beginning', () => {
  const { letters } = drawing();
  for (const [kind, holder] of [
    ['', 'unknown'],
    ['proj-', 'unknown'],
    ['admin-', 'unknown'],
    ['svcacct-', 'service'],
  ] as const) {
    const head = `sk-${kind}${letters(40)}`;
    const expected = { type: 'openai', holder, checksum: 'none', sure: head.length + 24 } as const;
    isFound(OTHER_FORMATS, `${head}T3BlbkFJ${letters(40)}`, expected);
  }
  const [head, tail] = [`sk-${letters(20)}`, letters(20)];
  for (const [what, text] of [
    ['no beginning', ` T3BlbkFJ${tail}`],
    ['a beginning that does not touch it', `${head} T3BlbkFJ${tail}`],
    ['no end', `${head}T3BlbkFJ`],
    ['no end, and another mark', `${head}T3BlbkFJabc T3BlbkFJ${tail}`],
    ['an example', `${head}T3BlbkFJ${'x'.repeat(20)}`],
  ] as const)
    assert.deepEqual(finds(text), [], what);
});

test('a token of Terraform begins before its mark', () => {
  const { letters } = drawing();
  const token = `${letters(14)}.atlasv1.${letters(66)}`;
  isFound(OTHER_FORMATS, token, { type: 'terraform', holder: 'unknown', checksum: 'none', sure: 83 });
  assert.deepEqual(finds(token), [['terraform', token]], 'from the first character of a text');
  for (const text of [token.slice(1), `${token.slice(0, 82)}`, `${token.slice(0, 23)}${'x'.repeat(66)}`])
    assert.deepEqual(finds(text), [], text);
});

test('a webhook of Slack is a service’s, found where its host stands', () => {
  const { letters } = drawing();
  for (const kind of ['services', 'workflows', 'triggers']) {
    const url = `hooks.slack.com/${kind}/T${letters(9)}/B${letters(9)}/${letters(24)}`;
    const expected = { type: 'slack', holder: 'service', checksum: 'none', sure: 56 } as const;
    isFound(OTHER_FORMATS, url, expected, ['https://', ' ']);
    assert.deepEqual(finds(`hooks.slack.com/ and ${url}`), [['slack', url]]);
  }
  for (const text of ['hooks.slack.com/services/short', `hooks.slack.com/services/${'X'.repeat(44)}`])
    assert.deepEqual(finds(text), [], text);
});
