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
      {
        ...account('AMoreau-gh', 'proved'),
        formerLogins: [
          { login: 'Old-gh', from: AT, to: AT },
          { login: 'older-gh', from: AT, to: AT },
        ],
      },
      account('perhaps-gh', 'weak'),
    ],
    devops: [{ organisation: 'acme', descriptor: 'aad.mine', source: 'x', confidence: 'proved' as const }],
  },
  tenantId: 't',
};
const pipeline = { what: 'pipeline', names: [] };
const signs = (place: Partial<CredentialPlace>): string =>
  signsOfPlace({ container: pipeline, ...place }, person)
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

const WORDS: readonly (readonly [place: Partial<CredentialPlace>, words: readonly string[]])[] = [
  [{ onLeaversMachine: true }, ['the pipeline runs on the leaver’s machine']],
  [{ writtenBy: ['aad.mine'] }, ['the leaver made the pipeline']],
  [{ lastEditedBy: ['aad.other', 'aad.mine'] }, ['the leaver edited the pipeline last']],
  [{ besideLeavers: true }, ['a token of the leaver stands in the same pipeline']],
  [{ endsLike: 'The credential 7' }, ['The credential 7 ends in the same four characters']],
  [{ variable: 'AMOREAU_TOKEN' }, ['the variable is named after the leaver']],
  [{ variable: 'AMOREAU_SILVA_TOKEN' }, ['the variable has the leaver’s name among other words']],
  [{ variable: 'MOREAU_TOKEN' }, ['the variable has a name of the leaver’s, which others may have']],
  [{ container: { ...pipeline, names: ['build', 'amoreau'] } }, ['the pipeline is named after the leaver']],
  [
    { variable: 'AMOREAU_TOKEN', container: { ...pipeline, names: ['amoreau'] } },
    ['the variable is named after the leaver', 'the pipeline is named after the leaver'],
  ],
  [
    { account: 'AMoreau@corp.example' },
    ['the tool that keeps it calls AMoreau@corp.example signed in, a sign-in name of the leaver’s'],
  ],
  [{ account: 'amoreau-GH' }, ['the tool that keeps it calls amoreau-GH signed in, the leaver’s login']],
  [{ account: 'perhaps-gh' }, ['the tool that keeps it calls perhaps-gh signed in, a login that may be the leaver’s']],
  [{ account: 'old-gh' }, ['the tool that keeps it calls old-gh signed in, a login that the leaver had before']],
  [
    { account: 'OTHER\\amoreau' },
    ['the tool that keeps it calls OTHER\\amoreau signed in, which is like the leaver’s name'],
  ],
];
test('each sign is told in words', () => {
  for (const [place, words] of WORDS) {
    const told = signsOfPlace({ container: pipeline, ...place }, person).map(({ why }) => why);
    assert.deepEqual(told, words, JSON.stringify(place));
  }
});

test('a person without a sign-in name made nothing that nobody is named for', () => {
  const { userPrincipalName: _, ...unnamed } = person.leaver;
  const of = (who: string) =>
    signsOfPlace({ container: pipeline, writtenBy: [who] }, { ...person, leaver: unnamed }).length;
  assert.deepEqual([of('undefined'), of(''), of('aad.mine')], [0, 0, 1]);
});
