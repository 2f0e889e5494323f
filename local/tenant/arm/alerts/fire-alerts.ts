import * as z from 'zod';
import { evaluate } from '../../kql/evaluate.ts';
import { INGESTION_TIME, type Row } from '../../kql/values/values.ts';
import { AUDIT_SCHEMA } from '../../logs/state.ts';
import type { ArmState } from '../state.ts';

const WINDOW_MS = 2 * 86_400_000;
const Rule = z.object({
  enabled: z.boolean(),
  criteria: z.object({
    allOf: z.tuple([z.object({ query: z.string(), dimensions: z.array(z.object({ name: z.string() })) })]),
  }),
});

/** Runs every alert rule as the service does at an instant: a row is an alert, once for what it is told apart by. */
export function fireAlerts(state: ArmState, rows: readonly Row[], now: Date): void {
  const visible = rows.filter(({ TimeGenerated: at, [INGESTION_TIME]: arrived = at }) => {
    if (!(at instanceof Date) || !(arrived instanceof Date)) return false;
    return arrived <= now && now.getTime() - at.getTime() <= WINDOW_MS;
  });
  for (const { id: ruleId, properties } of state.monitoring.all()) {
    const rule = Rule.safeParse(properties);
    if (!rule.success || !rule.data.enabled) continue;
    const [{ query, dimensions: splitsBy }] = rule.data.criteria.allOf;
    const result = evaluate(query, AUDIT_SCHEMA, { [Object.keys(AUDIT_SCHEMA)[0] ?? '']: visible }, now);
    if (!result.ok) throw new Error(`the text of ${ruleId} does not run: ${JSON.stringify(result.errors)}`);
    for (const row of result.rows) {
      const dimensions = Object.fromEntries(splitsBy.map(({ name }) => [name, String(row[name] ?? '')]));
      const id = `${ruleId.split('/').at(-1)}-${Object.values(dimensions).join('-')}`.replaceAll(/[^\w-]/g, '');
      if (state.alerts.get(id) !== undefined) continue;
      state.alerts.add({ id, ruleId, startedAt: now, suppressed: false, dimensions });
    }
  }
}
