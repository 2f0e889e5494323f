import { createHash } from 'node:crypto';
import * as z from 'zod';
import { OidSchema } from '../../people/oid.ts';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, instant, sha256, text } from '../../shapes/primitives.ts';
import { type FindingStatus, type ReportFinding, SEVERITIES } from '../finding.ts';
import { CaseIdSchema, FindingIdSchema } from '../ids.ts';
import { BlobRefSchema } from '../remedies/remedy.ts';
import { instant as instantInWords, sentence } from '../words/wording.ts';

/** That somebody accepts a finding of a person's cases for a while. It is never changed, and can be revoked once. */
export const ExceptionSchema = z.strictObject({
  /** `X-` and 12 hexadecimal digits. */
  id: z.string().regex(/^X-[0-9a-f]{12}$/),
  oid: OidSchema,
  /** The case, its report and its plan that were looked at. */
  caseId: CaseIdSchema,
  revision: count,
  planHash: z.exactOptional(sha256),
  findingId: FindingIdSchema,
  /** As it was accepted: one that is worse since was not. */
  kind: text,
  title: text,
  severity: z.enum(SEVERITIES),
  incident: z.exactOptional(z.literal(true)),
  /** Object id of who accepts it, and why. */
  by: text,
  at: instant,
  until: instant,
  reason: text,
  revoked: z.exactOptional(z.strictObject({ by: text, at: instant, reason: text })),
  /** When its case was asked to be read again because it had ended. */
  endTold: z.exactOptional(instant),
  /** As it was given, in the evidence. */
  file: z.exactOptional(BlobRefSchema),
});
export type Exception = Immutable<z.output<typeof ExceptionSchema>>;

/** Of two that are given at the same instant about one finding there is one. */
export function exceptionId({ oid, findingId, at }: Pick<Exception, 'oid' | 'findingId' | 'at'>): string {
  return `X-${createHash('sha256').update(`${oid} ${findingId} ${at}`).digest('hex').slice(0, 12)}`;
}

/** Whether it holds at an instant; what was said of it later does not change what held then. */
export function holdsAt({ at, until, revoked }: Pick<Exception, 'at' | 'until' | 'revoked'>, when: string): boolean {
  const now = Date.parse(when);
  return Date.parse(at) <= now && now < Date.parse(until) && !(revoked !== undefined && Date.parse(revoked.at) <= now);
}

/**
 * The exceptions that hold at an instant. The newest about a finding takes the place of all before it: once it is revoked
 * or over, none of these comes back.
 */
export function standingAt(exceptions: readonly Exception[], when: string): Exception[] {
  const given = exceptions.filter(({ at }) => Date.parse(at) <= Date.parse(when));
  const ofFinding = Map.groupBy(given, ({ oid, findingId }) => `${oid} ${findingId}`);
  const newest = [...ofFinding.values()].flatMap((all) =>
    all.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at)).slice(0, 1),
  );
  return newest.filter((each) => holdsAt(each, when));
}

/** What may be accepted: what a person has to decide or do. What failed, or is not known, is no choice of anybody's. */
export const ACCEPTABLE: readonly FindingStatus[] = [
  'awaiting-decision',
  'rejected',
  'needs-code-change',
  'manual-action',
  'accepted',
];

/** Whether it takes somebody who administers the app: something was done with it after the departure, or could be at once. */
export function isGrave({ severity, incident }: Pick<ReportFinding, 'severity' | 'incident'>): boolean {
  return incident === true || severity === 'critical';
}

/**
 * The findings with those that somebody accepts at the instant of the report. A finding that is more severe than it was
 * accepted, or has become an incident since, is open again.
 */
export function withExceptions(
  findings: readonly ReportFinding[],
  exceptions: readonly Exception[],
  when: string,
): ReportFinding[] {
  const standing = standingAt(exceptions, when);
  return findings.map((finding) => {
    const last = standing.find(({ findingId }) => findingId === finding.id);
    if (last === undefined || !ACCEPTABLE.includes(finding.status)) return finding;
    if (isWorse(finding, last)) {
      const reason = `${finding.reason} It was accepted by ${last.by}, and is worse since: it needs a new decision.`;
      return { ...finding, reason };
    }
    const { id, by, at, until, reason } = last;
    const said = `Accepted until ${instantInWords(until)} by ${by} at ${instantInWords(at)}: ${sentence(reason)}`;
    return {
      ...finding,
      status: 'accepted',
      reason: `${finding.reason} ${said}`,
      accepted: { exception: id, by, at, until, reason },
    };
  });
}

function isWorse({ severity, incident }: ReportFinding, accepted: Exception): boolean {
  return (
    SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(accepted.severity) ||
    (incident === true && accepted.incident !== true)
  );
}
