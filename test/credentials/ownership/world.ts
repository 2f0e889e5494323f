import assert from 'node:assert/strict';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import type { FoundToken } from '../../../src/credentials/detector/token-hit.ts';
import { type Known, type Ownership, ownershipOf } from '../../../src/credentials/ownership.ts';
import type { CredentialPlace } from '../../../src/credentials/whose-place.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';

export const mint = makeTokenMint();
export const oid = WORLD.leaver.oid as Oid;
export const [ana] = WORLD.colleagues;
export const account: GitHubAccount = { login: 'amoreau', id: 1, source: 'test', confidence: 'proved' };
export const leaver = {
  oid,
  displayName: 'Alex Moreau',
  userPrincipalName: 'alex.moreau@corp.example',
  mail: 'a.moreau@corp.example',
  github: [account],
  devops: [{ organisation: 'northwind', descriptor: 'aad.leaver', source: 'test', confidence: 'proved' as const }],
};
export const tenantId = WORLD.tenantId;
export const iss = `https://login.microsoftonline.com/${tenantId}/v2.0`;
export const elsewhere = '00000000-0000-4000-8000-00000000beef';
export const nobody: Known = { leaver, tenantId, credentials: [] };

export function tokenIn(text: string): FoundToken {
  const [found, ...more] = findTokens(text);
  assert.ok(found !== undefined && more.length === 0, 'exactly one token stands in the text');
  return found;
}

/** A neutral place, and ways to make it the leaver's. */
export const plain: CredentialPlace = { variable: 'TOKEN', container: { what: 'pipeline', names: ['nightly'] } };
export const verdict = (text: string, place: CredentialPlace = plain, known: Known = nobody): Ownership['owner'] =>
  ownershipOf(tokenIn(text), place, known).owner;

export function listed(login: string): { readonly text: string; readonly known: Known } {
  const text = mint.mint('github-classic');
  const held = login === account.login ? { ownerId: account.id } : {};
  const credential = { organisation: 'acme', credentialId: 7, login, tokenLastEight: text.slice(-8), ...held };
  return { text, known: { ...nobody, credentials: [credential] } };
}
