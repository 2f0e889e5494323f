import type { Leaver } from '../../../../people/leaver.ts';
import { withoutShortCode, wordsOf } from '../../../../people/leaver-names.ts';

export interface NamedRunner {
  readonly name: string;
  /** Labels that somebody chose; `self-hosted`, `linux` and the like say nothing. */
  readonly customLabels: readonly string[];
}

/** Why a runner looks like the leaver's. GitHub names no owner, so that several signs have to agree. */
export interface RunnerSign {
  readonly strength: 'strong' | 'medium' | 'weak';
  readonly why: string;
}

export interface RunnerAttribution {
  /**
   * `leaver`: signs agree. `maybe`: one sign, or weak ones: somebody has to look. `unrelated`: no sign.
   */
  readonly verdict: 'leaver' | 'maybe' | 'unrelated';
  readonly score: number;
  readonly signs: readonly RunnerSign[];
}

const WEIGHT: Readonly<Record<RunnerSign['strength'], number>> = { strong: 3, medium: 2, weak: 1 };
/** Never one sign alone: a strong one and another, or two medium ones. */
const ENOUGH = 4;

/**
 * Whose a self-hosted runner is, by its name and labels. `laptop-amoreau` names amoreau; `laptop-amoreau-silva`
 * names somebody whose login begins like his, which is a weak sign at most.
 */
export function attributeRunner(
  runner: NamedRunner,
  leaver: Pick<Leaver, 'github' | 'displayName' | 'userPrincipalName'>,
): RunnerAttribution {
  const signs = [
    ...signsIn(runner.name, 'its name', leaver),
    ...runner.customLabels.flatMap((label) => signsIn(label, `the label ${label}`, leaver)),
  ];
  const score = signs.reduce((sum, { strength }) => sum + WEIGHT[strength], 0);
  const verdict = score >= ENOUGH && signs.length > 1 && sure(signs) ? 'leaver' : score > 0 ? 'maybe' : 'unrelated';
  return { verdict, score, signs };
}

/** Any number of weak signs stays weak: a name in common is not a person. */
function sure(signs: readonly RunnerSign[]): boolean {
  return signs.some(({ strength }) => strength !== 'weak');
}

function signsIn(
  text: string,
  where: string,
  { github, displayName, userPrincipalName }: Pick<Leaver, 'github' | 'displayName' | 'userPrincipalName'>,
): RunnerSign[] {
  const words = wordsOf(text);
  // Nobody names a machine with the short code that GitHub adds to managed accounts.
  for (const login of new Set(github.flatMap(({ login }) => [login, withoutShortCode(login)]))) {
    const at = indexOfRun(words, wordsOf(login));
    if (at === -1) continue;
    const around = [...words.slice(0, at), ...words.slice(at + wordsOf(login).length)];
    return around.every(isPlain)
      ? [{ strength: 'medium', why: `${where} is the login ${login}` }]
      : [{ strength: 'weak', why: `${where} contains the login ${login} among other names` }];
  }
  const names = wordsOf((userPrincipalName ?? '').replace(/@.*$/, ''));
  const signInName = `${where} is the person’s sign-in name`;
  if (names.length > 1 && indexOfRun(words, names) !== -1) return [{ strength: 'medium', why: signInName }];
  const parts = wordsOf(displayName ?? '').filter((part) => part.length > 2);
  const shared = parts.filter((part) => words.includes(part));
  if (parts.length > 1 && shared.length === parts.length) {
    return [{ strength: 'medium', why: `${where} has the person’s whole name` }];
  }
  // One word may be anybody's: it only raises the question.
  if (indexOfRun(words, names) !== -1) return [{ strength: 'weak', why: signInName }];
  return shared.map((part) => ({ strength: 'weak', why: `${where} has “${part}”, a part of the person’s name` }));
}

/** Words that say what a machine is, not whose. */
const PLAIN = new Set(
  (
    'laptop notebook desktop workstation pc mac macbook mbp mini imac studio thinkpad dell linux ubuntu debian windows ' +
    'win macos wsl vm host server box machine runner ci gha github actions agent build dev test home office work x64 ' +
    'arm64 amd64 self hosted local my at s'
  ).split(' '),
);

function isPlain(word: string): boolean {
  return PLAIN.has(word) || /^\d+$/.test(word);
}

/** Where a run of words stands in others, or -1. */
function indexOfRun(words: readonly string[], run: readonly string[]): number {
  if (run.length === 0) return -1;
  return words.findIndex((_, at) => run.every((word, offset) => words[at + offset] === word));
}
