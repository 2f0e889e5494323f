import * as z from 'zod';
import { queryText } from '../../../kql.ts';
import { kqlDatetime, kqlString } from '../../audit-log/kql-literal.ts';
import { queryWorkspace, type Read, type TableRow, unexpectedShape } from '../../audit-log/query-workspace.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { AuditLogSettings } from '../../settings.ts';

const DAY_MS = 86_400_000;
/** So much may a gateway's clock be ahead of ours. */
const AHEAD_MS = 2 * DAY_MS;

/** The time in which calls are compared, and how far back the audit log is looked at for its first row. */
export interface ComparedWindow {
  readonly from: Date;
  readonly to: Date;
  readonly firstFrom: Date;
}

const count = z.number().int().nonnegative();
const BusyMinute = z.object({ minute: z.date(), calls: count });
const Refused = z.object({ refused: count });
const Day = z.object({ day: z.date(), calls: count, logged: count });
/** The sections of `calls-logged-details.kql`, each with the columns that it fills. */
const Detail = z.discriminatedUnion('section', [
  z.object({ section: z.literal('missing'), at: z.date(), id: z.string(), api: z.string() }),
  z.object({ section: z.literal('unseen'), number: count }),
  z.object({ section: z.literal('untold'), number: count }),
  z.object({ section: z.literal('rows'), number: count }),
  z.object({ section: z.literal('api'), api: z.string(), number: count, passed: count, told: count }),
  z.object({ section: z.literal('first'), at: z.date() }),
]);
export type CallsDetail = z.output<typeof Detail>;

/** Tool calls of each day by the gateway's own log, and how many of them the audit log has. */
export function readCallsLogged(
  settings: AuditLogSettings,
  window: ComparedWindow,
): Promise<VendorResult<Read<readonly z.output<typeof Day>[]>>> {
  const text = `${windowHead(window)}${queryText('posture/calls-logged.kql')}`;
  // Of the rows a day more, as the query wants it.
  const from = new Date(window.from.getTime() - DAY_MS);
  return ask(settings, { what: 'the tool calls that are logged', text, from, to: window.to }, z.array(Day));
}

/** What `readCallsLogged` does not tell: which calls, which APIs, and what the two logs do not share. */
export function readCallsDetails(
  settings: AuditLogSettings,
  window: ComparedWindow,
): Promise<VendorResult<Read<readonly CallsDetail[]>>> {
  const text = `${windowHead(window)}${queryText('posture/calls-logged-details.kql')}`;
  const asked = { what: 'the tool calls that are not logged', text, from: window.firstFrom, to: window.to };
  return ask(settings, asked, z.array(Detail));
}

/** Working days since an instant on which nobody left a row. */
export function readDaysWithoutRows(
  settings: AuditLogSettings,
  { from, to }: ComparedWindow,
  timeZone: string,
): Promise<VendorResult<Read<readonly { readonly day: Date }[]>>> {
  const head = `let windowStart = ${kqlDatetime(from)};\nlet zone = ${kqlString(timeZone)};\n`;
  const text = head + queryText('days-without-rows.kql');
  const what = 'the working days without rows';
  return ask(settings, { what, text, from, to }, z.array(z.object({ day: z.date() })));
}

/** The most calls that one principal was let through in a minute: one row, or none. */
export function readBusiestMinute(
  settings: AuditLogSettings,
  window: Pick<ComparedWindow, 'from' | 'to'>,
): Promise<VendorResult<Read<readonly z.output<typeof BusyMinute>[]>>> {
  const text = `${windowHead(window)}${queryText('posture/busiest-minute.kql')}`;
  return ask(settings, { what: 'the busiest minute', text, ...window }, z.array(BusyMinute));
}

/** How many requests the gateway refused for their number: one row. */
export function readRefusedCalls(
  settings: AuditLogSettings,
  window: Pick<ComparedWindow, 'from' | 'to'>,
): Promise<VendorResult<Read<readonly z.output<typeof Refused>[]>>> {
  const text = `${windowHead(window)}${queryText('posture/refused-calls.kql')}`;
  return ask(settings, { what: 'the calls that were refused for their number', text, ...window }, z.array(Refused));
}

/** Answers of an alert rule's text, as its caller has made it: nothing but what this app released is ever run. */
export function runDetection(
  settings: AuditLogSettings,
  { what, text, from, to }: { readonly what: string; readonly text: string; readonly from: Date; readonly to: Date },
): Promise<VendorResult<Read<readonly TableRow[]>>> {
  return ask(settings, { what, text, from, to }, z.array(z.record(z.string(), z.unknown())));
}

function windowHead({ from, to }: Pick<ComparedWindow, 'from' | 'to'>): string {
  return `let windowStart = ${kqlDatetime(from)};\nlet windowEnd = ${kqlDatetime(to)};\n`;
}

async function ask<T>(
  settings: AuditLogSettings,
  asked: Parameters<typeof queryWorkspace>[1],
  shape: z.ZodType<readonly T[]>,
): Promise<VendorResult<Read<readonly T[]>>> {
  const to = new Date(asked.to.getTime() + AHEAD_MS);
  const answer = await queryWorkspace(settings, { ...asked, to }, 'assessor');
  if (!answer.ok) return answer;
  const rows = shape.safeParse(answer.value.value);
  if (!rows.success) return unexpectedShape(asked.what, rows.error.issues[0]?.path.join('.') ?? '');
  return ok({ ...answer.value, value: rows.data });
}
