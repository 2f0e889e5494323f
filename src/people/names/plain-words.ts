import { withoutDigits } from './folded-words.ts';

/** Words that say what a machine is, not whose. */
const PLAIN = new Set(
  (
    'laptop notebook desktop workstation pc mac macbook mbp mba imac mini studio thinkpad surface dell lenovo hp linux ' +
    'ubuntu debian windows win macos wsl vm host server box machine runner ci gha github actions agent build dev test ' +
    'home office work x64 arm64 amd64 self hosted local my at s air pro desk lt dt ws nb the of new old'
  ).split(' '),
);

/** Whether the word says what a machine is, or is a number. */
export function isPlain(word: string): boolean {
  return PLAIN.has(word) || PLAIN.has(withoutDigits(word)) || withoutDigits(word) === '';
}

/** The word itself, with a number, or glued to a word that says what the machine is: `amoreau1`, `amoreaupc`. */
export function isWord(word: string | undefined, name: string): boolean {
  if (word === undefined) return false;
  const bare = withoutDigits(word);
  if (word === name || bare === name) return true;
  if (name.length < 4) return false;
  const before = bare.slice(0, bare.length - name.length);
  return (
    (bare.startsWith(name) && PLAIN.has(bare.slice(name.length))) ||
    // Behind a name an `s` is the genitive’s; in front of one it is the initial of somebody else: `samoreau`.
    (bare.endsWith(name) && before !== 's' && PLAIN.has(before))
  );
}
