import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { becauseOf, coverageOf, NOTHING_READ } from '../../../src/cases/coverage/coverage-of.ts';
import { isPerson } from '../../../src/connectors/github/people/external-identities.ts';
import { type Answer, accountsAnswered, answerInWords, closingAnswer } from '../../../src/people/answers/answers.ts';
import { howToAnswer, saidBy, waitingIn } from '../../../src/people/answers/answers-in-words.ts';
import type { Confidence } from '../../../src/people/evidence/evidence.ts';
import type { Memory } from '../../../src/people/evidence/remembered.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { SignOnPeople } from './organisation-people.ts';
import { type PeopleRead, provedAccounts } from './read-github-people.ts';

/**
 * How completely it is known which accounts of an organisation are the person's: only where every account is proved to
 * be somebody's can none be missing.
 */
export function coverageOfPeople(
  { organisation, people, failure }: PeopleRead,
  open: ReadonlyMap<number, Confidence>,
  memory: Memory | undefined,
  answers: readonly Answer[],
  { oid, blockedBy }: Leaver,
  now: Date,
): Coverage {
  const source = `identity/github:${organisation}`;
  if (people === undefined) return coverageOf(source, { ...NOTHING_READ, unit: 'accounts' }, [failure]);
  const proved = provedAccounts(people, memory, now);
  const said = accountsAnswered('github', answers);
  const unproved = people.accounts.filter(
    (account) =>
      isPerson(account) &&
      !proved.has(account.id) &&
      !said.has(String(account.id)) &&
      open.get(account.id) !== 'proved',
  );
  const looked = { asked: people.accounts.length, count: people.accounts.length - unproved.length, unit: 'accounts' };
  if (people.failure !== undefined) return coverageOf(source, looked, [people.failure]);
  const answered = answeredIn(people, open, { oid, answers, unproved: unproved.length, said, proved });
  if (answered !== undefined) return { source, state: 'complete', looked, detail: answered };
  const waits = waitingIn(answers, { oid, vendor: 'github', organisation });
  if (people.provider === 'none') {
    const detail =
      `${organisation} has no single sign-on of its own: it is the enterprise’s, or there is none. No GitHub App may ` +
      `read an enterprise’s. Give the organisation single sign-on, or answer which accounts are the person’s: ${howToAnswer('github')}${waits}`;
    return { source, state: 'unavailable', looked, detail };
  }
  if (people.accounts.length === 0) {
    const detail = `GitHub showed no account of ${organisation} at all, and every organisation has an owner: the list was not whole.`;
    return { source, state: 'partial', looked, detail };
  }
  if (unproved.length === 0) return { source, state: 'complete', looked };
  const alike = unproved.filter(({ id }) => open.has(id)).length;
  const { length } = people.accounts;
  const detail =
    `${unproved.length} of ${length} accounts of ${organisation} belong to nobody provable, ${alike} of them ` +
    `${alike === 1 ? 'resembles' : 'resemble'} the person.${waits}`;
  return becauseOf(blockedBy?.person, { source, state: 'partial', looked, detail });
}

/** How people answered for an organisation what no source tells; undefined where their answers leave something open. */
function answeredIn(
  { organisation, accounts }: SignOnPeople,
  open: ReadonlyMap<number, Confidence>,
  { oid, answers, unproved, said, proved }: Answered,
): string | undefined {
  if (accounts.length === 0) return undefined;
  const here = new Set(accounts.map(({ id }) => id));
  const theirs = [...open].flatMap(([id, confidence]) =>
    confidence === 'proved' || confidence === 'likely' ? id : [],
  );
  const [held, elsewhere] = [theirs.filter((id) => here.has(id)), theirs.filter((id) => !here.has(id))].map((ids) =>
    ids.map(String),
  ) as [string[], string[]];
  const closed = closingAnswer(oid, { vendor: 'github', organisation, held, elsewhere }, answers);
  if (closed !== undefined) return `Answered: ${saidBy(closed)} That is ${answerInWords(closed)}.`;
  const bySaid = accounts.filter(({ id }) => said.has(String(id)) && !proved.has(id)).length;
  if (unproved > 0 || bySaid === 0) return undefined;
  return `Answered: of ${bySaid} of ${accounts.length} accounts of ${organisation} two people said whose they are, or that they are a service’s.`;
}

interface Answered {
  readonly oid: Leaver['oid'];
  readonly answers: readonly Answer[];
  readonly unproved: number;
  readonly said: ReadonlySet<string>;
  readonly proved: ReadonlySet<number>;
}

/** Why no account is known that may be searched for: there is none, or nobody could tell. */
export function noAccount(coverage: readonly Coverage[]): NonNullable<Leaver['noGitHubAccount']> | undefined {
  if (coverage.length === 0) return undefined;
  const gaps = coverage.filter(({ state }) => state !== 'complete');
  if (gaps.length === 0) {
    const answered = coverage.flatMap(({ detail }) => detail ?? []);
    const why = 'Every account of the organisations is proved to be somebody else’s.';
    return { because: 'has-none', why: answered.length === 0 ? why : answered.join(' ') };
  }
  return { because: 'unknown', why: gaps.map(({ detail }) => detail ?? '').join(' ') };
}
