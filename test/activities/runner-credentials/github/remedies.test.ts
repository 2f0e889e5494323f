import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import { type RemedyCall, remedyDefinition } from '../../../../src/steps/registry.ts';
import { ORGANISATION, startCaseStudyGitHub } from './case-study.ts';

const { app, state, mint, organisation, installation } = await startCaseStudyGitHub({ repositories: 8 });
after(() => app.stop());
const { vendors } = app.context;

const documents = state.repositories.get(`${ORGANISATION}/document-pipeline`);
const workflowId = documents?.workflows.all()[0]?.id ?? 0;
const runner = {
  kind: 'remove-runner',
  organisation: ORGANISATION,
  runnerId: 23,
  name: 'laptop-amoreau',
  expected: { name: 'laptop-amoreau', os: 'linux' },
} as const;
const variable = {
  kind: 'delete-variable',
  scope: { type: 'repository', organisation: ORGANISATION, repository: 'document-pipeline' },
  name: 'DOCUMENTS_TOKEN',
  expected: { valueSha256: '' },
} as const;
const CALLS: readonly RemedyCall[] = [
  runner,
  { ...runner, repository: 'document-pipeline', runnerId: 61, name: 'amoreau-desktop' },
  variable,
  {
    kind: 'delete-variable',
    scope: { type: 'environment', organisation: ORGANISATION, repository: 'payments-api', environment: 'production' },
    name: 'MCP_BEARER',
    expected: { valueSha256: '' },
  },
  {
    kind: 'disable-workflow',
    organisation: ORGANISATION,
    repository: 'document-pipeline',
    workflowId,
    path: '.github/workflows/nightly-documents.yml',
    expected: { path: '.github/workflows/nightly-documents.yml', runsAs: 4_711_042 },
  },
  {
    kind: 'revoke-fine-grained-token',
    organisation: ORGANISATION,
    grantId: 25_381,
    ownerId: 4_711_042,
    login: 'amoreau',
    expected: { ownerId: 4_711_042 },
  },
  {
    kind: 'revoke-sso-credential',
    organisation: ORGANISATION,
    credentialId: 7_101,
    ownerId: 4_711_042,
    login: 'amoreau',
    expected: { type: 'personal access token', fingerprint: null, lastFour: null },
  },
];

const standing = async (call: RemedyCall) => {
  const read = await remedyDefinition(call).read(vendors, call);
  return read.ok ? read.value.state : read.failure;
};

for (const call of CALLS) {
  const name = `${call.kind}${'repository' in call && call.kind === 'remove-runner' ? ' of a repository' : ''}`;
  test(`${name}: present, cut, read back as gone, and cutting it again is no failure`, async () => {
    const before = await remedyDefinition(call).read(vendors, call);
    assert.equal(before.ok && before.value.state, 'present');
    assert.deepEqual(
      mint.all().filter((token) => JSON.stringify(before).includes(token.slice(-12))),
      [],
    );
    assert.equal((await remedyDefinition(call).act(vendors, call)).ok, true);
    assert.equal(await standing(call), 'gone');
    assert.equal((await remedyDefinition(call).act(vendors, call)).ok, true);
  });
}

test('a 404 proves nothing while nobody can say whether the App may still look', async () => {
  const lift = app.tenant.faults.add({
    vendor: 'github',
    path: /\/installation$/,
    effect: { kind: 'answer', status: 503 },
  });
  const seen = await standing(runner);
  lift();
  assert.equal(typeof seen === 'object' && seen.kind, 'unavailable');
  assert.equal(await standing(runner), 'gone');
});

test('nothing else was cut', () => {
  assert.deepEqual(
    organisation.runners.all().map(({ name }) => name),
    ['build-01', 'build-02', 'laptop-amoreau-silva'],
  );
  assert.deepEqual(
    organisation.tokens.where(({ revokedFrom }) => revokedFrom === undefined).map(({ name }) => name),
    ['laptop', 'release-notes'],
  );
  assert.equal(organisation.credentials.where(({ revokedFrom }) => revokedFrom === undefined).length, 7);
  assert.equal(
    state.repositories.get(`${ORGANISATION}/payments-api`)?.variables.get('DEPLOY_TOKEN') !== undefined,
    true,
  );
  assert.deepEqual(
    state.repositories.get(`${ORGANISATION}/billing-exports`)?.workflows.where(({ state: now }) => now !== 'active'),
    [],
  );
});

test('a revocation that GitHub queues says so, and stands until GitHub gets to it', async () => {
  const call = {
    kind: 'revoke-fine-grained-token',
    organisation: ORGANISATION,
    grantId: 25_382,
    ownerId: 4_711_042,
    login: 'amoreau',
    expected: { ownerId: 4_711_042 },
  } as const;
  state.revocationDelayMs = 3_600_000;
  const acted = await remedyDefinition(call).act(vendors, call);
  assert.deepEqual(acted.ok && acted.value, { effect: 'queued' });
  assert.equal(acted.ok && acted.requestId !== undefined, true);
  assert.equal(await standing(call), 'present');
  organisation.tokens.patch('25382', { revokedFrom: 0 });
  assert.equal(await standing(call), 'gone');
});

test('a runner that works is not taken away in the middle, and asking again helps', async () => {
  organisation.runners.add({ ...runner, id: 23, os: 'linux', status: 'online', busy: true, labels: [] });
  const acted = await remedyDefinition(runner).act(vendors, runner);
  assert.equal(!acted.ok && acted.failure.kind === 'conflict' && acted.failure.retryable, true);
});

test('a variable whose token was replaced gives no access any more, and stays', async () => {
  documents?.variables.add({ name: 'DOCUMENTS_TOKEN', value: 'none' });
  assert.equal(await standing(variable), 'gone');
  assert.equal(documents?.variables.get('DOCUMENTS_TOKEN')?.value, 'none');
});

test('a token whose owner was renamed since still stands under its id', async () => {
  const call = {
    kind: 'revoke-fine-grained-token',
    organisation: ORGANISATION,
    grantId: 25_391,
    ownerId: 4_711_042,
    login: 'amoreau',
    expected: { ownerId: 4_711_042 },
  } as const;
  organisation.tokens.add({ id: 25_391, tokenId: 1, name: 'renamed', ownerId: 4_711_042 });
  state.users.patch('4711042', { login: '0f3a9c_nwc' });
  assert.equal(await standing(call), 'present');
  state.users.patch('4711042', { login: 'amoreau' });
});

for (const claimed of [true, false]) {
  const name = claimed ? 'which somebody else has claimed' : 'which is free';
  test(`a credential of an account that left its login behind, ${name}, is not called gone`, async () => {
    const owner = { organisation: ORGANISATION, ownerId: 4_711_042, login: 'amoreau' } as const;
    const token = {
      kind: 'revoke-fine-grained-token',
      ...owner,
      grantId: 25_392,
      expected: { ownerId: owner.ownerId },
    } as const;
    const key = {
      kind: 'revoke-sso-credential',
      ...owner,
      credentialId: 7_103,
      expected: { type: 'SSH key', fingerprint: null, lastFour: null },
    } as const;
    organisation.tokens.add({ id: 25_392, tokenId: 2, name: 'left behind', ownerId: owner.ownerId });
    renameAccount(state, owner.ownerId, 'zz-top', claimed ? 9 : undefined);
    try {
      assert.deepEqual([await standing(token), await standing(key)], ['present', 'present']);
      organisation.tokens.delete('25392');
      assert.equal(await standing(token), 'gone');
    } finally {
      state.users.delete('9');
      renameAccount(state, owner.ownerId, 'amoreau');
    }
  });
}

test('a credential of an account that GitHub shows to nobody is looked for among everybody’s', async () => {
  const token = {
    kind: 'revoke-fine-grained-token',
    organisation: ORGANISATION,
    grantId: 25_393,
    ownerId: 4_711_042,
    login: 'of-before',
    expected: { ownerId: 4_711_042 },
  } as const;
  organisation.tokens.add({ id: 25_393, tokenId: 3, name: 'hidden', ownerId: token.ownerId });
  state.users.patch('4711042', { hidden: true });
  assert.equal(await standing(token), 'present');
  organisation.tokens.delete('25393');
  assert.equal(await standing(token), 'gone');
  state.users.patch('4711042', { hidden: false });
});

for (const denials of [403, 404] as const) {
  test(`a target that the app may not read any more (${denials}) is not called gone`, async () => {
    installation.permissions.delete('organization_self_hosted_runners');
    installation.denials = denials;
    const gone = { ...runner, runnerId: 42 };
    const read = await standing(gone);
    const acted = await remedyDefinition(gone).act(vendors, gone);
    installation.permissions.set('organization_self_hosted_runners', 'write');
    installation.denials = 403;
    assert.equal(typeof read === 'object' && read.kind, 'denied');
    assert.equal(!acted.ok && acted.failure.kind, 'denied');
    assert.equal(organisation.runners.get('42') !== undefined, true);
  });
}
