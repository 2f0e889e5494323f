import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CredentialPlace, signsOfPlace } from '../../src/credentials/whose-place.ts';
import type { Oid } from '../../src/people/oid.ts';

const AT = '2026-01-01T00:00:00Z';
const account = (login: string, confidence: 'proved' | 'weak') => ({ login, id: 7, source: 'x', confidence });
const person = {
  leaver: {
    oid: '0e000000-0000-4000-8000-000000000001' as Oid,
    displayName: 'Alexandre Moreau',
    userPrincipalName: 'Amoreau@corp.example',
    github: [
      { ...account('amoreau-gh', 'proved'), formerLogins: [{ login: 'old-gh', from: AT, to: AT }] },
      account('perhaps-gh', 'weak'),
    ],
    devops: [{ organisation: 'acme', descriptor: 'aad.mine', source: 'x', confidence: 'proved' as const }],
  },
  tenantId: 't',
};
const signs = (place: Partial<CredentialPlace>): string =>
  signsOfPlace({ container: { what: 'pipeline', names: [] }, ...place }, person)
    .map(({ strength, access }) => `${strength}${access ? ' with access' : ''}`)
    .join(', ');

const SITUATIONS: readonly (readonly [what: string, place: Partial<CredentialPlace>, signs: string])[] = [
  ['nothing of the leaver', { variable: 'NPM_TOKEN', writtenBy: ['aad.other'] }, ''],
  ['the leaver made it', { writtenBy: ['aad.other', 'aad.mine'] }, 'strong with access'],
  ['the leaver made it, by name', { writtenBy: ['amoreau@CORP.example'] }, 'strong with access'],
  ['the leaver edited it last', { writtenBy: ['aad.other'], lastEditedBy: ['aad.mine'] }, 'weak with access'],
  ['the leaver did both', { writtenBy: ['aad.mine'], lastEditedBy: ['aad.mine'] }, 'strong with access'],
  ['it runs on their machine', { onLeaversMachine: true }, 'strong with access'],
  ['it stands beside a token of theirs', { besideLeavers: true }, 'weak with access'],
  ['it stands beside none, on another machine', { besideLeavers: false, onLeaversMachine: false }, ''],
  ['the tool calls their address', { account: 'amoreau@corp.example' }, 'strong with access'],
  ['the tool calls their login', { account: 'AMOREAU-GH' }, 'strong with access'],
  ['the tool calls a login that may be theirs', { account: 'perhaps-gh' }, 'weak with access'],
  ['the tool calls a login that they had', { account: 'OLD-gh' }, 'weak with access'],
  ['the tool calls what is like their name', { account: 'OTHER\\amoreau' }, 'weak with access'],
  ['the tool calls everybody git', { account: 'git' }, ''],
  ['it ends like one of theirs', { endsLike: 'A credential' }, 'weak'],
  ['its variable is named after them', { variable: 'AMOREAU_TOKEN' }, 'strong'],
  ['its pipeline is, among others', { container: { what: 'pipeline', names: ['build', 'amoreau-token'] } }, 'strong'],
];
for (const [what, place, expected] of SITUATIONS) {
  test(`${what}: ${expected || 'no sign'}`, () => assert.equal(signs(place), expected));
}
