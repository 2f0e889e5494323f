import type { AuditVerdict } from '../../../cases/verdict.ts';
/** One calendar day in the business time zone. */
export interface AuditDay {
  /** `2026-11-02`. */
  readonly date: string;
  /** Calls as the leaver. */
  readonly calls: number;
  /** Those of them after the departure. */
  readonly callsAfterDeparture: number;
  /** Calls by pipeline identities that are tied to the leaver; not part of `calls`. */
  readonly relatedCalls: number;
  /**
   * How the day counts as evidence. `rows`: somebody, not necessarily the leaver, called. `quiet`: nobody did, as is
   * usual on such days. `gap`: nobody did, or it could not be read. `not-retained`: older than what the table keeps.
   */
  readonly evidence: 'rows' | 'quiet' | 'gap' | 'not-retained';
}

/** Calls by hour of week: seven rows from Monday, each with 24 hours of the business time zone. */
export type HourOfWeek = readonly (readonly number[])[];

/** Sums over one caller, or over the leaver's calls as a whole. */
export interface CallTotals {
  readonly calls: number;
  readonly distinctResources: number;
  /** Distinct directory parts of the resources. */
  readonly distinctDirectories: number;
  /** ISO instants; absent where there was no call. */
  readonly firstCall?: string;
  readonly lastCall?: string;
}

/** A period in days of the business time zone, both ends inclusive. */
export interface AuditPeriod extends CallTotals {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly callsPerDay: number;
}

/** One call, for the eye: resources are redacted like all evidence. */
export interface AuditRow {
  /** ISO instant. */
  readonly at: string;
  /** The same instant on the business's clock: `2026-11-03 02:14`. */
  readonly local: string;
  readonly server: string;
  readonly tool: string;
  readonly resource: string;
  readonly status: number;
  readonly afterDeparture: boolean;
}

/** An hour, or ten minutes, in which the leaver's calls crossed one of the platform's detections. */
export interface AuditDetection {
  readonly detection: 'out-of-hours-write' | 'file-system-volume' | 'repeated-403';
  /** ISO instant at which the window starts; its length is the detection's own. */
  readonly at: string;
  readonly local: string;
  readonly calls: number;
  readonly directories: number;
  readonly afterDeparture: boolean;
}

/** A pipeline identity tied to the leaver, and what it did in the window. */
export interface RelatedPrincipal extends CallTotals {
  readonly oid: string;
  readonly name: string;
  readonly callsAfterDeparture: number;
}

/** What the activity audit hands to the report as the facts of its step. Numbers are of the rows that were read. */
export interface AuditFacts {
  readonly verdict: AuditVerdict;
  /** Why, in sentences with numbers; never empty. */
  readonly reasons: readonly string[];
  /** IANA name of the business time zone that days and hours are in. */
  readonly timeZone: string;
  readonly table: string;
  /** The queried time: ISO instants, and the number of calendar days (90). */
  readonly window: { readonly from: string; readonly to: string; readonly days: number };
  /** The last working day, for the mark in the chart; absent where nobody recorded one. */
  readonly lastDay?: string;
  /** ISO instant from which a call counts as after the departure (the last day with its grace). */
  readonly departure?: string;
  /** One entry per calendar day of the window, oldest first, without holes. */
  readonly days: readonly AuditDay[];
  readonly hourOfWeek: { readonly before: HourOfWeek; readonly after: HourOfWeek };
  readonly totals: CallTotals;
  readonly afterDeparture: CallTotals;
  /** The final 14 days up to the last day against the days before; absent where the window holds too few of them. */
  readonly comparison?: { readonly final: AuditPeriod; readonly baseline: AuditPeriod };
  readonly detections: readonly AuditDetection[];
  /** The 20 newest calls as the leaver, newest first. */
  readonly rows: readonly AuditRow[];
  readonly related: readonly RelatedPrincipal[];
  readonly coverage: {
    /** Days of the window that the table still keeps. */
    readonly retainedDays: number;
    /** Dates without any rows from anybody although such days usually have some: a gap is not silence. */
    readonly gapDays: readonly string[];
    /** False where a query failed, or the service cut its answer short. */
    readonly queriesComplete: boolean;
  };
}
