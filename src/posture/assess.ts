import { createHash } from 'node:crypto';
import { type CheckDefinition, gapsOf, type Judged, type PostureContext } from './check.ts';
import { exceptionFor, type PostureException } from './exceptions.ts';
import type { Gap, Read } from './reading.ts';
import type { Assessed, Change, Failure, Status } from './run.ts';

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
  const failures = judged.findings
    .map((found): Failure => {
      const { remedy, evidence, severity = check.severity, ...said } = found;
      const id = failureId(check.id, found.resource);
      const accepted = exceptionFor(id, exceptions, at);
      const last = comparable ? before.failures.find((each) => each.id === id) : undefined;
      const expired = last?.accepted !== undefined && accepted === undefined;
      return {
        id,
        ...said,
        severity,
        evidence,
        remedy,
        since: last?.since ?? at,
        change: expired ? 'exception-expired' : last === undefined ? 'new-fail' : 'still-failing',
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
    change: changeBetween(before, { version: check.version, status, failures }),
    at,
    subjects: judged.subjects,
    failures,
    gaps,
    evidence: judged.evidence,
    shows: judged.shows,
  };
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

/** A check that was not read anew stands as it was judged; what the firm accepts is what it accepts today. */
export function carried(earlier: Assessed, { at, exceptions }: Pick<Judging, 'at' | 'exceptions'>): Assessed {
  const failures = earlier.failures.map(({ accepted: before, ...failure }): Failure => {
    const accepted = exceptionFor(failure.id, exceptions, at);
    if (accepted !== undefined) return { ...failure, accepted };
    return before === undefined ? failure : { ...failure, change: 'exception-expired' };
  });
  const wasAccepted = new Set(earlier.failures.flatMap(({ id, accepted }) => (accepted === undefined ? [] : [id])));
  const expired = failures.some(({ id, accepted }) => accepted === undefined && wasAccepted.has(id));
  return { ...earlier, failures, change: expired ? 'exception-expired' : 'same' };
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
  after: Pick<Assessed, 'version' | 'status' | 'failures'>,
): Change {
  if (before === undefined) return 'first';
  if (before.version !== after.version) return 'not-comparable';
  if (after.status === 'fail') {
    const knew = new Map(before.failures.map((each) => [each.id, each]));
    const expired = after.failures.some(
      ({ id, accepted }) => accepted === undefined && knew.get(id)?.accepted !== undefined,
    );
    if (expired) return 'exception-expired';
    return after.failures.some(({ id }) => !knew.has(id)) ? 'new-fail' : 'still-failing';
  }
  if (after.status === 'unknown') return before.status === 'unknown' ? 'same' : 'lost-sight';
  if (before.status === 'fail') return 'fixed';
  return before.status === 'unknown' ? 'found' : 'same';
}

/** What people are told of a run: what is worse than it was, and what nobody can see any more. */
export function worseThanBefore(checks: readonly Assessed[]): Assessed[] {
  return checks.filter(({ change }) => ['new-fail', 'lost-sight', 'exception-expired'].includes(change));
}
