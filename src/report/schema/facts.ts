import * as z from 'zod';
import { AUDIT_VERDICTS } from '../../cases/verdict.ts';
import { ReadBackSchema } from './finding.ts';
import { count, day, instant, text } from './primitives.ts';
import { remedyId } from './remedy.ts';

const totals = {
  calls: count,
  distinctResources: count,
  distinctDirectories: count,
  firstCall: z.exactOptional(instant),
  lastCall: z.exactOptional(instant),
};

const Period = z.strictObject({ ...totals, from: day, to: day, days: count, callsPerDay: z.number() });
const HourOfWeek = z.array(z.array(count).length(24)).length(7);

/** What the charts and the verdict of the activity audit are drawn from. */
export const AuditFactsSchema = z
  .strictObject({
    verdict: z.enum(AUDIT_VERDICTS),
    reasons: z.array(text),
    timeZone: text,
    table: text,
    window: z.strictObject({ from: instant, to: instant, days: count }),
    lastDay: z.exactOptional(day),
    departure: z.exactOptional(instant),
    days: z.array(
      z.strictObject({
        date: day,
        calls: count,
        callsAfterDeparture: count,
        relatedCalls: count,
        evidence: z.enum(['rows', 'quiet', 'gap', 'not-retained']),
      }),
    ),
    hourOfWeek: z.strictObject({ before: HourOfWeek, after: HourOfWeek }),
    totals: z.strictObject(totals),
    afterDeparture: z.strictObject(totals),
    comparison: z.exactOptional(z.strictObject({ final: Period, baseline: Period })),
    detections: z.array(
      z.strictObject({
        detection: z.enum(['out-of-hours-write', 'file-system-volume', 'repeated-403']),
        at: instant,
        local: text,
        calls: count,
        directories: count,
        afterDeparture: z.boolean(),
      }),
    ),
    rows: z.array(
      z.strictObject({
        at: instant,
        local: text,
        server: text,
        tool: text,
        resource: text,
        status: z.int(),
        afterDeparture: z.boolean(),
      }),
    ),
    related: z.array(z.strictObject({ ...totals, oid: text, name: text, callsAfterDeparture: count })),
    coverage: z.strictObject({ retainedDays: count, gapDays: z.array(day), queriesComplete: z.boolean() }),
  })
  .meta({ id: 'AuditFacts', description: 'The activity of the leaver over the window, and what it amounts to.' });

export const VerificationFactsSchema = z
  .strictObject({
    readBacks: z.array(z.strictObject({ remedyId, ...ReadBackSchema.shape })),
    deniedAtGateway: z.enum(['yes', 'no', 'could-not-check']),
  })
  .meta({ id: 'VerificationFacts', description: 'What the tenant said when every target was read again.' });
