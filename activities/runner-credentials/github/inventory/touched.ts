import * as z from 'zod';
import type { LoggedChange } from '../../../../src/connectors/github/audit-log/audit-log.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import { instant, text } from '../../../../src/shapes/primitives.ts';
import type { Untouched } from '../facts/read-again.ts';

/** Repositories that the audit log names, as names in small letters; null where nobody could tell. */
export const TouchedSchema = z.nullable(z.array(text));
export type Touched = Immutable<z.output<typeof TouchedSchema>>;

/** An entry that the log held when it was read, which it has to hold when it is read again. */
export const LogMarkSchema = z.strictObject({ id: text, at: instant });
export type LogMark = Immutable<z.output<typeof LogMarkSchema>>;

/** What was known of the log when something was read: when that was, and an entry that stood in it. */
export interface LogAsRead {
  readonly at: string;
  readonly mark?: LogMark | undefined;
}

/**
 * An entry may come late, and GitHub’s clock be behind ours: so much of what was read before is read again. For this log
 * GitHub names no time; of its other list of events it says up to six hours (docs.github.com/rest/activity/events).
 */
const OVERLAP_MS = 6 * 3_600_000;

/**
 * What the organisation's audit log names since then; null where there is none, where not all of it could be read, or
 * where the answer lacks an entry that stood in the log before: an empty answer, and one that leaves something out, look
 * like a quiet organisation. GitHub keeps entries for 180 days, so that one that has nothing newer is asked as if it had
 * no log.
 */
export async function readLog(
  client: Pick<GitHubOrganisation, 'loggedChanges'>,
  { at, mark }: LogAsRead,
): Promise<{ readonly touched: Touched; readonly newest?: LogMark }> {
  if (mark === undefined) return { touched: null };
  const since = Date.parse(at) - OVERLAP_MS;
  const { items, failure } = await client.loggedChanges(new Date(Math.min(since, Date.parse(mark.at))));
  if (failure !== undefined || !items.some(({ id }) => id === mark.id)) return { touched: null };
  const recent = items.filter((each) => Date.parse(each.at) >= since);
  const names = [...new Set(recent.flatMap(({ repositories }) => repositories))].sort();
  const newest = items.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
  return { touched: names, ...(newest === undefined ? {} : { newest: markOf(newest) }) };
}

/** The newest entry of the log today, by which the next reading is believed; undefined where there is none. */
export async function markToday(
  client: Pick<GitHubOrganisation, 'newestLogged'>,
  now: Date,
): Promise<LogMark | undefined> {
  const newest = await client.newestLogged(now);
  return newest.ok && newest.value !== undefined ? markOf(newest.value) : undefined;
}

function markOf({ id, at }: LoggedChange): LogMark {
  return { id, at };
}

/** Whether the log was read and names nothing of a repository. */
export function untouchedBy(organisation: string, touched: Touched): Untouched {
  if (touched === null) return () => false;
  const names = new Set(touched);
  return ({ name }) => !names.has(`${organisation}/${name}`.toLowerCase());
}
