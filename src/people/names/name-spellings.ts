import { folded } from './folded-words.ts';
import { withoutShortCode, wordsOf } from './leaver-names.ts';
import { shortFormsOf } from './short-names.ts';
import { fullNamesOf, latinNamesOf, type NamedPerson, spellable } from './whole-names.ts';

/** A spelling of the person's name, in words; `whole`: with given and family name, or as the firm calls the account. */
export interface Spelling {
  readonly words: readonly string[];
  readonly what: string;
  readonly whole: boolean;
  /** Machines are called by its beginning too: `dloomb` for Daniel Loomberg. One part of a name alone would be anybody's. */
  readonly cuts: boolean;
  /** So many people are called like that, that it counts among words that say what a thing is and nowhere else. */
  readonly common?: true;
  /** The given name alone, which many have. */
  readonly given?: true;
}

/** A name of two letters is a word of many things: it counts only among words that say what a machine is. */
export const SHORTEST_ALONE = 3;

/** Shorter ones with a letter behind are other words: `boe`, `lik`. */
const SHORTEST_WITH_INITIAL = 3;

/** A single letter is nobody's name. */
const SHORTEST = 2;

/**
 * Every spelling that machines and accounts get. A login is whole only where the person's name or address in Entra,
 * which they do not choose, gives the same.
 */
export function spellingsOf(person: NamedPerson): readonly Spelling[] {
  const known = SPELLINGS.get(person);
  if (known !== undefined) return known;
  const made = madeOf(person);
  SPELLINGS.set(person, made);
  return made;
}

/** Thousands of names are compared with one person. */
const SPELLINGS = new WeakMap<NamedPerson, readonly Spelling[]>();

function madeOf(person: NamedPerson): Spelling[] {
  const given = [person.userPrincipalName, person.mail, person.onPremises?.samAccountName];
  const addresses = given.flatMap((each) => (each === undefined ? [] : spellable(each.split('@')[0])));
  const locals = [...new Set(addresses.map((each) => wordsOf(folded(each)).join(' ')))].map((each) => each.split(' '));
  const derived = [...fullNamesOf(person.displayName), ...locals].flatMap(derivedFrom);
  const latin = latinNamesOf(person.displayName)
    .flatMap(derivedFrom)
    .map((each) => ({ ...each, whole: false, what: `${each.what} in Latin letters` }));
  const byFirm = new Set([...derived.map(({ words }) => words), ...locals].map((words) => words.join('')));
  const logins = person.github
    .map(({ login }) => spellable(login))
    .flatMap((login) => [login, withoutShortCode(login)]);
  const named = [
    ...locals.map((words) => ({ words, what: 'sign-in name', whole: true, cuts: true })),
    ...[...new Set(logins)].map((login) => {
      const words = wordsOf(folded(login));
      return { words, what: `login ${login}`, whole: byFirm.has(words.join('')), cuts: true };
    }),
  ];
  const all = [...named, ...derived, ...latin, ...shortened(person)];
  const distinct = new Map(all.map((each) => [JSON.stringify(each), each]));
  return [...distinct.values()].filter(({ words }) => words.join('').length >= SHORTEST);
}

/** `Sasha` and `Sasha Moreau`, of Alexander Moreau. */
function shortened({ displayName, givenName }: NamedPerson): Spelling[] {
  const names = [...fullNamesOf(displayName), ...latinNamesOf(displayName)];
  return names.flatMap(([first = '', ...family]) => {
    const last = family.at(-1);
    const given = [...fullNamesOf(givenName), ...latinNamesOf(givenName)];
    const firsts = new Set([first, ...given.map(([word = '']) => word)]);
    return [...firsts].flatMap(shortFormsOf).flatMap((short): Spelling[] => {
      const alone = { words: [short], what: `short form ${short} of the given name`, whole: false, cuts: false };
      if (last === undefined) return [{ ...alone, common: true }];
      const what = `short form ${short} of the given name with the family name`;
      const both = { what, whole: false, cuts: false };
      return [
        { ...alone, common: true },
        { ...both, words: [short, last] },
        { ...both, words: [last, short] },
        ...withInitial(short, last, 'short form of the given name'),
      ];
    });
  });
}

function derivedFrom(parts: readonly string[]): Spelling[] {
  const [given = '', ...family] = parts;
  const last = family.at(-1);
  if (last === undefined) return [];
  const initial = given.slice(0, 1);
  const families = [...new Set([last, family.join('')])];
  return [
    ...families.flatMap((name): Spelling[] => [
      { words: [given, name], what: 'whole name', whole: true, cuts: true },
      { words: [name, given], what: 'whole name', whole: true, cuts: true },
      { words: [initial + name], what: 'initial and family name', whole: false, cuts: true },
      { words: [name + initial], what: 'family name and initial', whole: false, cuts: true },
      { words: [name], what: 'family name', whole: false, cuts: false },
    ]),
    { words: [given], what: 'given name', whole: false, cuts: false, given: true },
    ...withInitial(given, last, 'given name'),
    ...severalGiven(parts),
  ];
}

/** `alexm` of Alex Moreau. */
function withInitial(given: string, last: string, what: string): Spelling[] {
  if (given.length < SHORTEST_WITH_INITIAL) return [];
  return [{ words: [given + last.slice(0, 1)], what: `${what} and the family’s initial`, whole: false, cuts: false }];
}

/** `jlpicard`, `jeanluc`, `jeanlucp` and `jlp` of Jean-Luc Picard; of three names nobody knows which are given ones. */
function severalGiven(parts: readonly string[]): Spelling[] {
  const [last = '', ...others] = parts.toReversed();
  const given = others.toReversed();
  if (given.length < 2) return [];
  const initials = given.map((part) => part.slice(0, 1)).join('');
  const joined = given.join('');
  const part = { whole: false, cuts: false };
  return [
    { ...part, words: [initials + last], what: 'initials and the family name', cuts: true },
    { ...part, words: [last + initials], what: 'family name and the initials' },
    { ...part, words: [joined], what: 'given names' },
    ...withInitial(joined, last, 'given names'),
    { ...part, words: [initials + last.slice(0, 1)], what: 'initials', common: true },
  ];
}
