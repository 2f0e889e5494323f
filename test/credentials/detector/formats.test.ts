import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { runsOf } from '../../../src/credentials/detector/char-runs.ts';
import { AZURE_FORMATS } from '../../../src/credentials/detector/formats/azure.ts';
import { AZURE_DEVOPS_FORMATS } from '../../../src/credentials/detector/formats/azure-devops.ts';
import { GITHUB_FORMATS } from '../../../src/credentials/detector/formats/github.ts';
import { JWT_FORMAT } from '../../../src/credentials/detector/formats/jwt.ts';
import { OTHER_FORMATS } from '../../../src/credentials/detector/formats/other-vendors.ts';
import { KEY_FORMATS } from '../../../src/credentials/detector/formats/private-key.ts';
import { FORMATS, formatOf } from '../../../src/credentials/detector/formats.ts';
import type { Candidate, TokenFormat } from '../../../src/credentials/detector/token-format.ts';
import { TOKEN_TYPES, type TokenType } from '../../../src/credentials/detector/token-hit.ts';

let drawn = 0;
/** The same letters in each run. */
function bytes(count: number): Buffer {
  drawn += 1;
  return createHash('shake256', { outputLength: count }).update(`${drawn}`).digest();
}
const mint = makeTokenMint({ bytes, now: () => Date.parse('2026-11-23T00:00:00Z') });
const hex = (length: number): string => bytes(length).toString('hex').slice(0, length);

/** What the finders of some formats find, each on its own. */
function found(formats: readonly TokenFormat[], text: string): readonly Candidate[] {
  return formats.flatMap(({ finders }) =>
    finders.flatMap((finder) => {
      if ('run' in finder) {
        const runs = runsOf(text, finder.run.of, finder.run.least, [{ start: 0, end: text.length }]);
        return runs.flatMap(({ start, end }) => finder.findIn(text, start, end));
      }
      return finder.anchors.flatMap((anchor) =>
        [...text].flatMap((_, at) => (text.startsWith(anchor, at) ? (finder.findAt(text, at, anchor) ?? []) : [])),
      );
    }),
  );
}
type Told = readonly [type: TokenType, holder: string, checksum: string, token?: string];
const told = (formats: readonly TokenFormat[], text: string): readonly Told[] =>
  found(formats, text).map(({ type, holder, checksum, start, end }) => [
    type,
    holder,
    checksum,
    text.slice(start, end),
  ]);

/** In a text, the token alone, as this. */
function isFound(formats: readonly TokenFormat[], token: string, [type, holder, checksum]: Told, before = 'X="'): void {
  assert.deepEqual(told(formats, `${before}${token}"\n`), [[type, holder, checksum, token]], type);
}
const wrong = (token: string): string => token.slice(0, -1) + (token.endsWith('a') ? 'b' : 'a');

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

test('of GitHub the prefix says whose a token is, and its checksum that it was issued', () => {
  isFound(GITHUB_FORMATS, mint.mint('github-classic'), ['github-classic', 'personal', 'valid']);
  isFound(GITHUB_FORMATS, mint.mint('github-oauth'), ['github-oauth', 'personal', 'valid']);
  isFound(GITHUB_FORMATS, mint.mint('github-app-user'), ['github-app-user', 'personal', 'valid']);
  isFound(GITHUB_FORMATS, mint.mint('github-refresh'), ['github-refresh', 'personal', 'valid']);
  isFound(GITHUB_FORMATS, mint.mint('github-fine-grained'), ['github-fine-grained', 'personal', 'none']);
  isFound(GITHUB_FORMATS, wrong(mint.mint('github-classic')), ['github-classic', 'personal', 'wrong']);
  const installation = found(GITHUB_FORMATS, mint.mint('github-installation'));
  assert.deepEqual(
    installation.map(({ type, holder }) => [type, holder]),
    [['github-installation', 'service']],
  );
  assert.deepEqual(told(GITHUB_FORMATS, `ghp_${'x'.repeat(36)}`), [], 'an example is none');
  assert.deepEqual(told(GITHUB_FORMATS, 'ghp_short'), []);
});

test('forty hexadecimal letters are a token where a name in front says so, and a commit elsewhere', () => {
  const old = hex(40);
  const expected: Told = ['github-classic-hex', 'personal', 'none'];
  for (const before of ['Authorization: token ', 'GITHUB_TOKEN=', 'github_pat: "', 'https://'])
    if (before !== 'https://') isFound(GITHUB_FORMATS, old, expected, before);
  assert.equal(told(GITHUB_FORMATS, `https://${old}@github.com/acme/a`).length, 1);
  for (const text of [`uses: actions/checkout@${old}`, `commit ${old}`, `https://x/${old}`, `GITHUB_TOKEN=${old}0`])
    assert.deepEqual(told(GITHUB_FORMATS, text), [], text);
});

test('of Azure DevOps a token is a person’s, told by its checksum, or by its marker in a longer run', () => {
  const token = mint.mint('azure-devops');
  isFound(AZURE_DEVOPS_FORMATS, token, ['azure-devops', 'personal', 'valid']);
  isFound(AZURE_DEVOPS_FORMATS, wrong(token), ['azure-devops', 'personal', 'wrong']);
  assert.deepEqual(told(AZURE_DEVOPS_FORMATS, `q${wrong(token)}`)[0]?.slice(0, 3), [
    'azure-devops',
    'personal',
    'none',
  ]);
  isFound(AZURE_DEVOPS_FORMATS, mint.mint('azure-devops-legacy'), ['azure-devops-legacy', 'personal', 'valid']);
  const unissued = `${mint.mint('azure-devops-legacy').slice(1)}a`;
  assert.deepEqual(told(AZURE_DEVOPS_FORMATS, `digest=${unissued}`), [], 'fifty-two letters are any digest');
  assert.deepEqual(told(AZURE_DEVOPS_FORMATS, `AZDO_PAT=${unissued}`), [
    ['azure-devops-legacy', 'personal', 'wrong', unissued],
  ]);
});

test('of Azure a secret is a service’s, a refresh token a person’s, and a signature whose its query says', () => {
  isFound(AZURE_FORMATS, mint.mint('entra-client-secret'), ['entra-client-secret', 'service', 'none']);
  isFound(AZURE_FORMATS, mint.mint('entra-refresh'), ['entra-refresh', 'personal', 'none']);
  isFound(AZURE_FORMATS, mint.mint('azure-storage-key'), ['azure-storage-key', 'service', 'none']);
  const oid = 'a0000000-0000-4000-8000-000000000001';
  const [delegated] = found(AZURE_FORMATS, mint.sas({ skoid: oid, sktid: 't' }));
  assert.deepEqual(
    [delegated?.type, delegated?.holder, delegated?.claims],
    ['azure-sas', 'unknown', { oid, tid: 't' }],
  );
  assert.equal(found(AZURE_FORMATS, mint.sas({}))[0]?.holder, 'service');
  assert.deepEqual(told(AZURE_FORMATS, mint.sas({}).replace(/se=[^&]*&/, '')), [], 'a signature without an end');
});

test('keys of Azure without a mark are told by what stands in front of them alone', () => {
  const key = `${bytes(64).toString('base64').slice(0, 86)}==`.replaceAll('+ASt', 'aaaa');
  isFound(AZURE_FORMATS, key, ['azure-storage-key', 'service', 'none'], 'AccountKey=');
  assert.deepEqual(told(AZURE_FORMATS, `digest=${key}`), []);
  const shared = `${bytes(32).toString('base64')}`;
  assert.deepEqual(told(AZURE_FORMATS, `Endpoint=sb://x;SharedAccessKey=${shared}`), [
    ['azure-shared-access-key', 'service', 'none', shared],
  ]);
  const subscription = hex(32);
  isFound(AZURE_FORMATS, subscription, ['azure-api-management-key', 'unknown', 'none'], 'Ocp-Apim-Subscription-Key: ');
  for (const text of [`md5=${subscription}`, `Ocp-Apim-Subscription-Key: ${subscription}0`])
    assert.deepEqual(told(AZURE_FORMATS, text), [], text);
});

test('of other vendors the prefix says whom a token acts as', () => {
  const letters = (count: number): string =>
    bytes(count * 2)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, count);
  const situations: readonly (readonly [token: string, type: TokenType, holder: string])[] = [
    [mint.mint('npm'), 'npm', 'unknown'],
    [mint.mint('aws-access-key'), 'aws-access-key', 'unknown'],
    [mint.mint('anthropic-oauth'), 'anthropic-oauth', 'personal'],
    [mint.mint('anthropic-api'), 'anthropic-api', 'service'],
    [mint.mint('openai'), 'openai', 'unknown'],
    [`sk-svcacct-${letters(40)}T3BlbkFJ${letters(40)}`, 'openai', 'service'],
    [`glpat-${letters(20)}`, 'gitlab', 'personal'],
    [`gldt-${letters(20)}`, 'gitlab', 'service'],
    [`xoxp-1${letters(40)}`, 'slack', 'personal'],
    [mint.mint('slack'), 'slack', 'service'],
    [`dckr_pat_${letters(27)}`, 'docker-hub', 'personal'],
    [`dckr_oat_${letters(32)}`, 'docker-hub', 'service'],
    [mint.mint('pypi'), 'pypi', 'personal'],
    [mint.mint('terraform'), 'terraform', 'unknown'],
    [mint.mint('atlassian'), 'atlassian', 'personal'],
    [mint.mint('hugging-face'), 'hugging-face', 'personal'],
  ];
  for (const [token, type, holder] of situations) {
    const [first, ...none] = told(OTHER_FORMATS, `X="${token}"`);
    assert.deepEqual([first?.[0], first?.[1], first?.[3], none.length], [type, holder, token, 0], type);
  }
  for (const text of ['AKIAAAAAAAAAAAAAAAAA', 'glpat-xxxxxxxxxxxxxxxxxxxx', 'sk-ant-api03-short'])
    assert.deepEqual(told(OTHER_FORMATS, text), [], text);
});

test('a private key is anybody’s, and a service’s where Google’s key file stands around it', () => {
  const key = mint.mint('private-key');
  isFound(KEY_FORMATS, key, ['private-key', 'unknown', 'none']);
  const ofGoogle = told(KEY_FORMATS, `{"type": "service_account", "private_key": "${key.replaceAll('\n', '\\n')}"}`);
  assert.deepEqual(
    ofGoogle.map(([type, holder]) => [type, holder]),
    [['gcp-service-account-key', 'service']],
  );
  assert.equal(told(KEY_FORMATS, key.slice(0, 400)).length, 1, 'one that was cut short is one as well');
  assert.deepEqual(
    told(KEY_FORMATS, '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END PRIVATE KEY-----'),
    [],
  );
  assert.deepEqual(told(KEY_FORMATS, '-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----'), []);
  assert.deepEqual(told(KEY_FORMATS, key.replaceAll('PRIVATE', 'PUBLIC')), []);
});

test('a JSON Web Token says whose it is, also behind other text; two segments that are no JSON are none', () => {
  const token = mint.jwt({ upn: 'alex@corp.example', oid: 'o', secret: 'x' });
  const [one] = found([JWT_FORMAT], `Bearer ${token}`);
  assert.deepEqual([one?.holder, one?.claims, one?.start], ['personal', { oid: 'o', upn: 'alex@corp.example' }, 7]);
  assert.equal(found([JWT_FORMAT], mint.jwt({ idtyp: 'app' }))[0]?.holder, 'service');
  assert.equal(found([JWT_FORMAT], mint.jwt({ oid: 'o' }))[0]?.holder, 'unknown');
  const [header = '', payload = ''] = token.split('.');
  for (const text of [`${header}.${payload}`, `eyJub25lIjoxfQ.${payload}.x`, `${header}.eyJub3QgSlNPTg.x`])
    assert.deepEqual(found([JWT_FORMAT], text), [], text);
});
