import * as z from 'zod';

/** What the audit concluded about the leaver's own calls. */
export const AUDIT_VERDICTS = ['as-expected', 'unusual', 'after-departure', 'not-established'] as const;
/**
 * `as-expected`: the last days look like the ones before, and nothing came after. `unusual`: they do not; the
 * reasons say how. `after-departure`: somebody called as the leaver after the departure; an incident.
 * `not-established`: nothing was found, but what was read is not complete enough to say that there is nothing.
 */
export const AuditVerdictSchema = z.enum(AUDIT_VERDICTS);
export type AuditVerdict = (typeof AUDIT_VERDICTS)[number];
