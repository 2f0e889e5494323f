import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SecretWriting } from '../../../../../src/connectors/github/audit-log/audit-log.ts';
import type { SsoCredential } from '../../../../../src/connectors/github/credentials/credentials.ts';
import type { GitHubAccount } from '../../../../../src/people/leaver.ts';
import { ssoCredentialFinding } from '../../../../../src/steps/runner-credentials/rules/github/tokens/credential-findings.ts';
import { secretFindings } from '../../../../../src/steps/runner-credentials/rules/github/tokens/secret-finding.ts';
import { variablePlace } from '../../../../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import { containerOf } from '../../../../../src/steps/runner-credentials/rules/github/tokens/variable-place.ts';

const API = 'https://api.github.com';
const ACCOUNT: GitHubAccount = { login: 'alice', id: 7, source: 'test', confidence: 'proved' };

test('a key of single sign-on is told by what GitHub says of it, and by nothing that it does not say', () => {
  const key: SsoCredential = {
    ...{ credentialId: 9, login: 'alice', type: 'SSH key', scopes: [], authorizedAt: '2026-01-01', lastUsedAt: null },
  };
  const bare = ssoCredentialFinding(key, 'acme', API, ACCOUNT);
  assert.deepEqual(bare.evidence, {
    ...{ login: 'alice', credentialType: 'SSH key', scopes: [] },
    ...{ authorizedAt: '2026-01-01', lastUsedAt: null },
  });
  assert.ok(!('name' in bare.resource));
  const known = { ...key, title: 'work', fingerprint: 'SHA256:x', tokenLastEight: 'abcd1234' };
  const { evidence, resource, remedy } = ssoCredentialFinding(known, 'acme', API, ACCOUNT);
  assert.deepEqual([evidence.fingerprint, evidence.lastFour, resource.name], ['SHA256:x', '1234', 'work']);
  assert.equal(remedy?.what, 'Take single sign-on from alice’s SSH key “work” in acme.');
});

const wrote = (name: string, more: Partial<SecretWriting> = {}): SecretWriting => ({
  ...{ at: '2026-01-01T00:00:00Z', actorId: 7, kind: 'actions', name },
  ...more,
});
test('written secrets are linked where they are kept, an environment’s with its repository', () => {
  const repository = 'acme/pay';
  const found = secretFindings(
    'acme',
    [wrote('A'), wrote('A', { repository }), wrote('A', { repository, environment: 'prod' })],
    API,
  );
  assert.deepEqual(
    found.map(({ resource: { id, name, url } }) => [id, name, url]),
    [
      ['acme/secrets', 'acme', 'https://github.com/organizations/acme/settings/secrets/actions'],
      ['acme/pay/secrets', 'acme/pay', 'https://github.com/acme/pay/settings/secrets/actions'],
      [
        'acme/pay/environments/prod/secrets',
        'prod of acme/pay',
        'https://github.com/acme/pay/settings/secrets/actions',
      ],
    ],
  );
});

test('exactly fifty secrets are all named, and nothing is counted beside them', () => {
  const [finding] = secretFindings(
    'acme',
    Array.from({ length: 50 }, (_, n) => wrote(`S${n}`)),
    API,
  );
  assert.ok(finding !== undefined && !('more' in finding.evidence));
});

const SCOPE = { type: 'repository', organisation: 'acme', repository: 'pay' } as const;
test('a variable that workflows read is emptied, one that none reads is deleted, and each says what fails', () => {
  const place = (more: object) => variablePlace(SCOPE, { name: 'PAT', expected: { valueSha256: 'a' }, ...more }, API);
  assert.match(place({}).deletion?.words ?? '', /^Jobs that use the variable fail from then on/);
  assert.match(place({ unused: true }).deletion?.words ?? '', /^No workflow that was read uses the variable/);
  assert.match(place({}).deletion?.remedy.what ?? '', /^Replace the value of the variable PAT of acme\/pay/);
});

test('what a variable stands in is called by what it is', () => {
  const environment = { type: 'environment', organisation: 'acme', repository: 'pay', environment: 'prod' } as const;
  assert.deepEqual([{ type: 'organisation', organisation: 'acme' } as const, SCOPE, environment].map(containerOf), [
    { what: 'organisation', names: [] },
    { what: 'repository', names: ['pay'] },
    { what: 'environment', names: ['prod', 'pay'] },
  ]);
});
