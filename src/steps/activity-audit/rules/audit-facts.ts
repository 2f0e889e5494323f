import * as z from 'zod';
import type { Immutable } from '../../../shapes/immutable.ts';
import { count, day, instant, text } from '../../../shapes/primitives.ts';
import { AuditVerdictSchema } from './verdict/verdicts.ts';

/**
 * How a day counts as evidence. `rows`: somebody, not necessarily the leaver, called. `quiet`: nobody did, as is
 * usual on such days. `gap`: nobody did, or it could not be read. `not-retained`: older than what the table keeps.
 */
const DAY_EVIDENCE = ['rows', 'quiet', 'gap', 'not-retained'] as const;

/** Detections of the platform that the leaver's calls can cross. */
const DETECTIONS = ['out-of-hours-write', 'file-system-volume', 'repeated-403'] as const;

/** Sums over one caller, or over the leaver's calls as a whole. */
const CallTotalsSchema = z.strictObject({
  calls: count,
  distinctResources: count,
  /** Distinct directory parts of the resources. */
  distinctDirectories: count,
  /** Absent where there was no call. */
  firstCall: z.exactOptional(instant),
  lastCall: z.exactOptional(instant),
});

/** A period in days of the business time zone, both ends inclusive. */
const PeriodSchema = z.strictObject({
  ...CallTotalsSchema.shape,
  from: day,
  to: day,
  days: count,
  callsPerDay: z.number(),
});

/** Calls by hour of week: seven rows from Monday, each with 24 hours of the business time zone. */
const HourOfWeekSchema = z.array(z.array(count).length(24)).length(7);

/** One calendar day in the business time zone. */
const DaySchema = z.strictObject({
  date: day,
  /** Calls as the leaver. */
  calls: count,
  /** Those of them after the departure. */
  callsAfterDeparture: count,
  /** Calls by pipeline identities that are tied to the leaver; not part of `calls`. */
  relatedCalls: count,
  evidence: z.enum(DAY_EVIDENCE),
});

/** An hour, or ten minutes, in which the leaver's calls crossed one of the platform's detections. */
const DetectionSchema = z.strictObject({
  detection: z.enum(DETECTIONS),
  /** When the window starts; its length is the detection's own. */
  at: instant,
  local: text,
  calls: count,
  directories: count,
  afterDeparture: z.boolean(),
});

/** One call, for the eye: resources are redacted like all evidence. */
const RowSchema = z.strictObject({
  at: instant,
  /** The same instant on the business's clock: `2026-11-03 02:14`. */
  local: text,
  server: text,
  tool: text,
  resource: text,
  status: z.int(),
  afterDeparture: z.boolean(),
});

/** A pipeline identity tied to the leaver, and what it did in the window. */
const RelatedSchema = z.strictObject({
  ...CallTotalsSchema.shape,
  oid: text,
  name: text,
  callsAfterDeparture: count,
  /** How it went on after the departure: not at all, as before, or otherwise than before. */
  after: z.enum(['none', 'as-before', 'changed']),
});

/** What the activity audit hands to the report as the facts of its step. Numbers are of the rows that were read. */
export const AuditFactsSchema = z
  .strictObject({
    verdict: AuditVerdictSchema,
    /** Why, in sentences with numbers; never empty. */
    reasons: z.array(text),
    /** What the verdict rests on, in a sentence: which last day, whose word, which rows, which gaps. */
    basis: text,
    /** IANA name of the business time zone that days and hours are in. */
    timeZone: text,
    table: text,
    /** The queried time, and the number of calendar days (90). */
    window: z.strictObject({ from: instant, to: instant, days: count }),
    /** The last working day, for the mark in the chart; absent where nobody recorded one. */
    lastDay: z.exactOptional(day),
    /** From when a call counts as after the departure (the last day with its grace). */
    departure: z.exactOptional(instant),
    /** One entry per calendar day of the window, oldest first, without holes. */
    days: z.array(DaySchema),
    hourOfWeek: z.strictObject({ before: HourOfWeekSchema, after: HourOfWeekSchema }),
    totals: z.strictObject(CallTotalsSchema.shape),
    afterDeparture: z.strictObject(CallTotalsSchema.shape),
    /** The final 14 days up to the last day against the days before; absent where the window holds too few of them. */
    comparison: z.exactOptional(z.strictObject({ final: PeriodSchema, baseline: PeriodSchema })),
    detections: z.array(DetectionSchema),
    /** The 20 newest calls as the leaver, newest first. */
    rows: z.array(RowSchema),
    related: z.array(RelatedSchema),
    coverage: z.strictObject({
      /** Days of the window that the table still keeps. */
      retainedDays: count,
      /** Dates without any rows from anybody although such days usually have some: a gap is not silence. */
      gapDays: z.array(day),
      /** Hours, nights and servers without rows where rows were usual. */
      silences: z.array(z.strictObject({ what: text, from: day, to: day })),
      /** Rows that name no caller: any of them may be the leaver's. */
      unattributed: count,
      /** False where a query failed, or the service cut its answer short. */
      queriesComplete: z.boolean(),
    }),
  })
  .meta({ id: 'AuditFacts', description: 'The activity of the leaver over the window, and what it amounts to.' });

export type AuditFacts = Immutable<z.output<typeof AuditFactsSchema>>;
export type AuditDay = AuditFacts['days'][number];
export type AuditDetection = AuditFacts['detections'][number];
export type AuditPeriod = NonNullable<AuditFacts['comparison']>['final'];
export type AuditRow = AuditFacts['rows'][number];
export type CallTotals = AuditFacts['totals'];
export type HourOfWeek = AuditFacts['hourOfWeek']['before'];
export type RelatedPrincipal = AuditFacts['related'][number];
