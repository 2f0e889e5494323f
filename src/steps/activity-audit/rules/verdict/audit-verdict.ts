import type { AuditVerdict } from './verdicts.ts';

/** What a verdict rests on. */
export interface Grounds {
  readonly callsAfterDeparture: number;
  readonly unusualSigns: number;
  /** Everything was read, for every day, and the final days could be compared with the ones before. */
  readonly complete: boolean;
}

/** What was found counts however incomplete the reading; that nothing was found counts only where it is complete. */
export function auditVerdict({ callsAfterDeparture, unusualSigns, complete }: Grounds): AuditVerdict {
  if (callsAfterDeparture > 0) return 'after-departure';
  if (unusualSigns > 0) return 'unusual';
  return complete ? 'as-expected' : 'not-established';
}
