import { type CaseRow, instanceIdOf } from './case.ts';
import type { CaseId } from './ids.ts';

/** Which attempt the row tells of, from 1: those that ended without a report stand on it. */
export function attemptOf({ attempts = [] }: Pick<CaseRow, 'attempts'>): number {
  return attempts.length + 1;
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
  const attempts = [...(row.attempts ?? []), { instanceId: row.instanceId, endedAt: at, why }];
  const fenced = { ...rest, attempts, generation: (row.generation ?? 0) + 1 };
  if (next === undefined) return { ...fenced, state: 'failed', outcome: 'failed', failure: why };
  return { ...fenced, instanceId: attemptIdOf(row.caseId, attempts.length + 1), attemptAt: next };
}

/** What a filed report says of its case, as the row repeats it. */
type Filed = Required<Pick<CaseRow, 'filedAt' | 'outcome' | 'incident' | 'report'>>;

/** The row once the report of an attempt was filed: no other is to come, and none has failed it. */
export function filedAs(row: CaseRow, filed: Filed): CaseRow {
  const { attemptAt: _, failure: __, ...rest } = row;
  return { ...rest, state: 'filed', ...filed };
}
