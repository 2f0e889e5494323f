import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SecretWriting } from '../../../../src/connectors/github/audit-log/audit-log.ts';
import type { GitHubAccount, MappingSource } from '../../../../src/people/leaver.ts';
import {
  fineGrainedTokenFinding,
  ssoCredentialFinding,
  ssoCredentialFindingId,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/credential-findings.ts';
import { secretFindings } from '../../../../src/steps/runner-credentials/rules/github/tokens/secret-finding.ts';
import {
  ciFilePlace,
  variablePlace,
  workflowPlace,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import { tokenRequestFinding } from '../../../../src/steps/runner-credentials/rules/github/tokens/token-request-finding.ts';
import {
  containerOf,
  placeOf,
  settingsPath,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/variable-place.ts';

const API = 'https://api.github.com';
const account = (confidence: MappingSource['confidence'] = 'proved'): GitHubAccount => ({
  ...{ login: 'alice', id: 7, source: 'test' },
  confidence,
});

const TOKEN = {
  ...{
    grantId: 42,
    name: 'ci',
    owner: { id: 7, login: 'alice' },
    repositories: 'all',
    permissions: ['contents=write'],
  },
  ...{ grantedAt: '2026-01-01T00:00:00Z', expiresAt: null, lastUsedAt: null },
};
const CREDENTIAL = {
  ...{ credentialId: 9, login: 'alice', type: 'personal access token', tokenLastEight: 'abcd1234', title: 'old' },
  ...{ scopes: ['repo'], authorizedAt: '2026-01-01T00:00:00Z', lastUsedAt: null },
};
const REQUEST = {
  ...{ id: 5, name: 'ci', owner: { id: 7, login: 'alice' }, repositories: 'all' },
  ...{ createdAt: '2026-01-01T00:00:00Z', expiresAt: null },
};

test('what GitHub lists of the leaver is ended by the number of its grant, and expects its owner’s', () => {
  const token = fineGrainedTokenFinding(TOKEN, 'acme', API, account());
  assert.equal(token.title, 'alice’s fine-grained token “ci” opens acme');
  assert.equal(token.remedy?.what, 'Revoke the access of alice’s fine-grained token “ci” to acme.');
  assert.deepEqual(token.remedy?.call, {
    ...{ kind: 'revoke-fine-grained-token', organisation: 'acme', grantId: 42, ownerId: 7, login: 'alice' },
    expected: { ownerId: 7 },
  });
  const credential = ssoCredentialFinding(CREDENTIAL, 'acme', API, account());
  assert.equal(credential.title, 'alice’s personal access token “old” opens acme');
  assert.equal(credential.id, ssoCredentialFindingId('acme', 9));
  assert.deepEqual(credential.remedy?.call.expected, {
    ...{ type: 'personal access token', fingerprint: null },
    lastFour: '1234',
  });
  const request = tokenRequestFinding(REQUEST, 'acme', API, account());
  assert.equal(request.title, 'alice’s fine-grained token “ci” waits for access to acme');
  assert.deepEqual([request.severity, request.remedy?.call.expected], ['medium', { ownerId: 7 }]);
});

test('no more than four characters of a token are told', () => {
  assert.ok(!JSON.stringify(ssoCredentialFinding(CREDENTIAL, 'acme', API, account())).includes('abcd'));
});

test('a key without a title is told by its type', () => {
  const { title: _, ...key } = { ...CREDENTIAL, type: 'SSH key' };
  assert.equal(ssoCredentialFinding(key, 'acme', API, account()).title, 'alice’s SSH key opens acme');
});

const ALL = {
  'a fine-grained token': (who: GitHubAccount) => fineGrainedTokenFinding(TOKEN, 'acme', API, who),
  'a credential of single sign-on': (who: GitHubAccount) => ssoCredentialFinding(CREDENTIAL, 'acme', API, who),
  'a request for one': (who: GitHubAccount) => tokenRequestFinding(REQUEST, 'acme', API, who),
};
for (const [what, of] of Object.entries(ALL)) {
  test(`${what} is ended by itself only where the account is proved to be the leaver’s`, () => {
    assert.equal(of(account()).status, 'planned');
    const likely = of(account('likely'));
    assert.deepEqual([likely.status, likely.remedy?.risk], ['awaiting-decision', 'disruptive']);
    const weak = of(account('weak'));
    assert.deepEqual([weak.status, weak.remedy], ['manual-action', undefined]);
  });
}

test('secrets that the leaver wrote are one finding for each place, with the latest day of each', () => {
  const wrote = (name: string | undefined, at: string, more: Partial<SecretWriting> = {}): SecretWriting => ({
    ...{ at, actorId: 7, kind: 'actions' },
    ...(name === undefined ? {} : { name }),
    ...more,
  });
  const found = secretFindings(
    'acme',
    [
      wrote('A', '2026-02-02T00:00:00Z', { repository: 'acme/pay' }),
      wrote('A', '2026-01-01T00:00:00Z', { repository: 'acme/pay' }),
      wrote('B', '2026-01-01T00:00:00Z', { repository: 'acme/pay', kind: 'integration' }),
      wrote('A', '2026-01-01T00:00:00Z', { repository: 'acme/pay', environment: 'prod' }),
      wrote('A', '2026-01-01T00:00:00Z'),
      wrote(undefined, '2026-01-01T00:00:00Z', { repository: 'acme/web' }),
    ],
    API,
  );
  assert.deepEqual(
    found.map(({ title, evidence }) => [title, evidence.secrets]),
    [
      ['The leaver wrote 2 secrets of acme/pay', ['A, 2026-02-02', 'B (Dependabot or codespaces), 2026-01-01']],
      ['The leaver wrote 1 secret of prod of acme/pay', ['A, 2026-01-01']],
      ['The leaver wrote 1 secret of acme', ['A, 2026-01-01']],
    ],
  );
  assert.ok(found.every(({ status, remedy }) => status === 'manual-action' && remedy === undefined));
  assert.equal(new Set(found.map(({ id }) => id)).size, 3);
});

test('of very many secrets fifty are named and the rest is counted', () => {
  const many = Array.from({ length: 53 }, (_, n) => ({
    ...{ at: '2026-01-01T00:00:00Z', actorId: 7, kind: 'actions' as const },
    name: `S${n}`,
  }));
  const [finding] = secretFindings('acme', many, API);
  assert.equal(finding?.title, 'The leaver wrote 53 secrets of acme');
  assert.deepEqual(
    [Array.isArray(finding?.evidence.secrets) && finding.evidence.secrets.length, finding?.evidence.more],
    [50, 3],
  );
});

const SCOPE = { type: 'repository', organisation: 'acme', repository: 'pay' } as const;
const EXPECTED = { valueSha256: 'aa' };
test('a variable is blanked where a workflow may read it, deleted where none does, and left where its state is not known', () => {
  const deletes = (more: object) => variablePlace(SCOPE, { name: 'PAT', ...more }, API).deletion?.remedy;
  assert.equal(deletes({}), undefined);
  assert.equal(deletes({ expected: EXPECTED })?.call.kind, 'blank-variable');
  assert.equal(deletes({ expected: EXPECTED, unused: true })?.call.kind, 'delete-variable');
  assert.deepEqual(deletes({ expected: EXPECTED })?.call.expected, EXPECTED);
});

const FILE = { organisation: 'acme', repository: 'pay', path: '.github/workflows/ci.yml' };
test('a token in a file is ended by its code, and by its value where GitHub takes it', () => {
  for (const [place, what] of [
    [workflowPlace(FILE, API), 'workflow-file'],
    [ciFilePlace(FILE, API), 'ci-file'],
  ] as const) {
    assert.deepEqual([place.status, place.deletion, place.resource.type], ['needs-code-change', undefined, what]);
    assert.equal(place.resource.url, 'https://github.com/acme/pay/blob/HEAD/.github/workflows/ci.yml');
  }
});

test('GitHub ends tokens of people by their value, those of installations and of others not', () => {
  const ends = (type: 'github-classic' | 'github-classic-hex' | 'github-installation' | 'npm') =>
    workflowPlace(FILE, API).revocation?.({ type, sha256: 'aa', lastFour: '1234' });
  assert.equal(ends('github-classic')?.call.kind, 'revoke-found-token');
  for (const type of ['github-classic-hex', 'github-installation', 'npm'] as const)
    assert.equal(ends(type), undefined, type);
  const elsewhere = variablePlace(SCOPE, { name: 'PAT' }, API).revocation?.({
    ...{ type: 'github-classic', sha256: 'aa' },
    lastFour: '1234',
  });
  assert.equal(elsewhere?.id, ends('github-classic')?.id, 'one token has one revocation');
});

test('the place of a variable is called and linked by what it stands in', () => {
  const organisation = { type: 'organisation', organisation: 'acme' } as const;
  const repository = { type: 'repository', organisation: 'acme', repository: 'pay' } as const;
  const environment = { type: 'environment', organisation: 'acme', repository: 'pay', environment: 'prod' } as const;
  assert.deepEqual([organisation, repository, environment].map(placeOf), [
    'acme',
    'acme/pay',
    'environment prod of acme/pay',
  ]);
  assert.deepEqual([organisation, repository, environment].map(settingsPath), [
    '/organizations/acme/settings/variables/actions',
    '/acme/pay/settings/variables/actions',
    '/acme/pay/settings/environments',
  ]);
  assert.deepEqual(
    [organisation, repository, environment].map((scope) => containerOf(scope).names),
    [[], ['pay'], ['prod', 'pay']],
  );
});
