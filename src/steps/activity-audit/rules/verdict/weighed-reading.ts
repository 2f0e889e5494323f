import type { AuditFacts } from '../audit-facts.ts';
import type { AuditReading } from '../audit-reading.ts';
import { type DaysOfEvidence, daysOfEvidence } from '../calendar/days-of-evidence.ts';
import { comparePeriods } from '../compare-periods.ts';
import { type Contradictions, contradictions } from './contradictions.ts';

/** A reading with what it proves: the verdict and the coverage rest on the same, which is worked out once. */
export interface WeighedReading extends AuditReading {
  readonly days: DaysOfEvidence;
  readonly comparison: AuditFacts['comparison'];
  readonly differs: Contradictions;
  /** How many rows name no caller. */
  readonly unattributed: number;
}

/** Works out what a reading proves. */
export function weighed(reading: AuditReading): WeighedReading {
  const days = daysOfEvidence(reading);
  return {
    ...reading,
    days,
    comparison: comparePeriods(reading.window, reading.activity, days),
    differs: contradictions(reading),
    unattributed: unattributedRows(reading),
  };
}

function unattributedRows({ rowsByHour }: Pick<AuditReading, 'rowsByHour'>): number {
  return (rowsByHour ?? []).reduce((sum, { unattributed }) => sum + unattributed, 0);
}
