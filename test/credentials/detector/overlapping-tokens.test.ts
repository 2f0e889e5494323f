import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectTokens, findTokens, tokenWithDigest } from '../../../src/credentials/detector/detect-tokens.ts';
import { drawing } from './formats/found.ts';
import { base64, sha256 } from './hidden-tokens-world.ts';

const url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** What is told of each token, and what stands in the text there. */
const told = (text: string, name?: string) =>
  detectTokens(text, name).map(({ type, sha256: digest, encoded, start, end }) => [
    type,
    digest,
    encoded,
    text.slice(start, end),
  ]);
const inClear = (type: string, value: string) => [type, sha256(value), undefined, value];
const inBase64 = (type: string, value: string, written: string) => [type, sha256(value), 'base64', written];

test('the name in front of a value tells its format, and is no part of where it stands', () => {
  const { hex, mint, bytes } = drawing();
  const old = hex(40);
  assert.deepEqual(told(old, 'GITHUB_TOKEN'), [inClear('github-classic-hex', old)]);
  assert.deepEqual(told(old), []);
  assert.deepEqual(told(`"${old}" `, 'GITHUB_TOKEN'), [inClear('github-classic-hex', old)]);
  const token = mint.mint('github-classic');
  assert.deepEqual(told('no token at all', token), [], 'a token in the name is none in the value');
  assert.deepEqual(told('', token), []);
  assert.deepEqual(
    told('no token at all', base64(token).replaceAll('=', '')),
    [],
    'nor one in base64, with the sign behind',
  );
  assert.deepEqual(told(`?${token}`, token), [inClear('github-classic', token)]);
  const [across] = findTokens(`${bytes(60).toString('base64url')} `, `ghs_1_${url({ alg: 'none' })}.${url({})}.`);
  assert.ok(across === undefined || across.hit.start === 0);
});

test('tokens are told in the order in which they stand, whatever gives them away', () => {
  const { mint, hex, letters } = drawing();
  const legacy = mint.mint('azure-devops-legacy');
  const npm = mint.mint('npm');
  const fine = `github_pat_${letters(22)}_${letters(59)}`;
  const old = hex(40);
  const text = `${fine}; ${legacy}; ${npm}; GITHUB_TOKEN=${old}`;
  assert.deepEqual(told(text), [
    inClear('github-fine-grained', fine),
    inClear('azure-devops-legacy', legacy),
    inClear('npm', npm),
    inClear('github-classic-hex', old),
  ]);
});

test('of tokens that overlap only those of one kind are one', () => {
  const { mint, letters, bytes } = drawing();
  const jwt = mint.jwt({ upn: 'a@x' });
  // A token that begins within another one.
  const gitlab = `glpat-${letters(12)}gldt-${letters(20)}`;
  assert.deepEqual(told(gitlab), [inClear('gitlab', gitlab)]);
  const installation = mint.mint('github-installation');
  assert.deepEqual(told(installation), [inClear('github-installation', installation)]);
  assert.deepEqual(told(`glpat-${letters(20)}${jwt}`).length, 2, 'behind the sure part another one begins');
  const open = `glpat-${letters(20)}`;
  const npm = mint.mint('npm');
  assert.deepEqual(told(`${open}${npm}`), [inClear('gitlab', open), inClear('npm', npm)]);
  assert.deepEqual(told(`${open}-${npm}`), [inClear('gitlab', `${open}-`), inClear('npm', npm)]);
  // Another kind of token within the sure part of one.
  const hidden = mint.mint('npm');
  const key = ['-----BEGIN PRIVATE KEY-----', bytes(60).toString('base64'), hidden, '-----END PRIVATE KEY-----'];
  assert.deepEqual(
    told(key.join('\n')).map(([type]) => type),
    ['private-key', 'npm'],
  );
});

test('a token that stands in clear and in base64 is told twice, one that is seen twice in one place once', () => {
  const { mint, hex } = drawing();
  const token = mint.mint('github-classic');
  assert.deepEqual(told(`${token}; ${base64(token)}`), [
    inClear('github-classic', token),
    inBase64('github-classic', token, base64(token)),
  ]);
  assert.deepEqual(told(`100%25 ${token} &amp;`), [inClear('github-classic', token)]);
  const secret = mint.mint('entra-client-secret');
  const written = secret.replace('~', '%7E');
  assert.deepEqual(told(`${written}`), [['entra-client-secret', sha256(secret), 'escaped', written]]);
  const old = hex(40);
  assert.deepEqual(told(`GITHUB_TOKEN\\u003d${old}`), [['github-classic-hex', sha256(old), 'escaped', old]]);
});

test('the same token twice in a row is told twice, also beside an escape', () => {
  const token = drawing().mint.mint('github-classic');
  const twice = [inClear('github-classic', token), inClear('github-classic', token)];
  assert.deepEqual(told(token + token), twice);
  assert.deepEqual(told(`${token}${token} %41`), twice);
});

test('a token that begins where a longer one of another kind does is told behind it', () => {
  const { letters } = drawing();
  const [kind, body] = ['AKIA', 'QWERTYUIOP2345AB'];
  const aws = `${kind}${body}`;
  const key = `${aws}${letters(56)}+ASt${letters(6)}==`;
  assert.deepEqual(told(`key: ${key}`), [inClear('azure-storage-key', key), inClear('aws-access-key', aws)]);
  const short = `${letters(40)}+ASt${letters(6)}==`;
  assert.deepEqual(told(`${'words and '.repeat(20)}${short}`), [], 'the mark in a run that is too short');
});

test('a token whose escapes cut it short is told whole, once', () => {
  const { letters } = drawing();
  const webhook = `hooks.slack.com/services/T${letters(9)}/B${letters(9)}/${letters(24)}`;
  const written = webhook.replaceAll(/\/(?=[^/]+$)/g, '\\/');
  assert.deepEqual(told(`"${written}"`), [['slack', sha256(webhook), 'escaped', written]]);
  const pypi = `pypi-AgE${letters(60)}-${letters(40)}`;
  const cut = pypi.replace(/-(?=[^-]+$)/, '%2d');
  assert.deepEqual(told(`${'words, '.repeat(90)}x=${cut} `), [['pypi', sha256(pypi), 'escaped', cut]]);
});

test('another token of the same kind in the base64 that a space joins to one in clear is told beside it', () => {
  const { mint, letters } = drawing();
  const webhook = () => `hooks.slack.com/services/T${letters(9)}/B${letters(9)}/${letters(24)}`;
  for (const [type, one, two] of [
    ['github-classic', mint.mint('github-classic'), mint.mint('github-classic')],
    ['slack', webhook(), webhook()],
  ] as const) {
    const seen = told(`words and more of them: ${one} ${base64(two)}`).map(([kind, digest, encoded]) => [
      kind,
      digest,
      encoded,
    ]);
    assert.equal(seen.length, 2, type);
    assert.ok(seen.some(([kind, digest, encoded]) => kind === type && digest === sha256(one) && encoded === undefined));
    assert.ok(seen.some(([kind, digest, encoded]) => kind === type && digest === sha256(two) && encoded === 'base64'));
  }
});

test('several tokens in one stretch of base64 are all told of it, and so is one beside it', () => {
  const { mint } = drawing();
  const [one, two, clear] = [mint.mint('github-classic'), mint.mint('npm'), mint.mint('slack')];
  const written = base64(`${one} ${two}`);
  assert.deepEqual(told(`${written}; ${clear}`), [
    inBase64('github-classic', one, written),
    inBase64('npm', two, written),
    inClear('slack', clear),
  ]);
  assert.deepEqual(told(`${clear}; ${written}`), [
    inClear('slack', clear),
    inBase64('github-classic', one, written),
    inBase64('npm', two, written),
  ]);
  assert.deepEqual(told(base64(`${one} ${one}`)).length, 1, 'the same one twice');
});

test('what is written in layers is found in four of them, and its value with it', () => {
  const token = drawing().mint.mint('github-classic');
  let text = `a "${token}" b`;
  for (let layers = 0; layers <= 4; layers += 1) {
    assert.equal(tokenWithDigest(text, sha256(token)), token, `${layers} layers`);
    assert.equal(told(text)[0]?.[1], sha256(token), `${layers} layers`);
    assert.equal(tokenWithDigest(text, sha256('another')), undefined);
    if (layers > 0) assert.equal(tokenWithDigest(text, sha256(token), layers - 1), undefined);
    text = `x: ${base64(text)}`;
  }
  assert.equal(tokenWithDigest(text, sha256(token)), undefined, 'five layers');
  assert.deepEqual(told(text), []);
});

test('the value of each token of a text is handed out by its digest, in clear before encoded', () => {
  const { mint } = drawing();
  const [one, two] = [mint.mint('github-classic'), mint.mint('npm')];
  const text = `first ${base64(`x:${one}`)} then ${two}\nand ${base64(`y:${mint.mint('slack')}`)}`;
  for (const token of [one, two]) assert.equal(tokenWithDigest(text, sha256(token)), token);
});

test('the shortest token is found alone, with its last letters', () => {
  const aws = drawing().mint.mint('aws-access-key');
  assert.equal(aws.length, 20);
  assert.deepEqual(findTokens(aws), [
    {
      hit: {
        ...{ type: 'aws-access-key', holder: 'unknown', checksum: 'none', start: 0, end: 20 },
        ...{ sha256: sha256(aws), lastFour: aws.slice(-4) },
      },
      lastEight: aws.slice(-8),
    },
  ]);
});

test('a prefix that is repeated over and over is none, and the last of them is one', () => {
  const { letters } = drawing();
  const token = `github_pat_${letters(22)}_${letters(59)}`;
  assert.deepEqual(told(`github_pat_github_pat_${token}`), [inClear('github-fine-grained', token)]);
  const short = drawing().mint.mint('github-classic');
  assert.deepEqual(told(`ghp_ghp_${short}`), [inClear('github-classic', short)]);
});
