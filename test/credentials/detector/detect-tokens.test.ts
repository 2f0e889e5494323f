import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { githubChecksum } from '../../../src/credentials/detector/checksums.ts';
import { detectTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { TOKEN_TYPES } from '../../../src/credentials/detector/token-hit.ts';
import { fc } from '../../support/properties.ts';

const { mint } = makeTokenMint();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Random text in which a token's own characters are as likely as others. */
const neighbour = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(...'aZ09_-.=/+%&"\': \n'), maxLength: 80 }),
  fc.base64String({ maxLength: 80 }),
);
const ALL_KINDS = [...PLANTED_KINDS, ...FOREIGN_KINDS];
/** Of an AWS key and a key of letters alone, the end shows only where no such letter follows. */
const kind = fc.constantFrom(...ALL_KINDS.filter((each) => !['aws-access-key', 'hugging-face'].includes(each)));
const fixedKind = fc.constantFrom(
  'github-classic' as const,
  'github-oauth' as const,
  'github-fine-grained' as const,
  'azure-devops' as const,
  'azure-devops-legacy' as const,
);
const token = fc.noShrink(kind.map((what) => ({ kind: what, value: mint(what) })));

test('every minted token is found between separators with its type, digest and last four', () => {
  for (const what of ALL_KINDS) {
    const value = mint(what);
    const hits = detectTokens(`export NAME="${value}"\n`);
    assert.deepEqual(
      hits.map((hit) => [hit.type, hit.sha256, hit.lastFour, hit.start, hit.end]),
      [[what, sha256(value), value.slice(-4), 13, 13 + value.length]],
    );
  }
});

test('every minted token is found in any surrounding text', () => {
  fc.assert(
    fc.property(neighbour, token, neighbour, (before, { kind: what, value }, after) => {
      const hit = detectTokens(before + value + after).find(
        ({ type, start }) => type === what && start === before.length,
      );
      assert.ok(hit !== undefined && hit.end >= before.length + value.length, `${what} was not found`);
    }),
  );
});

test('a token of fixed length is told exactly, whatever touches it', () => {
  fc.assert(
    fc.property(
      fc.base64String({ maxLength: 40 }),
      fixedKind,
      fc.base64String({ maxLength: 40 }),
      (before, what, after) => {
        const value = mint(what);
        const digests = detectTokens(before + value + after).map((hit) => hit.sha256);
        assert.ok(digests.includes(sha256(value)));
      },
    ),
  );
});

test('a checksummed token with one character changed is at most something that looks like one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('github-classic' as const, 'azure-devops' as const, 'azure-devops-legacy' as const),
      fc.nat(83),
      fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'),
      (what, position, letter) => {
        const value = mint(what);
        // What names the type is under no checksum.
        const at = what === 'github-classic' ? 4 + (position % 36) : position % (value.length - 12);
        const changed = value.slice(0, at) + letter + value.slice(at + 1);
        fc.pre(changed !== value);
        const told = detectTokens(changed).map(({ type, checksum }) => [type, checksum]);
        assert.deepEqual(told, what === 'azure-devops-legacy' ? [] : [[what, 'wrong']]);
      },
    ),
  );
});

test('tokens that touch each other are told apart', () => {
  fc.assert(
    fc.property(fc.array(token, { minLength: 2, maxLength: 5 }), (tokens) => {
      const hits = detectTokens(tokens.map(({ value }) => value).join(''));
      assert.deepEqual(
        hits.map((hit) => [hit.type, hit.sha256]),
        tokens.map(({ kind: what, value }) => [what, sha256(value)]),
      );
    }),
  );
});

test('an expiry that no calendar holds is left out: anybody can write one', () => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  for (const exp of [8_640_000_000_001, -8_640_000_000_001, 1e300]) {
    const [hit] = detectTokens(`${part({ alg: 'none' })}.${part({ exp, upn: 'x' })}.`);
    assert.deepEqual(hit?.claims, { upn: 'x' }, String(exp));
  }
});

test('a hit tells no more than four characters of the token', () => {
  fc.assert(
    fc.property(neighbour, token, neighbour, (before, { value }, after) => {
      const hits = detectTokens(before + value + after);
      for (const { sha256: digest, type, holder, checksum, start: _, end: __, ...told } of hits) {
        assert.match(digest, /^[0-9a-f]{64}$/);
        assert.ok(TOKEN_TYPES.includes(type) && ['personal', 'service', 'unknown'].includes(holder));
        assert.ok(['valid', 'wrong', 'none'].includes(checksum));
        const { lastFour, claims = {}, encoded: ___, ...rest } = told;
        assert.deepEqual(rest, {});
        const fields = [lastFour, ...Object.values(claims)].map(String);
        for (let at = 0; at + 5 <= value.length; at += 1) {
          const piece = value.slice(at, at + 5);
          assert.ok(!fields.some((field) => field.includes(piece)), 'a field holds five characters of the token');
        }
      }
    }),
  );
});

test('a token in base64, as headers and git configurations keep it, is found by its own digest', () => {
  for (const what of ALL_KINDS) {
    const value = mint(what);
    for (const user of ['', 'x-access-token']) {
      const header = Buffer.from(`${user}:${value}`).toString('base64');
      const [hit, ...others] = detectTokens(`http.extraheader=AUTHORIZATION: basic ${header}\n`);
      assert.deepEqual([hit?.type, hit?.sha256, hit?.encoded, others], [what, sha256(value), 'base64', []]);
    }
  }
});

test('a JWT tells whose it is and when it ends, and nothing else of its claims', () => {
  const [hit] = detectTokens(`Authorization: Bearer ${mint('jwt')}`);
  assert.deepEqual(Object.keys(hit?.claims ?? {}).sort(), ['exp', 'idtyp', 'oid', 'upn']);
  assert.deepEqual(
    [hit?.holder, hit?.claims?.oid, hit?.claims?.upn],
    ['personal', WORLD.leaver.oid, WORLD.leaver.userPrincipalName],
  );
});

test('a JWT of an application is a service’s, and one that names nobody is anybody’s', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const holder = (claims: unknown): unknown =>
    detectTokens(`${part({ alg: 'RS256' })}.${part(claims)}.c2ln`)[0]?.holder;
  assert.deepEqual(
    [holder({ oid: 'x', idtyp: 'app' }), holder({ oid: 'x' }), holder({ preferred_username: 'a@b' })],
    ['service', 'unknown', 'personal'],
  );
});

test('three dotted words that spell no JSON are no JWT', () => {
  const dotted = ['eyJhbGciOiJub25l', 'eyJzb21ldGhpbmc', 'c2lnbmF0dXJl'].join('.');
  assert.deepEqual(detectTokens(dotted), []);
});

test('an installation token of 520 characters is one token, not also the JWT inside it', () => {
  const value = mint('github-installation');
  const hits = detectTokens(`token=${value}&next=1`);
  assert.ok(value.length >= 500);
  assert.deepEqual(
    hits.map((hit) => [hit.type, hit.holder, hit.end - hit.start]),
    [['github-installation', 'service', value.length]],
  );
});

test('the formats without a checksum of their own are known by their shape', () => {
  const random = (length: number): string => 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z'.repeat(10).slice(0, length);
  const samples: readonly (readonly [type: string, holder: string, parts: readonly string[]])[] = [
    ['entra-client-secret', 'service', ['a1B', '8Q~', random(34)]],
    ['entra-client-secret', 'service', ['a1B', '7Q~', random(31)]],
    ['npm', 'unknown', ['npm_', random(36)]],
    ['aws-access-key', 'unknown', ['AKIA', 'QWERTYUIOPASDFGH']],
    ['anthropic-api', 'service', ['sk-ant-', 'api03-', random(93), 'AA']],
    ['anthropic-oauth', 'personal', ['sk-ant-', 'ort01-', random(90)]],
    ['openai', 'service', ['sk-svcacct-', random(40), 'T3BlbkFJ', random(40)]],
    ['openai', 'unknown', ['sk-proj-', random(40), 'T3BlbkFJ', random(40)]],
  ];
  for (const [type, holder, parts] of samples) {
    const hits = detectTokens(`KEY: ${parts.join('')} # rotate`);
    assert.deepEqual(
      hits.map((hit) => [hit.type, hit.holder, hit.end - hit.start]),
      [[type, holder, parts.join('').length]],
    );
  }
});

test('an npm token says so where its checksum is right', () => {
  const entropy = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0';
  assert.equal(detectTokens(`npm_${entropy}${githubChecksum(entropy)}`)[0]?.checksum, 'valid');
});

test('a shared access signature needs its query; a delegation names its signer', () => {
  const signature = `sig=${'Ab3%2F'.repeat(10)}xyz%3D`;
  const query = `https://acc.blob.core.windows.net/c?sv=2024-11-04&skoid=${WORLD.leaver.oid}&se=2026-12-01&sp=r&${signature}`;
  assert.deepEqual(
    detectTokens(query).map((hit) => [hit.type, hit.claims?.oid]),
    [['azure-sas', WORLD.leaver.oid]],
  );
  assert.deepEqual(detectTokens(`?${signature}`), []);
});

test('look-alikes are left alone: digests, placeholders, identifiers', () => {
  const texts = [
    sha256('a'),
    `ghp_${'X'.repeat(36)}`,
    'task-management-service-for-everybody-in-the-company',
    'aad.NGM5ZDFmN2EtNTJlOC03YjZkLThmMTAtYTRjN2UyYjkwZDM1',
    'YMAqvJ2cP0SBLgGKLf2c4VGv6eN0Yk1Qp9oTg3t5HnM',
    'abcdefghijklmnopqrstuvwxyz'.repeat(40),
    'uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8',
  ];
  for (const text of texts) assert.deepEqual(detectTokens(text), [], text);
});
