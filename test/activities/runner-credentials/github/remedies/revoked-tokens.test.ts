import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findTokens } from '../../../../../src/credentials/detector/detect-tokens.ts';
import { type RemedyCall, remedyDefinition } from '../../../../../src/steps/registry.ts';
import { ORGANISATION } from '../case-study.ts';
import { type GithubRemediesWorld, repository, startGithubRemedies } from './github-remedies-world.ts';

let app: GithubRemediesWorld['app'];
let state: GithubRemediesWorld['state'];
let mint: GithubRemediesWorld['mint'];
let organisation: GithubRemediesWorld['organisation'];
let vendors: GithubRemediesWorld['vendors'];
let documents: GithubRemediesWorld['documents'];
let read: GithubRemediesWorld['read'];
let act: GithubRemediesWorld['act'];
before(async () => {
  ({ app, state, mint, organisation, vendors, documents, read, act } = await startGithubRemedies());
});
after(() => app.stop());

const variableWith = (value: string, name: string): RemedyCall => {
  documents.variables.add({ name, value });
  const [{ hit } = { hit: { sha256: '', lastFour: '' } }] = findTokens(value);
  const scope = { type: 'repository', organisation: ORGANISATION, repository } as const;
  return {
    kind: 'revoke-found-token',
    foundIn: { type: 'variable', scope, name },
    tokenType: 'github-classic',
    lastFour: hit.lastFour,
    expected: { sha256: hit.sha256 },
  };
};

test('a found token is read again, revoked by its value without any authorisation, and nothing of it is filed', async () => {
  const value = mint.mint('github-classic');
  const call = variableWith(value, 'FOUND');
  const before = await remedyDefinition(call).read(vendors, call);
  assert.ok(before.ok && before.value.state === 'present');
  const acted = await act(call);
  assert.deepEqual(acted.ok && acted.value, { effect: 'queued' });
  assert.ok(state.revokedValues.has(value));
  assert.equal(JSON.stringify([call, before, acted]).includes(value.slice(4, -4)), false);
  assert.equal(JSON.stringify(app.context.lines).includes(value.slice(4, -4)), false);
  assert.equal(await read(call), 'present', 'nobody can ask whether it has ended, and so nobody says so');
});

test('one that stands in base64 in a file is found there as well', async () => {
  const value = mint.mint('github-classic');
  const path = '.github/workflows/hidden.yml';
  documents.files.set(path, `env:\n  X: ${Buffer.from(`token=${value}`).toString('base64')}\n`);
  const [{ hit } = { hit: { sha256: '' } }] = findTokens(value);
  const call: RemedyCall = {
    kind: 'revoke-found-token',
    foundIn: { type: 'file', organisation: ORGANISATION, repository, path },
    tokenType: 'github-classic',
    lastFour: '',
    expected: { sha256: hit.sha256 },
  };
  assert.ok((await act(call)).ok);
  assert.ok(state.revokedValues.has(value));
  documents.files.delete(path);
});

test('that single sign-on lists it no more does not end it: it is revoked all the same, and nobody says that it is gone', async () => {
  const value = mint.mint('github-classic');
  organisation.credentials.add({
    id: 8_801,
    login: 'amoreau',
    type: 'personal access token',
    tokenLastEight: value.slice(-8),
  });
  const call = variableWith(value, 'LISTED');
  const withdrawn = { type: 'personal access token', fingerprint: null, lastFour: value.slice(-4) };
  const first = await act({
    kind: 'revoke-sso-credential',
    organisation: ORGANISATION,
    credentialId: 8_801,
    ownerId: 1,
    login: 'amoreau',
    expected: withdrawn,
  });
  assert.ok(first.ok && organisation.credentials.get('8801')?.revokedFrom !== undefined);
  assert.equal(await read(call), 'present', 'it opens whatever asks for no sign-on');
  assert.ok((await act(call)).ok);
  assert.ok(state.revokedValues.has(value));
  assert.equal(await read(call), 'present');
});

test('one that was taken out of its place has not ended by that, and cannot be revoked', async () => {
  const call = variableWith(mint.mint('github-classic'), 'TAKEN_OUT');
  documents.variables.add({ name: 'TAKEN_OUT', value: 'something else' });
  assert.equal(await read(call), 'incomplete');
  documents.variables.delete('TAKEN_OUT');
  const acted = await act(call);
  assert.ok(!acted.ok && acted.failure.kind === 'incomplete');
  assert.match(acted.failure.message, /does not end it/);
});

test('a refusal says what GitHub answered, and repeats nothing of what was sent', async () => {
  const value = mint.mint('github-classic');
  const call = variableWith(value, 'REFUSED');
  const body = JSON.stringify({ message: `${value} is no credential` });
  const lift = app.tenant.faults.add({
    vendor: 'github',
    path: /credentials\/revoke/,
    effect: { kind: 'answer', status: 422, body },
  });
  const acted = await act(call);
  lift();
  assert.equal(acted.ok, false);
  assert.equal(JSON.stringify(acted).includes(value.slice(4, -4)), false);
});
