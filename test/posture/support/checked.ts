import assert from 'node:assert/strict';
import { makeRead } from '../../../activities/posture/make-read.ts';
import { READERS } from '../../../activities/posture/readers/index.ts';
import { assess } from '../../../src/posture/assess.ts';
import type { CheckDefinition, Readings } from '../../../src/posture/check.ts';
import { type Measured, type MetricDefinition, measure } from '../../../src/posture/metric.ts';
import type { Read } from '../../../src/posture/reading.ts';
import type { Assessed } from '../../../src/posture/runs/run.ts';
import type { TestApp } from '../../support/apps/start-app.ts';

/** One check of the firm as it stands: read through the SDKs from the simulated tenant, and judged. */
export async function checked(
  app: Pick<TestApp, 'context'>,
  // biome-ignore lint/suspicious/noExplicitAny: a check of any readings.
  check: CheckDefinition<any, any>,
  settings: Partial<TestApp['config']> = {},
): Promise<Assessed> {
  const { reads, ...rest } = await readFor(app, check.reads, settings);
  return assess(check as CheckDefinition, reads, { ...rest, exceptions: [] });
}

/** One number of the firm as it stands, likewise. */
export async function measuredNow(
  app: Pick<TestApp, 'context'>,
  // biome-ignore lint/suspicious/noExplicitAny: a metric of any readings.
  metric: MetricDefinition<any>,
  settings: Partial<TestApp['config']> = {},
): Promise<Measured> {
  const { reads, ...rest } = await readFor(app, metric.reads, settings);
  return measure(metric as MetricDefinition, reads, rest);
}

async function readFor(app: Pick<TestApp, 'context'>, wanted: Readings, changed: Partial<TestApp['config']>) {
  const settings = { ...app.context.settings, ...changed };
  const context = { ...app.context, settings };
  const at = context.now().toISOString();
  const reads: Record<string, Read<unknown>> = {};
  for (const [name, definition] of Object.entries(wanted)) {
    const reader = READERS[definition.id];
    assert.ok(reader !== undefined, `something reads ${definition.id}`);
    reads[name] = (await makeRead(definition, reader, at, context)).read;
  }
  return { at, settings, reads };
}

/** What a check says of one API of the gateway, in a line like that of a whole check: several can be judged at once. */
export function toldOf(judged: Assessed, api: string): string {
  const isOf = (resource: string): boolean => new RegExp(`/apis/${api}(/|#|$)`, 'i').test(resource);
  const failures = judged.failures.filter(({ resource }) => isOf(resource));
  const gaps = judged.gaps.filter(({ source }) => isOf(source));
  const status = failures.length > 0 ? 'fail' : gaps.length > 0 ? 'unknown' : 'pass';
  return told({ ...judged, status, failures, gaps });
}

/** What a check came to, in a line: `fail: tag-missing aci-mcp-files`, `unknown: denied Microsoft.Web/sites/read`. */
export function told({ status, failures, gaps }: Assessed): string {
  const failed = failures.map(({ reason, resource }) => `${reason} ${resource.split('/').at(-1)}`).sort();
  const unknown = gaps.map(({ reason, missingPermission }) => `${reason} ${missingPermission ?? ''}`.trim()).sort();
  const said = status === 'fail' ? failed : [...new Set(unknown)];
  return said.length === 0 ? status : `${status}: ${said.join(', ')}`;
}
