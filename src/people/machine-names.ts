import { camelSplit, folded, withoutDigits } from './folded-words.ts';
import { wordsOf } from './leaver-names.ts';
import { SHORTEST_ALONE, type Spelling, spellingsOf } from './name-spellings.ts';
import { isPlain, isWord } from './plain-words.ts';
import { type NamedPerson, wholeNamesOf } from './whole-names.ts';

/**
 * That something carries a person's name. `medium`: a name that few others can have, alone or among words that say what
 * a thing is. `weak`: a part of the name, an inflection, or a name among others: it may be a colleague's.
 */
export interface NameSign {
  readonly strength: 'medium' | 'weak';
  readonly why: string;
}

/** The sign in something that people named freely: a machine, a label. Of several the strongest. */
export function nameSign(text: string, person: NamedPerson): NameSign | undefined {
  const plain = folded(text);
  const readings = [wordsOf(plain), wordsOf(folded(camelSplit(text)))];
  const signs = spellingsOf(person).flatMap((spelling) =>
    readings.flatMap((words) => signIn(words, plain, spelling) ?? []),
  );
  return signs.find(({ strength }) => strength === 'medium') ?? signs[0] ?? partsSign(readings, person);
}

<<<<<<< HEAD
=======
/**
 * How the name of a variable, a capability or what it stands in carries a person's name, by the same spellings as names
 * of machines. `perhaps`: a name that others may have too (a given name, the family's), among words that say what a
 * thing is and nothing else. Many given names are words of software, so that one of those says something of a secret
 * alone: `MAX_GITHUB_PAT`, and not `MAX_TOKENS`.
 */
export function carriesName(text: string, person: NamedPerson): NamedAfter | 'perhaps' {
  const known = namedAfter(text, leaverNames(person));
  if (known === 'theirs') return known;
  const readings = [wordsOf(folded(text)), wordsOf(folded(camelSplit(text)))];
  const carried = readings.flatMap((words) => {
    const joined = words.join(' ');
    return spellingsOf(person).flatMap((spelling) => carriedBy(words, joined, spelling));
  });
  const best = (['theirs', 'perhaps', 'among-others'] as const).find((each) => carried.includes(each));
  return best ?? known;
}

function carriedBy(
  words: readonly string[],
  text: string,
  { words: name, whole, given, common }: Spelling,
): (NamedAfter | 'perhaps')[] {
  const joined = name.join('');
  const many = given === true || common === true || joined.length < SHORTEST_ALONE;
  if (many && (isPlain(joined) || saysWhat(joined))) return [];
  return (name.length > 1 ? [name, [joined]] : [name]).flatMap((run) => {
    // Almost no text has it, and to look at each of its words costs many times as much.
    if (!run.every((word) => text.includes(word))) return [];
    const at = words.findIndex((_, start) =>
      run.every((word, offset) => isWord(words[start + offset], word) || isWord(words[start + offset], `${word}s`)),
    );
    if (at === -1) return [];
    const behind = words.slice(at + run.length);
    const isThing = (word: string): boolean => isPlain(word) || saysWhat(word);
    if (whole && !many) return [behind.every(isThing) ? 'theirs' : 'among-others'];
    const around = [...words.slice(0, at), ...behind];
    if (!around.every(isThing)) return [];
    return !many || around.some((word) => SECRETS.has(word)) ? ['perhaps'] : [];
  });
}

/** What a secret is called, and of which system it is. */
const SECRETS = new Set(
  (
    'token pat key secret password passwd pwd pass credential credentials cred creds auth bearer jwt oauth sso ssh ' +
    'apikey npm npmrc github gh gitlab azure devops ado entra aws openai anthropic claude docker registry nuget pypi mcp'
  ).split(' '),
);

/**
 * The sign in the name of an account, which is compared whole: `AlexMoreau` is `alex.moreau`, `amoreau-silva` is not
 * `amoreau`. `medium` where it is a name that the firm gave; a login is chosen by its holder, who may choose a service's.
 */
export function accountSign(account: string, person: NamedPerson): NameSign | undefined {
  const joined = wordsOf(folded(account)).join('');
  if (joined.length < 3) return undefined;
  const own = spellingsOf(person).filter(({ given, common }) => given !== true && common !== true);
  const alike = own.filter(({ words }) => words.join('') === joined);
  const best = alike.find(({ whole }) => whole) ?? alike[0];
  if (best !== undefined) return { strength: best.whole ? 'medium' : 'weak', why: `is the ${best.what}` };
  const counted = own.find(({ words }) => words.join('') === withoutDigits(joined));
  return counted && { strength: 'weak', why: `is the ${counted.what} with a number` };
}

/**
 * The sign in an account that is called by a name which many have: the given name or a short form of it, or a name of
 * two letters. It is never more than weak, and nothing where the word says what kind of account it is.
 */
export function commonAccountSign(account: string, person: NamedPerson): NameSign | undefined {
  const joined = withoutDigits(wordsOf(folded(account)).join(''));
  if (isPlain(joined) || KINDS_OF_ACCOUNT.has(joined)) return undefined;
  const alike = spellingsOf(person).find(
    ({ words, given, common }) =>
      (given === true || common === true || joined.length < SHORTEST_ALONE) && words.join('') === joined,
  );
  return alike && { strength: 'weak', why: `is the ${alike.what}, which many may have` };
}

/**
 * The text without the name of another person's account, which may begin like the leaver's: an agent that runs as
 * `amoreau-silva` is called `build-amoreau-silva` after its account. An account of one word, or one that only adds what
 * kind of account it is (`adm-amoreau`), may be the leaver's own.
 */
export function withoutNameOf(account: string, text: string, person: NamedPerson): string {
  const words = wordsOf(folded(account));
  const own = new Set(spellingsOf(person).flatMap(({ words: some }) => some));
  const others = words.filter((word) => !own.has(word) && !isPlain(word) && !KINDS_OF_ACCOUNT.has(word));
  if (words.length < 2 || others.length === 0) return text;
  const all = wordsOf(folded(text));
  const at = all.findIndex((_, start) => words.every((word, offset) => all[start + offset] === word));
  return at === -1 ? text : all.toSpliced(at, words.length).join('-');
}

const KINDS_OF_ACCOUNT = new Set(
  'adm admin administrator sa svc service priv ext external user usr root test t0 t1'.split(' '),
);

/** Words that say what a machine is, not whose. */
const PLAIN = new Set(
  (
    'laptop notebook desktop workstation pc mac macbook mbp mba imac mini studio thinkpad surface dell lenovo hp linux ' +
    'ubuntu debian windows win macos wsl vm host server box machine runner ci gha github actions agent build dev test ' +
    'home office work x64 arm64 amd64 self hosted local my at s air pro desk lt dt ws nb the of new old'
  ).split(' '),
);

function isPlain(word: string): boolean {
  return PLAIN.has(word) || PLAIN.has(withoutDigits(word)) || withoutDigits(word) === '';
}

>>>>>>> w-at
function signIn(
  words: readonly string[],
  text: string,
  { words: name, what, whole, cuts, common }: Spelling,
): NameSign | undefined {
  const joined = name.join('');
  const short = joined.length < SHORTEST_ALONE || common === true;
  if (short && isPlain(joined)) return undefined;
  for (const run of name.length > 1 ? [name, [name.join('')]] : [name]) {
    if (!run.every((each) => words.some((word) => word.includes(each)))) continue;
    const at = words.findIndex((_, start) => run.every((word, offset) => isWord(words[start + offset], word)));
    if (at === -1) continue;
    const around = [...words.slice(0, at), ...words.slice(at + run.length)];
    if (short && !around.every(isPlain)) continue;
    if (whole && !short && around.every(isPlain)) return { strength: 'medium', why: `is named after the ${what}` };
    return { strength: 'weak', why: `has the ${what}${whole ? ' among other words' : ''}` };
  }
  const inflected = words.some((word, at) =>
    short || joined.length < 4
      ? word === `${joined}s` && words.toSpliced(at, 1).every(isPlain)
      : isInflected(withoutDigits(word), joined, text, cuts),
  );
  return inflected ? { strength: 'weak', why: `has what may be the ${what}` } : undefined;
}

/** macOS and Windows cut and inflect names: `Alexs-MacBook-Pro`, `DESKTOP-ZHENRIK` of 15 characters at most. */
function isInflected(word: string, name: string, text: string, cuts: boolean): boolean {
  if (isWord(word, `${name}s`)) return true;
  if (!cuts) return false;
  const cut = word.length < name.length && name.startsWith(word);
  if (cut && !isPlain(word) && (word.length >= 6 || (word.length >= 4 && text.length >= NETBIOS))) return true;
  return name.length >= 8 && word.length > name.length && word.includes(name);
}

/** The length at which Windows cuts the name of a machine. */
const NETBIOS = 15;

/** The whole name in another order, or with others between; else a part of it, which may be anybody's. */
function partsSign(readings: readonly (readonly string[])[], person: NamedPerson): NameSign | undefined {
  const names = wholeNamesOf(person);
  for (const { words, full, sure } of readings.flatMap((each) => names.map((name) => ({ words: each, ...name })))) {
    const parts = full.filter((part) => part.length > 2);
    const there = parts.filter((part) => words.some((word) => isWord(word, part)));
    if (sure && parts.length > 1 && there.length === parts.length)
      return { strength: 'medium', why: 'has the person’s whole name' };
    const [part] = there;
    if (part !== undefined) return { strength: 'weak', why: `has “${part}”, a part of the person’s name` };
  }
  return undefined;
}
<<<<<<< HEAD
=======

/**
 * Every spelling that machines and accounts get. A login is whole only where the person's name or address in Entra,
 * which they do not choose, gives the same.
 */
function spellingsOf(person: NamedPerson): readonly Spelling[] {
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
    const firsts = new Set([first, ...given.flatMap(([word]) => word ?? [])]);
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
  const given = parts[0];
  if (given === undefined) return [];
  const family = parts.slice(1);
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

/** `Moreau, Alex (External)` is `alex moreau`; Müller is written Muller or Mueller, so that there may be two. */
function fullNamesOf(displayName: string | undefined): string[][] {
  const plain = spellable(displayName).replace(/\([^)]*\)/g, ' ');
  const [family = '', given] = plain.split(',');
  const name = given === undefined ? family : `${given} ${family}`;
  const spelled = [folded(name), folded(spelledOut(name))].map((each) => wordsOf(each).join(' '));
  return [...new Set(spelled)].map((each) => each.split(' '));
}

/** What of a name is spelled: as much as a directory holds, so that there are as many spellings and no more. */
function spellable(name: string | undefined): string {
  return (name ?? '').slice(0, LONGEST_NAME);
}

interface WholeName {
  readonly full: readonly string[];
  /** Written as in the directory, and not in other letters. */
  readonly sure: boolean;
}

function wholeNamesOf(person: NamedPerson): readonly WholeName[] {
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
function latinNamesOf(name: string | undefined): string[][] {
  return inLatinLetters(spellable(name)).flatMap(fullNamesOf);
}

function spelledOut(name: string): string {
  const letters: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüøå]/g, (letter) => letters[letter] ?? letter);
}

/** Without accents, which names of machines do not have; lower case. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/æ/g, 'ae')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/[đð]/g, 'd')
    .replace(/þ/g, 'th')
    .replace(/œ/g, 'oe')
    .replace(/ı/g, 'i')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
}

function camelSplit(text: string): string {
  return text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
}

/** Without the digits at both ends. `(?<!\d)`: else each digit of a long number would be a beginning, and the work its square. */
function withoutDigits(word: string): string {
  return isDigit(word, 0) || isDigit(word, word.length - 1) ? word.replace(/^\d+|(?<!\d)\d+$/g, '') : word;
}

function isDigit(word: string, at: number): boolean {
  const code = word.charCodeAt(at);
  return code >= 48 && code <= 57;
}
>>>>>>> w-at
