import { type CaseRow, instanceIdOf, type RevisionCause } from '../case.ts';
import type { CaseId } from '../ids.ts';
import { type FollowUpSetting, followUpsFrom, leftAfter, withFollowUp } from './follow-up.ts';

type Attempts = Pick<CaseRow, 'attempts' | 'revisions'>;

/** Which attempt the row tells of, from 1: those that ended without a report stand on it, and those that filed one before. */
export function attemptOf({ attempts = [], revisions = [] }: Attempts): number {
  return attempts.length + revisions.length + 1;
}

/** Which report of the case the row tells of, from 1. */
export function revisionOf({ revisions = [] }: Pick<CaseRow, 'revisions'>): number {
  return revisions.length + 1;
}

/** How often this revision was begun. */
export function triesOf(row: Attempts): number {
  return attemptOf(row) - (row.revisions?.at(-1)?.attempt ?? 0);
}

/** The engine replaces an instance that has ended when its id is started again, so each attempt has an id of its own. */
export function attemptIdOf(caseId: CaseId, attempt: number): string {
  return attempt === 1 ? instanceIdOf(caseId) : `${instanceIdOf(caseId)}:attempt-${attempt}`;
}

/** What became of an attempt. */
export interface AttemptEnd {
  /** ISO instant. */
  readonly at: string;
  readonly why: string;
  /** When the next one begins; absent where there is none, and the case has failed. */
  readonly next?: string;
}

/**
 * The row once an attempt ended without a report. Its generation counts up, so that what the attempt left behind in a
 * queue changes nothing any more.
 */
export function endAttempt(row: CaseRow, { at, why, next }: AttemptEnd): CaseRow {
  const { attemptAt: _, ...rest } = row;
  const attempts = thatFit([...(row.attempts ?? []), { instanceId: row.instanceId, endedAt: at, why }]);
  const fenced = { ...rest, attempts, generation: (row.generation ?? 0) + 1 };
  if (next === undefined) return { ...fenced, state: 'failed', outcome: 'failed', failure: why };
  return { ...fenced, instanceId: attemptIdOf(row.caseId, attemptOf(fenced)), attemptAt: next };
}

/** Characters of JSON. A string property of Azure Table holds 64 KB, which are 32,768 UTF-16 units. */
const MAX_ATTEMPTS_LENGTH = 30_000;

/** How many there were counts, so that none may go: what the oldest ones say is in the log. */
function thatFit(attempts: NonNullable<CaseRow['attempts']>): NonNullable<CaseRow['attempts']> {
  let kept = attempts;
  for (let oldest = 0; oldest < attempts.length && JSON.stringify(kept).length > MAX_ATTEMPTS_LENGTH; oldest += 1)
    kept = kept.map((each, index) => (index === oldest ? { ...each, why: 'See the log.' } : each));
  return kept;
}

/** What a filed report says of its case, as the row repeats it. */
export type Filed = Required<Pick<CaseRow, 'filedAt' | 'outcome' | 'incident' | 'report'>> &
  Pick<CaseRow, 'readAgainAt' | 'notReadAgain' | 'compared' | 'awaiting'>;

/**
 * The row once the report of an attempt was filed: no other is to come, and none has failed it. The first report of a case
 * that cuts fixes when it is followed up.
 */
export function filedAs(row: CaseRow, filed: Filed, wanted: readonly FollowUpSetting[] = []): CaseRow {
  const { attemptAt: _, failure: __, awaiting: ___, ...rest } = row;
  const { awaiting = 0, ...told } = filed;
  // Whose leaving was taken back meanwhile is nobody's to follow up.
  const isFollowed = row.mode === 'apply' && revisionOf(row) === 1 && row.notReadAgain === undefined;
  const followUps = [...(row.followUps ?? []), ...(isFollowed ? followUpsFrom(filed.filedAt, wanted) : [])];
  return {
    ...rest,
    state: 'filed',
    ...told,
    ...(awaiting > 0 && { awaiting }),
    ...(followUps.length > 0 && { followUps }),
  };
}

/**
 * The row once somebody answered about the person, or took an answer back, and it cannot be read again now: it is as
 * soon as it can. `stops`: what the running attempt rests on does not hold any more, so that it cuts nothing more.
 */
export function noteAnswer(row: CaseRow, at: string, stops: boolean): CaseRow | undefined {
  if (row.state !== 'filed' && row.state !== 'running' && row.state !== 'open') return undefined;
  const fenced = stops && row.state === 'running' && { generation: (row.generation ?? 0) + 1 };
  return { ...row, followUps: withFollowUp(row.followUps, { which: 'answer', at }), ...fenced };
}

/** Whether a report is an earlier one of the case: whoever says that it was filed is late. */
export function isEarlier({ revisions = [] }: Pick<CaseRow, 'revisions'>, report: string): boolean {
  return revisions.some((each) => each.report === report);
}

/**
 * The row of a filed case that is read again from `at` on: the next attempt of it is due, and what was filed is an
 * earlier revision. Its generation counts up, so that nothing that was begun before changes anything any more. Undefined
 * where it is not filed.
 */
export function toBeReadAgain(row: CaseRow, at: string, because: RevisionCause): CaseRow | undefined {
  const { filedAt, outcome, report } = row;
  if (row.state !== 'filed' || filedAt === undefined || outcome === undefined || report === undefined) return undefined;
  const { readAgainAt: _, notReadAgain: __, followUps, compared: ___, ...rest } = row;
  const revisions = [...(row.revisions ?? []), { attempt: attemptOf(row), filedAt, outcome, report }];
  return {
    ...rest,
    state: 'running',
    because,
    ...leftAfter(followUps, at),
    revisions,
    generation: (row.generation ?? 0) + 1,
    instanceId: attemptIdOf(row.caseId, attemptOf({ ...rest, revisions })),
    attemptAt: at,
  };
}
