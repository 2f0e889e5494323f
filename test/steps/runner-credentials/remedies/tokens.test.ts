import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { findingId } from '../../../../src/cases/stable-id.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { findTokens } from '../../../../src/credentials/detector/detect-tokens.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { revokeFineGrainedToken } from '../../../../src/steps/runner-credentials/remedies/tokens/revoke-fine-grained-token.ts';
import {
  FoundInSchema,
  revokeFoundToken,
} from '../../../../src/steps/runner-credentials/remedies/tokens/revoke-found-token.ts';
import {
  revokeSsoCredential,
  ssoCredentialState,
} from '../../../../src/steps/runner-credentials/remedies/tokens/revoke-sso-credential.ts';

const ID = findingId('runner-credentials', 'x', 'y');
const NOT_FOUND: VendorFailure = { kind: 'not-found', status: 404, message: 'It is not there.' };
const DENIED: VendorFailure = { kind: 'denied', status: 403, message: 'You may not.' };
const vendors = (answers: Record<string, unknown>, github: object = {}) => {
  const there = Object.fromEntries(Object.entries(answers).map(([question, answer]) => [question, async () => answer]));
  return { github: { organisation: async () => ok(there), ...github } } as unknown as Vendors;
};
const stateIn = (read: VendorResult<{ readonly state: string }>) => (read.ok ? read.value.state : read.failure.kind);
const nowIn = (read: VendorResult<{ readonly state: string; readonly now?: unknown }>) =>
  read.ok ? read.value.now : undefined;
const STILL = ok({ id: 7, login: 'alice' });

const fineGrained = {
  kind: 'revoke-fine-grained-token',
  organisation: 'acme',
  grantId: 42,
  ownerId: 7,
  login: 'alice',
  expected: { ownerId: 7 },
} as const;
test('a fine-grained token is that of its grant and of its owner’s number', async () => {
  const { what, undo, risk } = remedyOf(revokeFineGrainedToken, ID, fineGrained, { token: 'ci' });
  assert.equal(what, 'Revoke the access of alice’s fine-grained token “ci” to acme.');
  assert.match(undo, /^By hand: Its owner asks for access again/);
  assert.equal(risk, 'safe', 'it proceeds by itself where nothing is known that stops');
  const read = (items: readonly object[]) =>
    revokeFineGrainedToken.read(vendors({ listFineGrainedTokens: { items }, accountWithId: STILL }), fineGrained);
  assert.deepEqual(nowIn(await read([{ grantId: 42, owner: { id: 7, login: 'alice' } }])), { ownerId: 7 });
  assert.equal(stateIn(await read([{ grantId: 42, owner: { id: 8, login: 'alice' } }])), 'gone');
  assert.equal(stateIn(await read([{ grantId: 41, owner: { id: 7, login: 'alice' } }])), 'gone');
});

const credential = { credentialId: 9, login: 'alice', type: 'SSH key', fingerprint: 'SHA256:x', scopes: [] };
const sso = {
  kind: 'revoke-sso-credential',
  organisation: 'acme',
  credentialId: 9,
  ownerId: 7,
  login: 'alice',
  expected: { type: 'SSH key', fingerprint: 'SHA256:x', lastFour: null },
} as const;
test('a credential of single sign-on is told by what it is, with four characters at the most', async () => {
  assert.equal(
    remedyOf(revokeSsoCredential, ID, sso, { credential: 'SSH key “x”' }).what,
    'Take single sign-on from alice’s SSH key “x” in acme.',
  );
  const state = { ...credential, tokenLastEight: 'abcd1234', authorizedAt: '', lastUsedAt: null };
  assert.equal(ssoCredentialState(state).lastFour, '1234');
  const read = (items: readonly object[]) =>
    revokeSsoCredential.read(vendors({ listSsoCredentials: { items }, accountWithId: STILL }), sso);
  assert.deepEqual(nowIn(await read([credential])), sso.expected);
  assert.notDeepEqual(nowIn(await read([{ ...credential, fingerprint: 'SHA256:y' }])), sso.expected);
  assert.equal(stateIn(await read([{ ...credential, credentialId: 8 }])), 'gone');
  assert.equal(revokeSsoCredential.ends, 'sign-on', 'it lives on elsewhere');
});

const TOKEN = makeTokenMint().mint('github-classic');
const [hit] = findTokens(TOKEN);
assert.ok(hit !== undefined);
const { sha256, lastFour } = hit.hit;
const found = {
  kind: 'revoke-found-token',
  tokenType: 'github-classic',
  lastFour,
  expected: { sha256 },
  foundIn: { type: 'file', organisation: 'acme', repository: 'pay', path: 'ci.yml' },
} as const;
const holding = (text: string, github: object = {}) =>
  vendors({ readFileOnBranch: ok({ text }), getVariable: ok({ value: { value: text } }) }, github);

test('a found token waits for a person, and nothing brings it back', () => {
  const { what, undo, risk } = remedyOf(revokeFoundToken, ID, found, { place: 'ci.yml of acme/pay' });
  assert.equal(
    what,
    `Have GitHub revoke the token (github-classic, …${lastFour}) that stands in ci.yml of acme/pay; its owner is told by mail.`,
  );
  assert.match(undo, /^Nothing brings it back/);
  assert.equal(risk, 'disruptive');
  assert.ok(FoundInSchema.safeParse(found.foundIn).success);
  assert.ok(!FoundInSchema.safeParse({ type: 'file', organisation: 'acme' }).success);
});

test('it is the token with that digest, and one that stands there no more has not ended by that', async () => {
  const read = (of: Vendors) => revokeFoundToken.read(of, found);
  const present = await read(holding(`token: ${TOKEN}`));
  assert.deepEqual(nowIn(present), { sha256 });
  assert.ok(!JSON.stringify(present).includes(TOKEN.slice(4, -4)), 'its value is filed nowhere');
  assert.equal(stateIn(await read(holding(`token: ${makeTokenMint().mint('npm')}`))), 'incomplete');
  assert.equal(stateIn(await read(vendors({ readFileOnBranch: failed(NOT_FOUND) }))), 'incomplete');
  assert.equal(stateIn(await read(vendors({ readFileOnBranch: failed(DENIED) }))), 'denied');
});

test('GitHub is handed that value, and no other', async () => {
  const handed: unknown[] = [];
  const revokeValue = async (value: unknown) => {
    handed.push(value);
    return ok({ effect: 'queued' as const });
  };
  const other = makeTokenMint().mint('github-oauth');
  await revokeFoundToken.act(holding(`${other} ${TOKEN}`, { revokeValue }), found);
  const gone = await revokeFoundToken.act(holding(other, { revokeValue }), found);
  assert.deepEqual(handed, [TOKEN]);
  assert.ok(!gone.ok && /does not end it/.test(gone.failure.message));
});
