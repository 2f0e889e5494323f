/** A calendar day of the business time zone: `2026-11-02`. */
type LocalDate = string;

/** What the query recognises. */
export const DETECTIONS = ['file-system-volume', 'out-of-hours-write', 'repeated-403'] as const;

/** Where in the window a call lies, by the leaver's departure. */
export type Period = 'baseline' | 'final' | 'after';

/** What the audit log says about the leaver and the pipeline identities tied to them, as read; no judgement yet. */
export interface CallerActivity {
  /** Calls as the leaver, by hour of the business's clock. */
  readonly hours: readonly {
    readonly date: LocalDate;
    readonly hour: number;
    readonly period: Period;
    readonly calls: number;
  }[];
  /** Calls by the pipeline identities, by hour of the business's clock. */
  readonly relatedHours: readonly {
    readonly oid: string;
    readonly date: LocalDate;
    readonly hour: number;
    readonly period: Period;
    readonly calls: number;
  }[];
  /** Sums per caller, per period and over all; `caller` is `leaver` or the oid of a pipeline identity. */
  readonly totals: readonly {
    readonly caller: string;
    readonly period: Period | 'all';
    readonly calls: number;
    readonly resources: number;
    readonly directories: number;
    readonly firstCall: Date;
    readonly lastCall: Date;
  }[];
  readonly detections: readonly {
    readonly detection: (typeof DETECTIONS)[number];
    readonly at: Date;
    readonly calls: number;
    readonly directories: number;
  }[];
  /** The newest calls as the leaver, newest first. */
  readonly calls: readonly {
    readonly at: Date;
    readonly server: string;
    readonly tool: string;
    readonly resource: string;
    readonly status: number;
  }[];
}

/** How many rows anybody left in an hour of the business's clock on one server. */
export interface HourOfRows {
  readonly date: LocalDate;
  readonly hour: number;
  readonly server: string;
  readonly rows: number;
  /** Those of them that are not the leaver's. */
  readonly byOthers: number;
  /** Those of them that name nobody, so that they may be the leaver's. */
  readonly unattributed: number;
}
