import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spellingsOf } from '../../../src/people/names/name-spellings.ts';
import type { NamedPerson } from '../../../src/people/names/whole-names.ts';

/** Each spelling with what it is, and what it is worth. */
const told = (person: NamedPerson): string[] =>
  spellingsOf(person).map(({ words, what, ...worth }) =>
    [`${words.join(' ')}: ${what}`, ...Object.entries(worth).flatMap(([flag, is]) => (is ? [flag] : []))].join(', '),
  );

test('the spellings of somebody with a name at sign-in and a managed login, each with what it is worth', () => {
  const person: NamedPerson = {
    displayName: 'Quirin Moreau',
    userPrincipalName: 'q.moreau@corp.example',
    github: [{ login: 'jenkins_acme', id: 1, source: 'github', confidence: 'proved' }],
  };
  const all = told(person);
  assert.deepEqual(all.slice(0, 16), [
    'q moreau: sign-in name, whole, cuts',
    'jenkins acme: login jenkins_acme, cuts',
    'jenkins: login jenkins, cuts',
    'quirin moreau: whole name, whole, cuts',
    'moreau quirin: whole name, whole, cuts',
    'qmoreau: initial and family name, cuts',
    'moreauq: family name and initial, cuts',
    'moreau: family name',
    'quirin: given name, given',
    'quirinm: given name and the family’s initial',
    'q moreau: whole name, whole, cuts',
    'moreau q: whole name, whole, cuts',
    'qui: short form qui of the given name, common',
    'qui moreau: short form qui of the given name with the family name',
    'moreau qui: short form qui of the given name with the family name',
    'quim: short form of the given name and the family’s initial',
  ]);
  assert.equal(spellingsOf(person), spellingsOf(person), 'made once, however many names are compared');
});

test('of several given names the first, all of them and their initials are used', () => {
  assert.deepEqual(told({ displayName: 'Xy-Luc Picard', github: [] }), [
    'xy picard: whole name, whole, cuts',
    'picard xy: whole name, whole, cuts',
    'xpicard: initial and family name, cuts',
    'picardx: family name and initial, cuts',
    'picard: family name',
    'xy lucpicard: whole name, whole, cuts',
    'lucpicard xy: whole name, whole, cuts',
    'xlucpicard: initial and family name, cuts',
    'lucpicardx: family name and initial, cuts',
    'lucpicard: family name',
    'xy: given name, given',
    'xlpicard: initials and the family name, cuts',
    'picardxl: family name and the initials',
    'xyluc: given names',
    'xylucp: given names and the family’s initial',
    'xlp: initials, common',
  ]);
});

test('a name in other letters is whole in its own ones alone', () => {
  const all = told({ displayName: 'Ганс Мор', github: [] });
  for (const one of [
    'ганс мор: whole name, whole, cuts',
    'hans mor: whole name in Latin letters, cuts',
    'gans: given name in Latin letters, given',
    'mor: family name in Latin letters',
    'john: short form john of the given name, common',
  ])
    assert.ok(all.includes(one), one);
});

test('of a name of one word only its short forms are spelled, and of three letters the family’s initial goes with it', () => {
  assert.deepEqual(told({ displayName: 'Quiri', github: [] }), [
    'qui: short form qui of the given name, common',
    'quir: short form quir of the given name, common',
  ]);
  assert.deepEqual(told({ displayName: '', github: [] }), []);
  assert.ok(told({ displayName: 'Bob Lee', github: [] }).includes('bobl: given name and the family’s initial'));
});

test('a given name that the directory tells by itself has its short forms too', () => {
  const all = told({ displayName: 'Moreau, Q.', givenName: 'Robert', github: [] });
  assert.ok(all.includes('bob moreau: short form bob of the given name with the family name'), all.join('; '));
});
