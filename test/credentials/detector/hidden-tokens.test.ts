import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { fc } from '../../support/properties.ts';

const { mint, sas } = makeTokenMint();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const KINDS = [...PLANTED_KINDS, ...FOREIGN_KINDS];

/** Type and digest of each token in a text. */
const told = (text: string, name?: string): (readonly [string, string])[] =>
  findTokens(text, name).map(({ hit }) => [hit.type, hit.sha256]);

/** How tools and people write a token where it does not stand in clear. */
const FORMS: Readonly<Record<string, (token: string) => string>> = {
  'a header in base64': (token) => `AUTHORIZATION: basic ${base64(`x-access-token:${token}`)}`,
  'base64 behind the two characters \\n of a JSON string': (token) => `{"run":"git\\n${base64(`x:${token}`)}"}`,
  'base64 that one, two or three letters touch': (token) => `a${base64(token)} bc${base64(`${token} `)}`,
  'base64url without padding': (token) => Buffer.from(`{"t":"${token}"}`).toString('base64url'),
  'base64 wrapped at 76 and indented, as in a manifest': (token) =>
    `data:\n  key: |\n${(base64(`user: ci\npassword: ${token}\nand more text\n`.repeat(2)).match(/.{1,76}/g) ?? []).map((line) => `    ${line}`).join('\n')}\n`,
  'base64 over lines of a program, each in quotes': (token) =>
    `const secret =\n${lines(token)
      .map((line) => `  "${line}"`)
      .join(' +\n')};`,
  'base64 over lines of a script that go on': (token) => `echo ${lines(token).join('\\\n  ')} | base64 -d`,
  'base64 over lines of a comment': (token) =>
    lines(token)
      .map((line) => `# ${line}`)
      .join('\n'),
  'base64 over lines that a shell joined by spaces': (token) => `echo ${lines(token).join(' ')}`,
  'base64 over lines that end as on old machines': (token) => lines(token).join('\r'),
  'UTF-16 with the zero first, in base64': (token) => Buffer.from(token, 'utf16le').swap16().toString('base64'),
  'entities of HTML with a capital X': (token) =>
    [...token].map((letter) => `&#X${percent(letter).slice(1).toUpperCase()};`).join(''),
  'escapes of JavaScript in braces': (token) => [...token].map((letter) => `\\u{${percent(letter).slice(1)}}`).join(''),
  'JSON escapes of every letter, in base64': (token) =>
    base64([...token].map((letter) => `\\u00${percent(letter).slice(1)}`).join('')),
  'a Docker configuration in a Kubernetes secret': (token) =>
    `  .dockerconfigjson: ${base64(JSON.stringify({ auths: { 'ghcr.io': { auth: base64(`ci:${token}`) } } }))}`,
  'an encoded command of PowerShell': (token) =>
    `powershell -EncodedCommand ${Buffer.from(`$env:TOKEN = "${token}"; ./deploy.ps1`, 'utf16le').toString('base64')}`,
  'UTF-16 read byte by byte': (token) => Buffer.from(`TOKEN=${token}\r\n`, 'utf16le').toString('latin1'),
  'percent-encoding': (token) =>
    `https://ci:${[...token].map((letter) => (/\w/.test(letter) ? letter : percent(letter))).join('')}@host/`,
  'percent-encoding twice': (token) =>
    [...token].map((letter) => (/\w/.test(letter) ? letter : `%25${percent(letter).slice(1)}`)).join(''),
  'a JSON string with every sign escaped': (token) =>
    `"${[...token].map((letter) => (/\w/.test(letter) ? letter : `\\u00${percent(letter).slice(1)}`)).join('')}"`,
  'JSON inside a JSON string': (token) => JSON.stringify(JSON.stringify({ run: `echo ${token}/${base64(token)}` })),
};

/** Base64 of a text with the token in it, so that it has several lines. */
function lines(token: string): string[] {
  return base64(`${'user: ci, '.repeat(9)}${token}`).match(/.{1,64}/g) ?? [];
}

function percent(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

describe('a token that does not stand in clear is found by its own digest', () => {
  for (const [form, write] of Object.entries(FORMS)) {
    test(form, () => {
      for (const kind of KINDS) {
        const value = mint(kind);
        const digests = told(write(value)).map(([, digest]) => digest);
        assert.ok(digests.includes(sha256(value)), `${kind} in ${form}`);
      }
    });
  }
});

test('its last eight characters are those of the token itself', () => {
  for (const write of Object.values(FORMS)) {
    const value = mint('github-classic');
    const found = findTokens(write(value)).find(({ hit }) => hit.sha256 === sha256(value));
    assert.equal(found?.lastEight, value.slice(-8));
  }
});

test('where it stands in the text is told so exactly that cutting it out leaves nothing of it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(FORMS)),
      fc.noShrink(fc.constantFrom(...KINDS).map((kind) => mint(kind))),
      fc.string({ maxLength: 30 }),
      (write, value, around) => {
        let rest = `${around} ${write(value)} ${around}`;
        for (const { hit } of findTokens(rest).reverse()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
        assert.ok(!told(rest).some(([, digest]) => digest === sha256(value)));
      },
    ),
  );
});

test('a token in clear does not hide what stands in base64 right beside it', () => {
  const [clear, hidden] = [mint('github-classic'), mint('azure-devops')];
  for (const text of [`${clear}${base64(`:${hidden}`)}`, `${base64(`${hidden}!`)}${clear}`]) {
    assert.deepEqual(new Set(told(text).map(([, digest]) => digest)), new Set([clear, hidden].map(sha256)));
  }
});

describe('texts that were answered wrongly before', () => {
  const one = (text: string, name?: string): string[] =>
    findTokens(text, name).map(({ hit }) => `${hit.type} ${hit.checksum} ${hit.holder}`);

  test('a refresh token of GitHub has its checksum over 70 letters', () => {
    const whole = mint('github-refresh');
    assert.deepEqual(one(`GITHUB_REFRESH=${whole}`), ['github-refresh valid personal']);
    const changed = whole.slice(0, -1) + (whole.endsWith('x') ? 'y' : 'x');
    assert.deepEqual(one(`GITHUB_REFRESH=${changed}`), ['github-refresh wrong personal']);
    assert.deepEqual(one(mint('github-classic').replace('ghp_', 'ghr_')), []);
  });

  test('a longer token of GitHub is a token, with or without a checksum that fits', () => {
    const longer = mint('github-refresh').slice(4, 64);
    assert.deepEqual(one(`TOKEN: ghp_${longer}`), ['github-classic none personal']);
    const fitting = mint('github-refresh').replace('ghr_', 'ghp_');
    assert.deepEqual(told(`TOKEN: ${fitting}`), [['github-classic', sha256(fitting)]]);
    assert.deepEqual(one(`TOKEN: ${fitting}`), ['github-classic valid personal']);
  });

  test('one with a wrong checksum looks like a token; a placeholder is silent', () => {
    const value = mint('github-classic');
    const changed = value.slice(0, -1) + (value.endsWith('x') ? 'y' : 'x');
    assert.deepEqual(one(`token: ${changed}`), ['github-classic wrong personal']);
    const letters = (count: number): string => mint('openai').slice(8, 8 + count);
    const silent = [
      `ghp_${'x'.repeat(36)}`,
      `github_pat_${'x'.repeat(82)}`,
      `ghp_EXAMPLE${letters(29)}`,
      `ghp_${'0123456789'.repeat(3)}123456`,
      'ghp_<token>',
      'AKIAIOSFODNN7EXAMPLE',
      `glpat-${'X'.repeat(20)}`,
      `sk-ant-api03-your-key-here-${'a'.repeat(80)}`,
      `-----BEGIN PRIVATE KEY-----\n${'x'.repeat(80)}\n-----END PRIVATE KEY-----`,
    ];
    for (const text of silent) assert.deepEqual(one(`token: ${text}`), [], text);
  });

  const signature = (signer: Readonly<Record<string, string>> = {}): string => sas(signer).split('?')[1] ?? '';
  test('a shared access signature is found behind a name, in a connection string and in XML', () => {
    for (const text of [
      `AZURE_STORAGE_SAS_TOKEN=${signature()}`,
      `BlobEndpoint=https://acc.blob.core.windows.net/;SharedAccessSignature=${signature()}`,
      `<url>https://acc.blob.core.windows.net/c?${signature().replaceAll('&', '&amp;')}</url>`,
      `curl 'https://acc.blob.core.windows.net/c?${signature()}'`,
    ]) {
      assert.deepEqual(one(text), ['azure-sas none service'], text.slice(0, 20));
    }
    const [found] = findTokens(`SAS=${signature({ skoid: WORLD.leaver.oid, sktid: WORLD.tenantId })}`);
    assert.deepEqual([found?.hit.claims?.oid, found?.hit.claims?.tid], [WORLD.leaver.oid, WORLD.tenantId]);
  });

  test('a client secret is one in every generation, escaped and alone in base64', () => {
    const value = mint('entra-client-secret');
    for (const text of [
      value.replace('8Q~', '9Q~'),
      value.replace('8Q~', '3Q~'),
      value.replace('~', '%7E'),
      base64(value.slice(0, 37)),
    ]) {
      assert.deepEqual(one(`SECRET: ${text}`), ['entra-client-secret none service']);
    }
  });

  test('a refresh token of Entra, keys and the tokens of other vendors are known', () => {
    assert.deepEqual(one(`refresh_token=${mint('entra-refresh')}&client_id=x`), ['entra-refresh none personal']);
    const key = mint('private-key');
    assert.deepEqual(told(`key: |\n${key}\n`), [['private-key', sha256(key)]]);
    const pem = key.replaceAll('OPENSSH PRIVATE', 'PRIVATE');
    assert.deepEqual(one(JSON.stringify({ type: 'service_account', private_key_id: 'a1', private_key: pem })), [
      'gcp-service-account-key none service',
    ]);
    assert.deepEqual(one(`CI: ${mint('gitlab')} ${mint('docker-hub')}`), [
      'gitlab none personal',
      'docker-hub none personal',
    ]);
  });

  test('what only a name tells is told by the name: in the text, or the variable whose value it is', () => {
    const hex = sha256('a classic token of before 2021').slice(0, 40);
    for (const text of [
      `GITHUB_TOKEN=${hex}`,
      `  github_token: "${hex}"`,
      `"GH_PAT": "${hex}"`,
      `Authorization: token ${hex}`,
      `https://${hex}@github.com/o/r.git`,
      `https://ci:${hex}@github.com/o/r.git`,
      `https://${hex}:x-oauth-basic@github.com/o/r.git`,
    ]) {
      assert.deepEqual(told(text), [['github-classic-hex', sha256(hex)]], text);
    }
    assert.deepEqual(told(hex, 'GITHUB_TOKEN'), [['github-classic-hex', sha256(hex)]]);
    const key = Buffer.from(sha256('a') + sha256('b'), 'hex').toString('base64');
    assert.equal(key.length, 88);
    assert.deepEqual(told(`DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${key};EndpointSuffix=x`), [
      ['azure-storage-key', sha256(key)],
    ]);
    assert.deepEqual(told(key, 'STORAGE_ACCOUNT_KEY'), [['azure-storage-key', sha256(key)]]);
    assert.deepEqual(told(`Ocp-Apim-Subscription-Key: ${hex.slice(0, 32)}`), [
      ['azure-api-management-key', sha256(hex.slice(0, 32))],
    ]);
    const silent = [
      `GITHUB_SHA=${hex}`,
      `uses: actions/checkout@${hex}`,
      `https://github.com/o/r/commit/${hex}`,
      `commit ${hex}`,
      key,
      hex,
    ];
    for (const text of silent) assert.deepEqual(told(text), [], text);
  });
});
