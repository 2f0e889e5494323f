import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameSign } from '../../../src/people/names/machine-names.ts';
import type { NamedPerson } from '../../../src/people/names/whole-names.ts';

const called = (displayName: string, more: Partial<NamedPerson> = {}): NamedPerson => ({
  ...{ displayName, github: [] },
  ...more,
});
const ALEX = called('Alex Moreau');
const DANIEL = called('Daniel Loomberg', { userPrincipalName: 'dloomberg@corp.example' });
const EIGHT = called('', { userPrincipalName: 'qmoreaux@corp.example' });
const SHORT = called('Bo Silva Costa Ek');
const OCTO = called('Alex Moreau', { github: [{ login: 'alex', id: 1, source: 'github', confidence: 'proved' }] });

const SIGNS: readonly (readonly [text: string, person: NamedPerson, sign: string | undefined])[] = [
  ['alex-moreau-mbp', ALEX, 'medium: is named after the whole name'],
  ['moreau-alex', ALEX, 'medium: is named after the whole name'],
  ['AlexMoreauPC', ALEX, 'medium: is named after the whole name'],
  ['alexmoreaus', ALEX, 'medium: is named after the whole name'],
  ['alex-moreau', OCTO, 'medium: is named after the whole name'],
  ['alex-moreau-silva', ALEX, 'weak: has the whole name among other words'],
  ['amoreau-pc', ALEX, 'weak: has the initial and family name'],
  ['alex-silva', ALEX, 'weak: has the given name'],
  ['alexs-macbook-pro', ALEX, 'weak: has the given name'],
  ['alexspc', ALEX, 'weak: has what may be the given name'],
  ['moreaux', ALEX, undefined],
  ['dloomb-x', DANIEL, 'weak: has what may be the sign-in name'],
  ['DESKTOP-XY-DLOO', DANIEL, 'weak: has what may be the sign-in name'],
  ['DESKTOP-X-DLOO', DANIEL, undefined],
  ['dlo-XXXXXXXXXXX', DANIEL, undefined],
  ['dloombergx', DANIEL, 'weak: has what may be the sign-in name'],
  ['xqmoreaux', EIGHT, 'weak: has what may be the sign-in name'],
  ['xamoreau', called('', { userPrincipalName: 'amoreau@corp.example' }), undefined],
  ['lee-x', called('Bob Lee'), 'weak: has the family name'],
  ['lees-pc', called('Bob Lee'), 'weak: has what may be the family name'],
  ['lees-x', called('Bob Lee'), undefined],
  ['bo-pc', SHORT, 'weak: has the given name'],
  ['bo-x', SHORT, undefined],
  ['bos-pc', SHORT, 'weak: has what may be the given name'],
  ['silva-costa-x', SHORT, 'medium: has the person’s whole name'],
  ['costa-x', SHORT, 'weak: has “costa”, a part of the person’s name'],
  ['silva-x', called('Bo Silva Ek'), 'weak: has “silva”, a part of the person’s name'],
  ['gans-mor', called('Ганс Мор'), 'weak: has the whole name in Latin letters'],
];
for (const [text, person, sign] of SIGNS) {
  const who = person.displayName || person.userPrincipalName;
  test(`a machine ${text} of ${who}: ${sign ?? 'no sign'}`, () => {
    const found = nameSign(text, person);
    assert.equal(found && `${found.strength}: ${found.why}`, sign);
  });
}
