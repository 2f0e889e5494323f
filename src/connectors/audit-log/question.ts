import type { Oid } from '../../people/oid.ts';
import { kqlDatetime, kqlGuid, kqlGuids, kqlPersonalString, kqlString } from './kql-literal.ts';

/** The time that is asked about, and the departure in it. */
export interface QueriedWindow {
  readonly timeZone: string;
  readonly from: Date;
  readonly to: Date;
  readonly departure?: Date;
  readonly final: { readonly from: Date };
}

/** Whose calls the audit asks for. */
export interface AuditQuestion {
  readonly oid: Oid;
  /** The original UPN, where it is known. */
  readonly userPrincipalName?: string;
  readonly relatedOids: readonly string[];
  readonly window: QueriedWindow;
}

/** What is asked about everybody's rows, with the leaver's told apart. */
export type LogQuestion = Pick<AuditQuestion, 'userPrincipalName' | 'window'> & { readonly oid: string };

/** So much may a gateway's clock be ahead of ours: a row that is stamped later than now is a row all the same. */
const AHEAD_MS = 2 * 86_400_000;

/** The time of ingestion within which rows are looked at. */
export function ingestedWithin({ from, to }: Pick<QueriedWindow, 'from' | 'to'>): { from: Date; to: Date } {
  return { from, to: new Date(to.getTime() + AHEAD_MS) };
}

/** Where nobody has left yet, no call is after the departure. */
const NEVER = new Date('9999-12-31T00:00:00Z');

/** The `let` statements that `kql/activity-audit.kql` needs in front of it. */
export function activityAuditHead({ oid, userPrincipalName, relatedOids, window }: AuditQuestion): string {
  return [
    `let leaverOid = ${kqlGuid(oid)};`,
    `let leaverUpn = ${kqlPersonalString(userPrincipalName ?? '')};`,
    `let relatedOids = ${kqlGuids(relatedOids.filter((related) => related.toLowerCase() !== oid))};`,
    `let finalStart = ${kqlDatetime(window.final.from)};`,
    `let departure = ${kqlDatetime(window.departure ?? NEVER)};`,
    windowHead(window),
  ].join('\n');
}

/** The `let` statements that `kql/rows-by-hour.kql` needs in front of it. */
export function rowsByHourHead({ oid, userPrincipalName, window }: LogQuestion): string {
  return [
    `let leaverOid = ${kqlGuid(oid)};`,
    `let leaverUpn = ${kqlPersonalString(userPrincipalName ?? '')};`,
    windowHead(window),
  ].join('\n');
}

function windowHead(window: Pick<QueriedWindow, 'from' | 'timeZone'>): string {
  return `let windowStart = ${kqlDatetime(window.from)};\nlet zone = ${kqlString(window.timeZone)};\n`;
}
