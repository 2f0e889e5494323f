import * as z from 'zod';
import { queryText } from '../../kql.ts';
import { ok, type VendorResult } from '../result.ts';
import type { AuditLogSettings } from '../settings.ts';
import type { HourOfRows } from './activity.ts';
import { queryWorkspace, type Read, unexpectedShape } from './query-workspace.ts';
import { ingestedWithin, type LogQuestion, rowsByHourHead } from './question.ts';

const count = z.number().int().nonnegative();
const Hours = z.array(
  z.object({
    hour: z.date(),
    server: z.string(),
    rows: z.number().int().positive(),
    byOthers: count,
    unattributed: count,
  }),
);

/** In which hours of the window anybody at all left rows, on which servers, and how many name nobody: one call. */
export async function readRowsByHour(
  settings: AuditLogSettings,
  question: LogQuestion,
): Promise<VendorResult<Read<readonly HourOfRows[]>>> {
  const what = 'the hours with rows from anybody';
  const text = rowsByHourHead(question) + queryText('rows-by-hour.kql');
  const answer = await queryWorkspace(settings, { what, text, ...ingestedWithin(question.window) });
  if (!answer.ok) return answer;
  const hours = Hours.safeParse(answer.value.value);
  if (!hours.success) return unexpectedShape(what, hours.error.issues[0]?.path.join('.') ?? '');
  // Local times arrive as datetimes whose UTC fields show the business's clock.
  const value = hours.data.map(({ hour, ...row }) => ({
    date: hour.toISOString().slice(0, 10),
    hour: hour.getUTCHours(),
    ...row,
  }));
  return ok({ ...answer.value, value });
}
