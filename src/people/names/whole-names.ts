import type { Leaver } from '../leaver.ts';
import type { OfFirm } from './account-name.ts';
import { folded } from './folded-words.ts';
import { inLatinLetters } from './latin-letters.ts';
import { LONGEST_NAME, wordsOf } from './leaver-names.ts';

/** What is known of how a person is called. */
export type NamedPerson = Pick<Leaver, 'displayName' | 'givenName' | 'github' | 'othersAccounts'> & OfFirm;

/** `Moreau, Alex (External)` is `alex moreau`; Müller is written Muller or Mueller, so that there may be two. */
export function fullNamesOf(displayName: string | undefined): string[][] {
  const plain = spellable(displayName).replace(/\([^)]*\)/g, ' ');
  const [family = '', given] = plain.split(',');
  const name = given === undefined ? family : `${given} ${family}`;
  const spelled = [folded(name), folded(spelledOut(name))].map((each) => wordsOf(each).join(' '));
  return [...new Set(spelled)].map((each) => each.split(' '));
}

/** What of a name is spelled: as much as a directory holds, so that there are as many spellings and no more. */
export function spellable(name: string | undefined): string {
  return (name ?? '').slice(0, LONGEST_NAME);
}

interface WholeName {
  readonly full: readonly string[];
  /** Written as in the directory, and not in other letters. */
  readonly sure: boolean;
}

/** The person’s whole names, with the same in Latin letters. */
export function wholeNamesOf(person: NamedPerson): readonly WholeName[] {
  const known = WHOLE_NAMES.get(person);
  if (known !== undefined) return known;
  const names = [
    ...fullNamesOf(person.displayName).map((full) => ({ full, sure: true })),
    ...latinNamesOf(person.displayName).map((full) => ({ full, sure: false })),
  ];
  WHOLE_NAMES.set(person, names);
  return names;
}

const WHOLE_NAMES = new WeakMap<NamedPerson, readonly WholeName[]>();

/** The same of a name in Cyrillic or Greek letters, as it may be written in Latin ones. */
export function latinNamesOf(name: string | undefined): string[][] {
  return inLatinLetters(spellable(name)).flatMap(fullNamesOf);
}

function spelledOut(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa');
}
