import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { casePolicy, type PolicySettings } from '../config/config-cases.ts';
import { config } from '../config.ts';
import type { ErrorCode } from '../errors.ts';
import { askEngine } from '../intake/ask-engine.ts';
import { startOnce } from '../intake/starting/start-case.ts';
import { type Log, logOf } from '../log.ts';
import { askedIn, HOUR_MS, hourOfSweep, MOST_HOURS, sweepIdOf } from '../sweep/sweep-run.ts';

/** The sweep for credentials whose owner is gone, at every full hour. */
export function registerSweep(): void {
  app.timer('sweepTimer', {
    schedule: '0 0 * * * *',
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      await startSweep(config(), df.getClient(context), logOf(context), () => new Date());
    },
  });
}

interface Earlier {
  readonly sweepId: string;
  readonly status: string;
}

/** The sweeps of the hours before, the newest first. */
async function earlierSweeps(client: df.DurableClient, at: number): Promise<readonly Earlier[]> {
  const ids = Array.from({ length: MOST_HOURS }, (_, hours) => sweepIdOf(new Date(at - (hours + 1) * HOUR_MS)));
  const found = await Promise.all(ids.map(async (sweepId) => ({ sweepId, status: await statusOf(client, sweepId) })));
  return found.flatMap(({ sweepId, status }) => (status === undefined ? [] : [{ sweepId, status }]));
}

/** Those that people asked for in this hour and in the hours before. */
async function askedSweeps(client: df.DurableClient, at: number): Promise<readonly Earlier[]> {
  const hours = Array.from({ length: MOST_HOURS + 1 }, (_, hour) => new Date(at - hour * HOUR_MS));
  const found = await Promise.all(hours.map((hour) => askedIn(hour, (sweepId) => statusOf(client, sweepId))));
  return found.flat().map(({ sweepId, run }) => ({ sweepId, status: run }));
}

/** A second one would read the same again, and take its points. */
function isUnderWay({ status }: Earlier): boolean {
  return status === 'Running' || status === 'Pending';
}

/** An hour is enough to begin, and to end badly. */
const BROKEN = new Set(['Failed', 'Terminated', 'Canceled', 'Suspended', 'Pending']);

/**
 * Tells of a sweep that broke, or that never ends: nobody else notices it, and its leavers are found by the next one at
 * the earliest.
 */
function tellBroken(log: Log, earlier: readonly Earlier[], asked: readonly Earlier[], at: number): void {
  const oldest = sweepIdOf(new Date(at - MOST_HOURS * HOUR_MS));
  const broken = earlier.filter(
    ({ sweepId, status }, index) => (index === 0 && BROKEN.has(status)) || (sweepId === oldest && status === 'Running'),
  );
  const lastHour = hourOfSweep(sweepIdOf(new Date(at - HOUR_MS)));
  broken.push(...asked.filter(({ sweepId, status }) => hourOfSweep(sweepId) === lastHour && BROKEN.has(status)));
  const code: ErrorCode = 'sweep-incomplete';
  for (const { sweepId, status } of broken) log.error('a sweep broke, or does not end', { code, sweepId, status });
}

async function statusOf(client: df.DurableClient, instanceId: string): Promise<string | undefined> {
  try {
    return (await askEngine('asking for a sweep', () => client.getStatus(instanceId))).runtimeStatus;
  } catch {
    // There was none in that hour, or nobody says.
    return undefined;
  }
}

/**
 * Starts the sweep of this hour, unless one goes on. Its id names the hour, so that a timer that fires twice, or late
 * after a restart, starts one sweep.
 */
export async function startSweep(
  settings: PolicySettings,
  client: df.DurableClient,
  log: Log,
  now: () => Date,
): Promise<string> {
  const at = now();
  const instanceId = sweepIdOf(at);
  const [earlier, asked] = await Promise.all([earlierSweeps(client, at.getTime()), askedSweeps(client, at.getTime())]);
  tellBroken(log, earlier, asked, at.getTime());
  if ([...earlier, ...asked].some(isUnderWay)) return instanceId;
  await startSweepWith(client, settings)(instanceId, at);
  return instanceId;
}

/** Starts a sweep under its id, once. `at`: the instant from which it is told. */
export function startSweepWith(
  client: df.DurableClient,
  settings: PolicySettings,
): (sweepId: string, at: Date) => Promise<void> {
  return (sweepId, at) => startOnce(client, 'sweep', sweepId, { at: at.toISOString(), policy: casePolicy(settings) });
}
