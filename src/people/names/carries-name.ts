import { camelSplit, folded } from './folded-words.ts';
import { leaverNames, type NamedAfter, namedAfter, isPlain as saysWhat, wordsOf } from './leaver-names.ts';
import { SHORTEST_ALONE, type Spelling, spellingsOf } from './name-spellings.ts';
import { isPlain, isWord } from './plain-words.ts';
import type { NamedPerson } from './whole-names.ts';

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
