import * as z from 'zod';
import { CHECKS } from '../../../posture/checks/index.ts';
import { SeriesSchema, WeeksSchema, weeksBetween, worstOfWeeks } from '../../../posture/runs/history.ts';
import { readSeries } from '../../../posture/runs/read-series.ts';
import { day, text } from '../../../shapes/primitives.ts';
import { defineRoute } from '../../route.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
const MOST_YEARS = 3;

export const getPostureMetrics = defineRoute({
  id: 'getPostureMetrics',
  method: 'GET',
  path: '/api/posture/metrics',
  summary: 'Every number that posture measures, with the first of it, the last, and a point for each day since',
  tag: 'Posture',
  access: { kind: 'read', right: 'read' },
  query: z.strictObject({
    from: day.optional().meta({
      description: 'by default 365 days back; of an earlier day than three years back, that one',
      example: '2026-01-01',
    }),
  }),
  answers: {
    200: z.object({ from: day, metrics: z.array(SeriesSchema.meta({ id: 'PostureMetric' })) }),
  },
  async handle({ query }, { vendors, now, log }) {
    const daysBack = (days: number): string => new Date(now().getTime() - days * DAY_MS).toISOString().slice(0, 10);
    const oldest = daysBack(MOST_YEARS * YEAR_DAYS);
    const asked = query.from ?? daysBack(YEAR_DAYS);
    const from = asked < oldest ? oldest : asked;
    return { status: 200, value: { from, metrics: await readSeries(vendors.storage, from, log) } };
  },
});

export const getPostureHistory = defineRoute({
  id: 'getPostureHistory',
  method: 'GET',
  path: '/api/posture/history',
  summary: 'Of each point of the checklist the worst status of each week, of 52 weeks at most',
  tag: 'Posture',
  access: { kind: 'read', right: 'read' },
  query: z.strictObject({
    from: day.optional().meta({ description: 'by default 52 weeks back, and never earlier', example: '2026-01-01' }),
  }),
  answers: {
    200: z.object({
      /** The Monday of the first week. */
      from: day,
      /** All weeks of the time, by ISO 8601, the oldest first; also those of which nothing is known. */
      weeks: z.array(text),
      checks: z.array(WeeksSchema.meta({ id: 'PostureWeeks' })),
    }),
  },
  async handle({ query }, { vendors, now }) {
    const { from, weeks } = weeksBetween(query.from, now());
    const [first] = weeks;
    const seen = first === undefined ? [] : await vendors.storage.listStatuses(first);
    return { status: 200, value: { from, weeks, checks: worstOfWeeks(CHECKS, seen) } };
  },
});
