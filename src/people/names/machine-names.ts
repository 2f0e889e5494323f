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
