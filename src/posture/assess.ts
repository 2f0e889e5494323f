import { createHash } from 'node:crypto';
import { type CheckDefinition, gapsOf, type Judged, type PostureContext } from './check.ts';
import { exceptionFor, type PostureException } from './exceptions.ts';
import type { Gap, Read } from './reading.ts';
import type { Assessed, Change, Failure, Status } from './runs/run.ts';

/** Stable name of what fails: the same in each run, however the vendor writes its id. */
export function failureId(check: string, resource: string): string {
  return `P-${createHash('sha256').update(`${check} ${resource.toLowerCase()}`).digest('hex').slice(0, 12)}`;
}

/** What is judged beside the readings: what was judged before, and what the firm accepts. */
export interface Judging extends PostureContext {
  readonly before?: Assessed | undefined;
  readonly exceptions: readonly PostureException[];
}

/**
 * Judges one check by what was read, `reads` by the names that the check gives its readings. What fails fails, also of
 * half a list; where nothing fails, a gap or a doubt is `unknown`; and only what is known to have no subject does not
 * apply.
 */
export function assess(
  check: CheckDefinition,
  reads: Readonly<Record<string, Read<unknown>>>,
  judging: Judging,
): Assessed {
  const { at, before, exceptions } = judging;
  const facts = Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, read.facts]));
  const judged = check.judge(facts, judging);
  const gaps = [...gapsOf(Object.values(reads)), ...judged.doubts.map(gapOf(check.id))];
  const status = statusOf(judged, gaps);
  const comparable = before !== undefined && before.version === check.version;
  const all = judged.findings.map(({ resource, reason, severity = check.severity }) => {
    return { id: failureId(check.id, resource), reason, severity };
  });
  const failures = judged.findings
    .map((found): Failure => {
      const { remedy, evidence, severity = check.severity, ...said } = found;
      const id = failureId(check.id, found.resource);
      const accepted = exceptionFor({ id, severity, reason: found.reason }, exceptions, { at, all });
      const known = comparable ? before.failures.filter((each) => each.id === id) : [];
      const last = known.find(({ reason }) => reason === found.reason) ?? known[0];
      return {
        id,
        ...said,
        severity,
        evidence,
        remedy,
        since: last?.since ?? at,
        change: last !== undefined && last.reason !== found.reason ? 'new-fail' : changeOf(last, accepted),
        ...(accepted === undefined ? {} : { accepted }),
      };
    })
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return {
    check: check.id,
    point: check.point,
    title: check.title,
    severity: check.severity,
    version: check.version,
    modules: check.modules,
    status,
    change: changeBetween(before, { version: check.version, status, failures, gaps }),
    at,
    subjects: judged.subjects,
    failures,
    gaps,
    evidence: judged.evidence,
    shows: judged.shows,
  };
}

/** Days after which what was judged says nothing of today: a week, and a day for a late run. */
const MOST_DAYS_OLD = 8;

/**
 * A check of which a run was to read nothing: it stands as it was judged, for {@link MOST_DAYS_OLD} at most. What is accepted
 * is said of this day all the same, because an exception ends when it ends, and not when the thing is read again.
 */
export function carried(before: Assessed, { at, exceptions }: Pick<Judging, 'at' | 'exceptions'>): Assessed {
  const failures = before.failures.map(({ accepted: _, ...last }, index): Failure => {
    const accepted = exceptionFor(last, exceptions, { at, all: before.failures });
    const change = changeOf(before.failures[index], accepted);
    return { ...last, change, ...(accepted === undefined ? {} : { accepted }) };
  });
  const expired = failures.some(({ change }) => change === 'exception-expired');
  const same = { ...before, failures, change: expired ? ('exception-expired' as const) : ('same' as const) };
  return Date.parse(at) - Date.parse(before.at) > MOST_DAYS_OLD * 86_400_000 ? outOfDate(before, same, at) : same;
}

/** What fails is kept until somebody sees that it does not; that the rest passes nobody can say any more. */
function outOfDate(before: Assessed, kept: Assessed, at: string): Assessed {
  const source = `${before.check}:last-read`;
  const said = before.gaps.some((gap) => gap.source === source);
  const detail = `It was last read on ${before.at.slice(0, 10)}, which says nothing of today: assess the checklist now.`;
  const gaps = said ? before.gaps : [...before.gaps, { reason: 'no-data' as const, source, detail }];
  const stands = { ...kept, at, gaps, status: kept.failures.length > 0 ? ('fail' as const) : ('unknown' as const) };
  return { ...stands, change: changeBetween(before, stands) };
}

/** How one thing that fails stands against the run before, in which it may not have failed. */
function changeOf(last: Failure | undefined, accepted: Failure['accepted'] | undefined): Failure['change'] {
  if (last === undefined) return 'new-fail';
  return last.accepted !== undefined && accepted === undefined ? 'exception-expired' : 'still-failing';
}

/** A check that broke: nobody can say, and it is the app's fault. */
export function broken(
  check: CheckDefinition,
  reads: Readonly<Record<string, Read<unknown>>>,
  judging: Judging,
): Assessed {
  const detail = 'The app could not judge what it read; its log says why.';
  const nothing = { findings: [], subjects: 0, evidence: [], shows: {} };
  const doubts = [{ reason: 'error' as const, resource: check.id, detail }];
  return assess({ ...check, judge: () => ({ ...nothing, doubts }) }, reads, judging);
}

function gapOf(check: string) {
  return ({ reason, resource, detail }: Judged['doubts'][number]): Gap => ({
    reason,
    source: `${check}:${resource}`,
    detail,
  });
}

function statusOf({ findings, subjects }: Judged, gaps: readonly Gap[]): Status {
  if (findings.length > 0) return 'fail';
  if (gaps.length > 0) return 'unknown';
  return subjects === 0 ? 'not-applicable' : 'pass';
}

/** How a check stands against an earlier judgement of it; of two versions nothing can be said. */
export function changeBetween(
  before: Assessed | undefined,
  after: Pick<Assessed, 'version' | 'status' | 'failures' | 'gaps'>,
): Change {
  if (before === undefined) return 'first';
  if (before.version !== after.version) return 'not-comparable';
  if (after.status === 'fail') {
    const knew = new Map(before.failures.map((each) => [each.id, each]));
    // The same thing for another reason is worse than it was, accepted or not.
    const known = new Set(before.failures.map(({ id, reason }) => `${id} ${reason}`));
    const expired = after.failures.some(
      ({ id, accepted }) => accepted === undefined && knew.get(id)?.accepted !== undefined,
    );
    if (expired) return 'exception-expired';
    if (after.failures.some(({ id, reason }) => !known.has(`${id} ${reason}`))) return 'new-fail';
    // The firm accepts what fails, and not that nobody sees the rest.
    const lost = after.gaps.length > 0 && before.gaps.length === 0;
    return lost && after.failures.every(({ accepted }) => accepted !== undefined) ? 'lost-sight' : 'still-failing';
  }
  if (after.status === 'unknown') return before.status === 'unknown' ? 'same' : 'lost-sight';
  if (before.status === 'fail') return 'fixed';
  return before.status === 'unknown' ? 'found' : 'same';
}

/** What people are told of a run: what is worse than it was, and what nobody can see any more. */
export function worseThanBefore(checks: readonly Assessed[]): Assessed[] {
  return checks.filter(
    (each) => ['new-fail', 'lost-sight', 'exception-expired'].includes(each.change) || mayBeWorse(each),
  );
}

/** Of two versions nobody can say that it is no worse; the next run only compares with this one. */
function mayBeWorse({ change, status, failures }: Assessed): boolean {
  if (change !== 'not-comparable') return false;
  return status === 'unknown' || failures.some(({ accepted }) => accepted === undefined);
}
