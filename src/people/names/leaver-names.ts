import type { Leaver } from '../leaver.ts';

/**
 * The longest name that a directory holds: Entra's display names have 256 characters at most, all other names fewer
 * (https://learn.microsoft.com/en-us/graph/api/resources/user). What is longer is compared by its beginning or not at all.
 */
export const LONGEST_NAME = 256;

/**
 * The names under which a person logs in to machines: the local part of UPN and mail, the account name on premises, and
 * the GitHub login, without the short code that managed accounts carry. Lower case.
 */
export function leaverNames(
  leaver: Pick<Leaver, 'userPrincipalName' | 'mail' | 'onPremises' | 'github'>,
): ReadonlySet<string> {
  const given = [leaver.userPrincipalName, leaver.mail, leaver.onPremises?.samAccountName];
  const addresses = given.flatMap((address) => address?.split('@')[0] ?? []);
  const logins = leaver.github.flatMap(({ login }) => [login, withoutShortCode(login)]);
  return new Set([...addresses, ...logins].map((name) => name.toLowerCase()).filter(isComparable));
}

function isComparable(name: string): boolean {
  return name.length > 2 && name.length <= LONGEST_NAME;
}

/** The login of a managed account as its holder knows it: `amoreau_acme` is `amoreau`. */
export function withoutShortCode(login: string): string {
  return login.replace(/_[a-z0-9]{3,8}$/i, '');
}

/**
 * How something that people named freely carries a person's name. `theirs`: `AMOREAU_TOKEN`, `laptop-amoreau`.
 * `among-others`: with other words behind the name, which may be the rest of somebody else's: `AMOREAU_SILVA_TOKEN`.
 */
export type NamedAfter = 'theirs' | 'among-others' | 'no';

export function namedAfter(text: string, names: ReadonlySet<string>): NamedAfter {
  const words = wordsOf(text);
  const ends = [...names].flatMap((name) => endsOf(name, words));
  if (ends.length === 0) return 'no';
  const lastOther = words.findLastIndex((word) => !isPlain(word));
  return ends.some((end) => end > lastOther) ? 'theirs' : 'among-others';
}

/** Whether an account of a machine or of another issuer is called like the person: `AlexMoreau` is `alex.moreau`. */
export function isNameOf(account: string, names: ReadonlySet<string>): boolean {
  const joined = wordsOf(account).join('');
  return joined !== '' && [...names].some((name) => wordsOf(name).join('') === joined);
}

/** The word behind the name, for each place where the name stands: written apart or in one word. */
function endsOf(name: string, words: readonly string[]): number[] {
  const parts = wordsOf(name);
  const spellings = parts.length > 1 ? [parts, [parts.join('')]] : [parts];
  return spellings
    .filter((run) => run.length > 0)
    .flatMap((run) =>
      words.flatMap((_, at) => (run.every((word, offset) => words[at + offset] === word) ? [at + run.length] : [])),
    );
}

/** Words behind a name that say what a thing is, and are not a family name. */
const PLAIN = new Set(
  (
    'token tokens pat key keys secret secrets password passwd pwd pass credential credentials cred creds auth bearer jwt ' +
    'oauth sso ssh api access refresh personal classic login user account npm npmrc github gh git gitlab azure devops ado ' +
    'az entra aws openai anthropic claude docker registry nuget pypi feed artifacts mcp gateway deploy release build ci ' +
    'cd read write rw ro dev test testing stage staging prod production env environment var variable old new tmp temp ' +
    'backup my own id value config settings pipeline workflow nightly group agent runner laptop notebook desktop ' +
    'workstation pc mac macbook mbp mini linux ubuntu windows win macos wsl vm host server box machine home office work ' +
    'local yml yaml json'
  ).split(' '),
);

/** Whether a word says what a thing is, for example which secret, and is nobody's name. */
export function isPlain(word: string): boolean {
  return PLAIN.has(word) || /^\d+$/.test(word);
}

/** The words of a text in lower case, without what stands between them. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
