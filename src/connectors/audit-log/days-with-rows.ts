import * as z from 'zod';
import type { Config } from '../../config.ts';
import { queryText } from '../../kql.ts';
import { daysWithRowsHead } from '../../steps/activity-audit/rules/audit-question.ts';
import type { AuditWindow } from '../../steps/activity-audit/rules/audit-window.ts';
import type { DayWithRows } from '../../steps/activity-audit/rules/caller-activity.ts';
import { ok, type VendorResult } from '../result.ts';
import { queryWorkspace, type Read, unexpectedShape } from './query-workspace.ts';

const Days = z.array(z.object({ day: z.date(), rows: z.number().int().positive() }));

/** On which days of the window anybody at all left rows: one call. */
export async function readDaysWithRows(
  config: Config,
  window: AuditWindow,
): Promise<VendorResult<Read<readonly DayWithRows[]>>> {
  const what = 'the days with rows from anybody';
  const text = daysWithRowsHead(window) + queryText('days-with-rows.kql');
  const answer = await queryWorkspace(config, { what, text, from: window.from, to: window.to });
  if (!answer.ok) return answer;
  const days = Days.safeParse(answer.value.value);
  if (!days.success) return unexpectedShape(what, days.error.issues[0]?.path.join('.') ?? '');
  const value = days.data.map(({ day, rows }) => ({ date: day.toISOString().slice(0, 10), rows }));
  return ok({ ...answer.value, value });
}
