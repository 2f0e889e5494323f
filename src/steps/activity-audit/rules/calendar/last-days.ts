import type { Leaver } from '../../../../people/leaver.ts';
import { type LocalDate, localDate } from './business-calendar.ts';

/** Who says when the last day was: whoever asked for the case (HR or an operator), or the directory. */
type Teller = 'request' | 'entra';
const TELLERS: Readonly<Record<Teller, string>> = { request: 'whoever asked for the case', entra: 'Entra' };

/** What is known of a person when the last day is looked for. */
export type Leaving = Partial<Pick<Leaver, 'state' | 'lastDay' | 'leaveAt' | 'deletedAt' | 'answeredLastDay'>>;

/** One date that somebody recorded. */
interface ToldDay {
  readonly day: LocalDate;
  /** To complete “told by …”. */
  readonly by: string;
  /** Why it is no departure, to complete “{day} is …”; absent where it may be one. */
  readonly refused?: string;
}

/** All dates that were told, and the one that judges. */
export interface LastDays {
  /** The earliest that may be the last day. */
  readonly known?: ToldDay;
  /** An account that is enabled has one that is still to come, and no other: nobody has left yet. */
  readonly toCome?: ToldDay;
  /** Those that name another day, refused ones among them. */
  readonly others: readonly ToldDay[];
}

/**
 * When the last day was, by everybody who told one.
 *
 * | date | account | what it is |
 * |---|---|---|
 * | in the past, or today | any, not deleted before it | may be the last day; of several the earliest judges |
 * | after the day of the deletion | deleted | the end of a contract: when the person left is not known |
 * | still to come | disabled, deleted or gone | the same: somebody ended the account before it |
 * | still to come | enabled | nobody has left yet |
 *
 * The earliest, because calls after it are looked at then, and a person can say that they were work. An answer that
 * counts judges before both, where it may be the last day at all.
 */
export function lastDays(leaver: Leaving, now: Date, timeZone: string): LastDays {
  const told: ToldDay[] = [
    ...(leaver.lastDay === undefined ? [] : [{ day: leaver.lastDay, teller: 'request' as const }]),
    ...(leaver.leaveAt === undefined ? [] : [{ day: recordedDay(leaver.leaveAt, timeZone), teller: 'entra' as const }]),
  ]
    .map(({ day, teller }) => toldDay(day, TELLERS[teller], leaver, now, timeZone))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const credible = told.filter(({ refused }) => refused === undefined);
  const today = localDate(now, timeZone);
  const known = credible.find(({ day }) => day <= today);
  const toCome = known === undefined ? credible[0] : undefined;
  const answered = leaver.answeredLastDay;
  const said = answered && toldDay(answered.day, answered.by, leaver, now, timeZone);
  if (said !== undefined && said.refused === undefined)
    return { [said.day <= today ? 'known' : 'toCome']: said, others: told.filter(({ day }) => day !== said.day) };
  const judges = known ?? toCome;
  return {
    ...(known === undefined ? {} : { known }),
    ...(toCome === undefined ? {} : { toCome }),
    others: [...told, ...(said === undefined ? [] : [said])].filter((each) => each.day !== judges?.day),
  };
}

/** Dates that were told and do not judge, in sentences; empty where there are none. */
export function othersSentence({ known, toCome, others }: LastDays): string {
  const said = others.map(
    ({ day, by, refused }) => `${capital(by)} says ${day}${refused === undefined ? '' : `, which is ${refused}`}.`,
  );
  const judged = (known ?? toCome) !== undefined && others.some(({ refused }) => refused === undefined);
  const answered = (known ?? toCome)?.by.startsWith('answer ') === true;
  const which = answered ? 'The answer counts.' : 'The earliest counts: find out which is right.';
  return [...said, ...(judged ? [which] : [])].join(' ');
}

/**
 * The day that an instant of the directory names on the business's clock. Systems that know only days write the last
 * minute of one in their own zone, mostly UTC: east of it that is tomorrow by the business's clock, and meant is today.
 */
export function recordedDay(leaveAt: string, timeZone: string): LocalDate {
  const local = localDate(new Date(leaveAt), timeZone);
  const [earlier = local] = [leaveAt.slice(0, 10), local].sort();
  return leaveAt.startsWith('T23:59', 10) ? earlier : local;
}

function toldDay(day: LocalDate, by: string, leaver: Leaving, now: Date, timeZone: string): ToldDay {
  const refused = whyRefused(day, leaver, now, timeZone);
  return { day, by, ...(refused === undefined ? {} : { refused }) };
}

function whyRefused(day: LocalDate, leaver: Leaving, now: Date, timeZone: string): string | undefined {
  const { state = 'active', deletedAt } = leaver;
  const deleted = deletedAt === undefined ? undefined : localDate(new Date(deletedAt), timeZone);
  if (deleted !== undefined && day > deleted) return `after the account was deleted (${deleted})`;
  if (day > localDate(now, timeZone) && state !== 'active' && state !== 'unreadable') {
    return `still to come, although the account is ${STATES[state]}`;
  }
  return undefined;
}

const STATES = { disabled: 'disabled', 'soft-deleted': 'deleted', gone: 'gone' } as const;

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
