import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '../../local/stack.ts';
import { blobsOf } from '../scenarios/support/everything-written.ts';
import type { FiledSweep } from './oracle/judge-sweep.ts';

const INSTANCES = '/runtime/webhooks/durabletask';

/**
 * Runs one sweep, and gives the report that it files. Its timer starts one in an hour, so that the orchestration is
 * started here by an id of its own; that the timer does so is `test/scenarios/first-day.test.ts`'s to say.
 */
export async function sweepNow(stack: Stack, timeoutMs = 60_000): Promise<FiledSweep> {
  const id = `sweep-${randomUUID()}`;
  const { settings, tenant } = stack;
  const policy = {
    attempts: Number(settings.RETRY_ATTEMPTS),
    retryDelayMs: Number(settings.RETRY_DELAY_MS),
    window: 20,
    verifyIntervalMs: Number(settings.VERIFY_INTERVAL_MS),
    verifyDeadlineMs: Number(settings.VERIFY_DEADLINE_MS),
  };
  const body = JSON.stringify({ at: tenant.core.now().toISOString(), policy });
  const headers = { 'content-type': 'application/json' };
  const started = await fetch(`${stack.url()}${INSTANCES}/orchestrators/sweep/${id}`, {
    method: 'POST',
    headers,
    body,
  });
  if (started.status !== 202) throw new Error(`starting a sweep was answered with ${started.status}`);
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await fetch(`${stack.url()}${INSTANCES}/instances/${id}`);
    const { runtimeStatus } = (await answer.json()) as { runtimeStatus?: string };
    if (runtimeStatus === 'Completed') break;
    if (runtimeStatus === 'Failed') throw new Error(`the sweep ${id} failed`);
    if (Date.now() > deadline) throw new Error(`the sweep ${id} is not over after ${timeoutMs / 1000} s`);
    await delay(25);
  }
  const name = `sweeps/${id}.json`;
  const filed = (await blobsOf(stack, 'evidence', name)).get(name);
  if (filed === undefined) throw new Error(`the sweep ${id} filed no report`);
  return JSON.parse(filed.toString('utf8')) as FiledSweep;
}
