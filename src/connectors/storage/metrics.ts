import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { METRIC_STATES } from '../../posture/metric.ts';
import type { StorageSettings } from '../settings.ts';
import { jsonOf, parseEntity } from './base/columns.ts';
import { tableOf } from './base/tables.ts';

/** A number of a day: the last run of the day stands. */
const PointSchema = z.object({
  metric: z.string(),
  /** UTC. */
  day: z.iso.date(),
  runId: z.string(),
  state: z.enum(METRIC_STATES),
  value: z.exactOptional(z.number()),
  terms: jsonOf(z.record(z.string(), z.number())),
});
export type MetricPoint = z.output<typeof PointSchema>;

/** More than anybody asks for: three years of days. */
const MOST_DAYS = 1_100;

/** Enters the numbers of a run: a partition is a metric, a row a day, so that a year is one query of cents a month. */
export async function enterMetrics(settings: StorageSettings, points: readonly MetricPoint[]): Promise<void> {
  await Promise.all(
    points.map(({ metric, day, terms, ...rest }) =>
      tableOf(settings, 'metrics').upsertEntity(
        { partitionKey: metric, rowKey: day, metric, day, ...rest, terms: JSON.stringify(terms) },
        'Replace',
      ),
    ),
  );
}

/** Removes the numbers of a metric before a day. */
export async function forgetMetric(settings: StorageSettings, metric: string, before: string): Promise<void> {
  const table = tableOf(settings, 'metrics');
  const filter = odata`PartitionKey eq ${metric} and RowKey lt ${before}`;
  const rows = table.listEntities({ queryOptions: { filter, select: ['rowKey'] } });
  for await (const { rowKey } of rows) if (rowKey !== undefined) await table.deleteEntity(metric, rowKey);
}

/** The numbers of a metric from a day on, the oldest first. */
export async function listMetric(settings: StorageSettings, metric: string, from: string): Promise<MetricPoint[]> {
  const filter = odata`PartitionKey eq ${metric} and RowKey ge ${from}`;
  const found: MetricPoint[] = [];
  for await (const entity of tableOf(settings, 'metrics').listEntities({ queryOptions: { filter } })) {
    found.push(parseEntity('metrics', PointSchema, entity));
    if (found.length === MOST_DAYS) break;
  }
  return found;
}

/** The first day on which a metric had a number; undefined where it never had one. */
export async function firstMeasured(settings: StorageSettings, metric: string): Promise<MetricPoint | undefined> {
  const filter = odata`PartitionKey eq ${metric} and (state eq ${'exact'} or state eq ${'at-least'})`;
  const pages = tableOf(settings, 'metrics').listEntities({ queryOptions: { filter } }).byPage({ maxPageSize: 1 });
  for await (const [first] of pages) if (first !== undefined) return parseEntity('metrics', PointSchema, first);
  return undefined;
}
