import * as z from 'zod';
import { queryText } from '../../kql.ts';
import { ok, type VendorResult } from '../result.ts';
import type { AuditLogSettings } from '../settings.ts';
import { type CallerActivity, DETECTIONS } from './activity.ts';
import { queryWorkspace, type Read, unexpectedShape } from './query-workspace.ts';
import { type AuditQuestion, activityAuditHead, ingestedWithin } from './question.ts';

const count = z.number().int().nonnegative();
const period = z.enum(['baseline', 'final', 'after']);

/** The sections of `kql/activity-audit.kql`, each with the columns that it fills. */
const Section = z.discriminatedUnion('section', [
  z.object({ section: z.literal('hour'), at: z.date(), period, calls: count }),
  z.object({ section: z.literal('related-hour'), caller: z.string(), at: z.date(), period, calls: count }),
  z.object({
    section: z.literal('total'),
    caller: z.string(),
    period: z.enum([...period.options, 'all']),
    calls: count,
    resources: count,
    directories: count,
    firstCall: z.date(),
    lastCall: z.date(),
  }),
  z.object({
    section: z.literal('detection'),
    detection: z.enum(DETECTIONS),
    at: z.date(),
    calls: count,
    directories: count.nullable(),
  }),
  z.object({
    section: z.literal('call'),
    at: z.date(),
    server: z.string(),
    tool: z.string(),
    resource: z.string(),
    status: z.number().nullable(),
  }),
]);

/** What the leaver, and the pipeline identities tied to them, did in the window: one call. */
export async function readCallerActivity(
  settings: AuditLogSettings,
  question: AuditQuestion,
): Promise<VendorResult<Read<CallerActivity>>> {
  const what = `the calls of ${question.oid}`;
  const text = activityAuditHead(question) + queryText('activity-audit.kql');
  const answer = await queryWorkspace(settings, { what, text, ...ingestedWithin(question.window) });
  if (!answer.ok) return answer;
  const rows = z.array(Section).safeParse(answer.value.value);
  if (!rows.success) return unexpectedShape(what, rows.error.issues[0]?.path.join('.') ?? '');
  return ok({ ...answer.value, value: bySection(rows.data) });
}

function bySection(rows: readonly z.output<typeof Section>[]): CallerActivity {
  return {
    // Local times arrive as datetimes whose UTC fields show the business's clock.
    hours: rows.flatMap((row) =>
      row.section === 'hour' ? [{ ...row, date: row.at.toISOString().slice(0, 10), hour: row.at.getUTCHours() }] : [],
    ),
    relatedHours: rows.flatMap((row) =>
      row.section === 'related-hour'
        ? [{ ...row, oid: row.caller, date: row.at.toISOString().slice(0, 10), hour: row.at.getUTCHours() }]
        : [],
    ),
    totals: rows.filter((row) => row.section === 'total'),
    detections: rows.flatMap((row) =>
      row.section === 'detection' ? [{ ...row, directories: row.directories ?? 0 }] : [],
    ),
    calls: rows
      .flatMap((row) => (row.section === 'call' ? [{ ...row, status: row.status ?? 0 }] : []))
      .sort((a, b) => b.at.getTime() - a.at.getTime()),
  };
}
