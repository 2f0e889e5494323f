import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { base64, mint, sas, sha256, told } from './hidden-tokens-world.ts';

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
