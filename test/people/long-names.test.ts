import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountSign } from '../../src/people/names/account-signs.ts';
import { carriesName } from '../../src/people/names/carries-name.ts';
import { leaverNames, namedAfter } from '../../src/people/names/leaver-names.ts';
import { nameSign } from '../../src/people/names/machine-names.ts';
import { shortFormsOf } from '../../src/people/names/short-names.ts';
import type { NamedPerson } from '../../src/people/names/whole-names.ts';
import { mayBeProduction } from '../../src/steps/production.ts';

// Whoever names something decides how long it is. Work that grows with the square of a name takes minutes on these
// sizes, in which the process answers nobody; work that grows with the name takes milliseconds.
const LONG = 10_000;
const VERY_LONG = 30_000;
const ALEX: NamedPerson = {
  displayName: 'Alex Moreau',
  userPrincipalName: 'amoreau@corp.example',
  github: [],
};

test('a given name has few short forms, however long it is', () => {
  assert.deepEqual(shortFormsOf('henrike'), ['hen', 'henr', 'henri', 'henrik']);
  for (const length of [100, LONG]) {
    const letters = shortFormsOf('x'.repeat(length)).join('').length;
    assert.ok(letters < 3_000, `${letters} letters for a name of ${length}`);
  }
});

test('a name that no directory holds is not compared with the names of machines and secrets', () => {
  const name = 'x'.repeat(LONG);
  assert.deepEqual([...leaverNames({ userPrincipalName: `${name}@corp.example`, github: [] })], []);
  const person: NamedPerson = { displayName: name, userPrincipalName: `${name}@corp.example`, github: [] };
  assert.equal(nameSign('build-01', person), undefined);
  assert.equal(carriesName('NPM_TOKEN', person), 'no');
});

test('the name of a person is found in whatever is called by very long names', () => {
  for (const [filler, strength] of [
    [`a${'1'.repeat(VERY_LONG)}b`, 'weak'],
    ['a1'.repeat(VERY_LONG), 'weak'],
    ['x '.repeat(VERY_LONG), 'weak'],
    ['('.repeat(VERY_LONG), 'medium'],
  ] as const) {
    const text = `${filler} amoreau`;
    assert.equal(nameSign(text, ALEX)?.strength, strength, filler.slice(0, 4));
    assert.equal(carriesName(text, ALEX), 'theirs', filler.slice(0, 4));
    assert.equal(accountSign(filler, ALEX), undefined, filler.slice(0, 4));
    assert.equal(mayBeProduction(filler), true, filler.slice(0, 4));
  }
  const often = 'amoreau x '.repeat(VERY_LONG);
  assert.equal(namedAfter(often, new Set(['amoreau'])), 'among-others');
  assert.equal(namedAfter(`${often} amoreau token`, new Set(['amoreau'])), 'theirs');
});
