import { folded, withoutDigits } from './folded-words.ts';
import { wordsOf } from './leaver-names.ts';
import type { NameSign } from './machine-names.ts';
import { SHORTEST_ALONE, spellingsOf } from './name-spellings.ts';
import { isPlain } from './plain-words.ts';
import type { NamedPerson } from './whole-names.ts';

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
