import * as z from 'zod';
import type { TableRow } from '../../src/connectors/audit-log/query-workspace.ts';
import type { Detection } from '../../src/posture/alerts/rule-text.ts';
import type { Hit } from '../../src/posture/readings/calls/alerts.ts';

const HOUR_MS = 3_600_000;
const minute = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);

/** Rows of each detection, as its file gives them; names of people are left in memory. */
const ROWS: Readonly<Record<Detection, (row: TableRow) => Hit | undefined>> = {
  'file-system-volume': (row) => {
    const read = z
      .object({ caller: z.string(), hour: minute, crossed: z.date().nullish(), canary: z.number().nullish() })
      .safeParse(row);
    if (!read.success) return undefined;
    const { caller, hour, crossed, canary } = read.data;
    const crossedAt = crossed == null ? {} : { crossedAt: crossed.toISOString() };
    return { caller, when: hour, ...span(utc(hour), HOUR_MS), ...crossedAt, ...(canary === 1 ? { canary: true } : {}) };
  },
  'out-of-hours-writes': (row) => {
    const read = z.object({ caller: z.string(), night: z.string(), firstCall: z.date() }).safeParse(row);
    if (!read.success) return undefined;
    const { caller, night, firstCall } = read.data;
    return { caller, when: night, ...span(firstCall.getTime(), 0) };
  },
  'repeated-403': (row) => {
    const read = z.object({ caller: z.string(), server: z.string(), since: minute }).safeParse(row);
    if (!read.success) return undefined;
    const { caller, server, since } = read.data;
    return { caller, server, when: since, ...span(utc(since), HOUR_MS / 6) };
  },
};

/** What a detection found, and how many of its rows nobody can read. */
export function hitsOf(
  detection: Detection,
  rows: readonly TableRow[],
): { readonly hits: Hit[]; readonly unreadable: number } {
  const hits = rows.flatMap((row) => ROWS[detection](row) ?? []);
  return { hits, unreadable: rows.length - hits.length };
}

/** The queries write UTC. */
function utc(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00Z`);
}

function span(from: number, ms: number): Pick<Hit, 'first' | 'due'> {
  return { first: new Date(from).toISOString(), due: new Date(from + ms).toISOString() };
}
