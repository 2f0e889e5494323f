import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { detectTokens } from '../../src/credentials/detector/detect-tokens.ts';
import { redactedStart, redactSecrets } from '../../src/credentials/redact-secrets.ts';
import { jsonWithoutSecrets, withoutSecrets } from '../../src/credentials/without-secrets.ts';
import { fc } from '../support/properties.ts';

const { mint } = makeTokenMint();
const token = fc.noShrink(
  fc.constantFrom(...PLANTED_KINDS, ...FOREIGN_KINDS).map((kind) => ({ kind, value: mint(kind) })),
);
const PIECE = 12;

/** Whether twelve characters of the token in a row, its public prefix aside, are still readable. */
function survives(output: string, value: string): boolean {
  const secret = value.replace(
    /^(github_pat_|gh[a-z]_|sk-ant-[a-z0-9]+-|-----BEGIN OPENSSH PRIVATE KEY-----|pypi-AgEIcHlwaS5vcmc)|\n-----END OPENSSH PRIVATE KEY-----$/g,
    '',
  );
  for (let at = 0; at + PIECE <= secret.length; at += 1) {
    const piece = secret.slice(at, at + PIECE);
    // A dozen equal characters are padding, in the token as elsewhere.
    if (new Set(piece).size > 1 && output.includes(piece)) return true;
  }
  return false;
}

const around: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => JSON.stringify({ error: { message: `bad token ${value}` }, value }),
  (value) => JSON.stringify(JSON.stringify({ value })),
  (value) => `GET https://dev.azure.com/org/_apis?x=${value}&api-version=7.1 failed`,
  (value) => `https://user:${encodeURIComponent(value)}@github.com/o/r.git`,
  (value) => `Authorization: Basic ${value}`,
  (value) => `Unexpected token in JSON: ...${value}`,
  (value) => `AZURE_PAT=${value};HOME=/home/alex`,
];

test('no token survives, in JSON, in URLs, in headers', () => {
  fc.assert(
    fc.property(token, fc.constantFrom(...around), ({ value }, wrap) => {
      assert.ok(!survives(redactSecrets(wrap(value)), value));
    }),
  );
});

test('no token survives among neighbours that look like part of it', () => {
  const neighbour = fc.oneof(fc.base64String({ maxLength: 90 }), fc.string({ maxLength: 30 }));
  fc.assert(
    fc.property(neighbour, token, neighbour, token, (before, one, between, other) => {
      const output = redactSecrets(before + one.value + between + other.value);
      assert.ok(!survives(output, one.value) && !survives(output, other.value));
    }),
  );
});

test('a token that was cut short does not survive either', () => {
  fc.assert(
    fc.property(
      // An account's key has nothing by which its beginning could be told from a path.
      token.filter(({ kind }) => kind !== 'azure-storage-key'),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('', '"', '… ', ' is not valid JSON'),
      ({ value }, share, after) => {
        // Shorter pieces of a format without prefix cannot be told from words.
        const length = 32 + Math.floor(share * (value.length - 32));
        const output = redactSecrets(`body was {"value":"${value.slice(0, length)}${after}`);
        assert.ok(!survives(output, value));
      },
    ),
  );
});

test('a token in base64 goes as well', () => {
  const header = Buffer.from(`x-access-token:${mint('github-classic')}`).toString('base64');
  assert.equal(redactSecrets(`extraheader = ${header}`), 'extraheader = [github-classic token]');
  assert.equal(
    redactSecrets(`sent ${header.replaceAll('=', '')} and failed`),
    'sent [github-classic token] and failed',
  );
});

test('a key of AWS in letters alone goes, whatever letters are around it', () => {
  const key = `${mint('aws-access-key').slice(0, 4)}EXXWBALFMAIEVCYL`;
  assert.ok(!redactSecrets(`A${key}AA==`).includes(key));
});

test('an installation token of 520 characters goes as a whole', () => {
  const value = mint('github-installation');
  assert.equal(redactSecrets(`remote: ${value} rejected`), 'remote: [github-installation token] rejected');
});

test('what an operator needs stays readable', () => {
  const texts = [
    'evidence/3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1/report.json holds 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.',
    'federated credential /subscriptions/11111111-aaaa-4bbb-8ccc-000000000001/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-deploy/federatedIdentityCredentials/gh-main',
    'aad.NGM5ZDFmN2EtNTJlOC03YjZkLThmMTAtYTRjN2UyYjkwZDM1 has 2 tokens',
    'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8',
    'Azure DevOps answered 404 (ProjectDoesNotExistWithNameException).',
    'task-management-service-for-everybody is unavailable (HTTP 503)',
  ];
  for (const text of texts) assert.equal(redactSecrets(text), text);
});

test('text that is safe already does not change any more', () => {
  fc.assert(
    fc.property(token, fc.constantFrom(...around), ({ value }, wrap) => {
      const once = redactSecrets(wrap(value));
      assert.equal(redactSecrets(once), once);
    }),
  );
});

test('what a name, a header or a URL calls a secret goes, whatever it looks like', () => {
  const secret = 'hunter2-Tr0ub4dor';
  const hex = '0123456789abcdef'.repeat(2).slice(0, 32);
  const forms: readonly string[] = [
    `grant_type=refresh_token&refresh_token=${secret}&client_id=web`,
    `refresh_token=${secret}`,
    `{"password":"${secret} and \\"more\\" of it ${secret}"}`,
    JSON.stringify({ body: JSON.stringify({ client_secret: secret, inner: JSON.stringify({ password: secret }) }) }),
    `https://ci:${secret}@github.com/o/r.git`,
    `postgres://user:${secret}@db.example:5432/x`,
    `Ocp-Apim-Subscription-Key: ${secret}`,
    `"Ocp-Apim-Subscription-Key": "${secret}"`,
    `Authorization: Bearer ${secret}`,
    `authorization: ${secret}`,
    `Server=db;User Id=sa;Password=${secret};Encrypt=true`,
    `Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=${secret}=`,
    `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${secret}==;EndpointSuffix=x`,
    `password: ${secret}`,
    `cookie: session=${secret}`,
  ];
  for (const text of forms) {
    assert.ok(!redactSecrets(text).includes(secret), text);
    if (!text.startsWith('password:')) assert.ok(!withoutSecrets(text).includes(secret), text);
  }
  assert.equal(redactSecrets(`Ocp-Apim-Subscription-Key: ${hex}`).includes(hex), false);
});

test('a private key goes, whole or cut short', () => {
  const key = mint('private-key');
  const lines = key.split('\n');
  for (const text of [key, key.replaceAll('\n', '\\n'), lines.slice(0, 5).join('\n'), JSON.stringify({ key })]) {
    const safe = redactSecrets(`before ${text}`);
    assert.ok(
      lines.slice(1, 5).every((line) => !safe.includes(line)),
      safe,
    );
  }
});

test('what is safe has no token in it any more, and a second look changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), token, fc.constantFrom(...around), (before, { value }, wrap) => {
      for (const safe of [redactSecrets, withoutSecrets]) {
        const once = safe(before + wrap(value));
        assert.equal(safe(once), once);
        assert.deepEqual(detectTokens(once), []);
      }
    }),
  );
});

test('of a long text only the beginning is looked at, and a token at the cut is not shown in part', () => {
  fc.assert(
    fc.property(token, fc.nat(5_200), fc.constantFrom(' ', 'x', '\n', '/'), ({ value }, at, filling) => {
      const text = `${'.'.repeat(at)} ${value}${filling.repeat(9_000)}`;
      const start = redactedStart(text, 1_000);
      assert.ok(start.length <= 1_000 && !survives(start, value));
    }),
  );
  assert.equal(redactedStart('a short text', 1_000), 'a short text');
  assert.equal(redactedStart(`${'words '.repeat(2_000)}`, 12), 'words words ');
});

test('of a filed document every text is without tokens, and its other bytes are as they were', () => {
  const value = mint('github-classic');
  const filed = {
    id: 'YMAqvJ2cP0SBLgGKLf2c4VGv6eN0Yk1Qp9oTg3t5HnM',
    n: 1.0,
    title: `label ${value}`,
    [value]: [`"${value}"`],
  };
  const safe = jsonWithoutSecrets(JSON.stringify(filed, undefined, 2));
  assert.deepEqual(JSON.parse(safe), {
    id: filed.id,
    n: 1,
    title: 'label [github-classic token]',
    '[github-classic token]': ['"[github-classic token]"'],
  });
  const clean =
    '{ "a" : "\\u0041 token_type=x",\n"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }';
  assert.equal(jsonWithoutSecrets(clean), clean);
});

test('every name of a secret is known in a field and as a member, and a password or a user in a URL', () => {
  const names =
    'access_token auth-token private_token client_secret clientAssertion password passwd passphrase pass pwd';
  const keys = 'api_key x-api-key ocp-apim-subscription-key accountKey SharedAccessKey signing_key secret';
  for (const name of `${names} ${keys}`.split(' ')) {
    assert.equal(withoutSecrets(`a ${name}=hunter2 b`), `a ${name}=[redacted] b`);
    assert.equal(withoutSecrets(`{"${name}": "hunter2"}`), `{"${name}": "[redacted]"}`);
    assert.equal(withoutSecrets(`{\\"${name}\\":\\"hunter2\\"}`), `{\\"${name}\\":\\"[redacted]\\"}`);
  }
  assert.equal(withoutSecrets('see amqp://sam:hunter2@host/ now'), 'see amqp://sam:[redacted]@host/ now');
  const user = 'u'.repeat(1_024);
  assert.equal(withoutSecrets(`https://${user}@host and a@b`), 'https://[redacted]@host and a@b');
});
