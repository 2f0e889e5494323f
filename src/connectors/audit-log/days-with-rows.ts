import * as z from 'zod';
import { queryText } from '../../kql.ts';
import { ok, type VendorResult } from '../result.ts';
import type { AuditLogSettings } from '../settings.ts';
import type { DayWithRows } from './activity.ts';
import { queryWorkspace, type Read, unexpectedShape } from './query-workspace.ts';
import { daysWithRowsHead, type QueriedWindow } from './question.ts';

const Days = z.array(z.object({ day: z.date(), rows: z.number().int().positive() }));

/** On which days of the window anybody at all left rows: one call. */
export async function readDaysWithRows(
  settings: AuditLogSettings,
  window: Pick<QueriedWindow, 'from' | 'to' | 'timeZone'>,
): Promise<VendorResult<Read<readonly DayWithRows[]>>> {
  const what = 'the days with rows from anybody';
  const text = daysWithRowsHead(window) + queryText('days-with-rows.kql');
  const answer = await queryWorkspace(settings, { what, text, from: window.from, to: window.to });
  if (!answer.ok) return answer;
  const days = Days.safeParse(answer.value.value);
  if (!days.success) return unexpectedShape(what, days.error.issues[0]?.path.join('.') ?? '');
  const value = days.data.map(({ day, rows }) => ({ date: day.toISOString().slice(0, 10), rows }));
  return ok({ ...answer.value, value });
}
