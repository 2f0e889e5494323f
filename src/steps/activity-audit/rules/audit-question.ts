import type { Oid } from '../../../cases/ids.ts';
import type { AuditWindow } from './audit-window.ts';
import { kqlDatetime, kqlGuid, kqlGuids, kqlPersonalString, kqlString } from './kql-literal.ts';

/** Whose calls the audit asks for. */
export interface AuditQuestion {
  readonly oid: Oid;
  /** The original UPN, where it is known. */
  readonly userPrincipalName?: string;
  readonly relatedOids: readonly string[];
  readonly window: AuditWindow;
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
    daysWithRowsHead(window),
  ].join('\n');
}

/** The `let` statements that `kql/days-with-rows.kql` needs in front of it. */
export function daysWithRowsHead(window: AuditWindow): string {
  return `let windowStart = ${kqlDatetime(window.from)};\nlet zone = ${kqlString(window.timeZone)};\n`;
}
