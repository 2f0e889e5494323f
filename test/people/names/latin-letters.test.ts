import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLatinLetters } from '../../../src/people/names/latin-letters.ts';

/** A name, and ways in which passports and people write it that must be among the spellings. */
const SPELLED: readonly (readonly [name: string, ...spellings: string[]])[] = [
  ['Юлия', 'yuliya', 'yulia', 'iuliia', 'julija', 'iulia'],
  ['Дмитрий', 'dmitriy', 'dmitrii', 'dmitry', 'dmitrij'],
  ['Олександр Гнатюк', 'oleksandr hnatiuk', 'oleksandr gnatyuk'],
  ['Їжак', 'yizhak'],
  ['Ганна Їжак', 'hanna yizhak'],
  ['Андрій Гнатюк', 'andrii hnatiuk'],
  ['Щербаков', 'shcherbakov', 'schtscherbakow', 'shterbakov'],
  ['Ђорђе', 'djordje'],
  ['Жанна', 'zhanna', 'zanna', 'schanna'],
  ['Ёлкин', 'yolkin', 'elkin'],
  ['Γιώργος', 'giorgos'],
  ['Χρήστος', 'christos', 'hrestos'],
  ['Βασίλης', 'vasilis'],
];
for (const [name, ...spellings] of SPELLED) {
  test(`${name} is written ${spellings.join(', ')}`, () => {
    const found = inLatinLetters(name);
    assert.deepEqual(
      spellings.filter((each) => !found.includes(each)),
      [],
      found.join(', '),
    );
    assert.equal(new Set(found).size, found.length, 'each once');
  });
}

test('a name in Latin letters has no other spelling, and one with letters of no system has none that keeps them', () => {
  assert.deepEqual(inLatinLetters('Alex Moreau'), []);
  assert.deepEqual(inLatinLetters(''), []);
  // A letter of Abkhaz is in no system.
  assert.deepEqual(inLatinLetters('Ҩ'), []);
});

test('no spelling is in capitals, and what is no letter stays', () => {
  assert.ok(inLatinLetters('Анна-Мария').includes('anna-mariya'));
  assert.ok(inLatinLetters('Анна-Мария').includes('anna-maria'));
});
