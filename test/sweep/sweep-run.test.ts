import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DurableClient } from 'durable-functions';
import {
  askedIn,
  askedSweepIdOf,
  goesOn,
  hourOfSweep,
  sweepIdOf,
  sweepRun,
  sweepsOfHour,
} from '../../src/sweep/sweep-run.ts';
import { startSweep } from '../../src/triggers/sweep.ts';

test('a timer that fires a moment early, on time, or late sweeps in the hour for which it is due', () => {
  const ids = ['09:59:59.993', '10:00:00.000', '10:00:00.004', '10:41:00.000'].map((time) =>
    sweepIdOf(new Date(`2026-11-23T${time}Z`)),
  );
  assert.deepEqual([...new Set(ids)], ['sweep:ci:2026-11-23T10']);
  assert.equal(sweepIdOf(new Date('2026-11-23T23:59:59.999Z')), 'sweep:ci:2026-11-24T00');
});

const policy = { RETRY_ATTEMPTS: 1, RETRY_DELAY_MS: 1, WINDOW: 1, VERIFY_INTERVAL_MS: 1, VERIFY_DEADLINE_MS: 1 };

/** The timer at 10:00, with sweeps of earlier hours in these states. @returns errors that it logged, and what it started */
async function atTen(states: Readonly<Record<string, string>>): Promise<readonly [string[], string[]]> {
  const [errors, started]: [string[], string[]] = [[], []];
  const getStatus = async (id: string) => {
    const runtimeStatus =
      states[id.startsWith('sweep:asked:') ? id.slice('sweep:asked:2026-11-23T'.length) : id.slice(-2)];
    if (runtimeStatus === undefined) throw new Error('no such instance: HTTP 404');
    return { runtimeStatus };
  };
  const startNew = async (_name: string, { instanceId }: { readonly instanceId: string }) => started.push(instanceId);
  const error = (
    _message: string,
    { sweepId, status }: { readonly sweepId?: unknown; readonly status?: unknown } = {},
  ) => errors.push(`${sweepId} ${status}`);
  const log = { info: () => undefined, warn: () => undefined, error };
  const client = { getStatus, startNew } as unknown as DurableClient;
  await startSweep(policy, client, log, () => new Date('2026-11-23T10:00:00Z'));
  return [errors, started];
}
const TEN = 'sweep:ci:2026-11-23T10';

for (const [what, states, errors, started] of [
  ['ended', { '09': 'Completed' }, [], [TEN]],
  ['runs for two hours', { '08': 'Running' }, [], []],
  ['broke', { '09': 'Failed', '08': 'Failed' }, ['sweep:ci:2026-11-23T09 Failed'], [TEN]],
  ['broke, and the one after it did not', { '09': 'Completed', '08': 'Failed' }, [], [TEN]],
  ['was never begun', { '09': 'Pending' }, ['sweep:ci:2026-11-23T09 Pending'], []],
  ['was suspended', { '09': 'Suspended' }, ['sweep:ci:2026-11-23T09 Suspended'], [TEN]],
  ['was asked for and goes on', { '09': 'Completed', '09:1': 'Running' }, [], []],
  ['was asked for in this hour and goes on', { '10:1': 'Completed', '10:2': 'Pending' }, [], []],
  ['was asked for and broke', { '09:1': 'Failed', '08:1': 'Failed' }, ['sweep:asked:2026-11-23T09:1 Failed'], [TEN]],
  ['was asked for and has ended', { '09:1': 'Completed' }, [], [TEN]],
  ['was asked for and never ends', { '03:1': 'Running' }, [], [TEN]],
  ['never ends', { '04': 'Running' }, ['sweep:ci:2026-11-23T04 Running'], []],
] as const) {
  test(`an earlier sweep that ${what}: ${errors.length === 0 ? 'nothing is told' : 'somebody is told'}`, async () => {
    assert.deepEqual(await atTen(states), [errors, started]);
  });
}

const NINE = new Date('2026-11-23T09:12:00Z');
const ASKED = 'sweep:asked:2026-11-23T09';

test('an id says in which hour a sweep began, and a text that is no id says none', () => {
  assert.equal(hourOfSweep(sweepIdOf(NINE)), '2026-11-23T09');
  assert.equal(hourOfSweep(askedSweepIdOf(NINE, 12)), '2026-11-23T09');
  for (const text of [
    'sweep:ci:2026-11-23',
    'sweep:ci:2026-11-23T09:1',
    `x${ASKED}:1`,
    `${ASKED}:0`,
    `${ASKED}:1000`,
    `${ASKED}:1 `,
    'sweep:other:2026-11-23T09',
    '',
  ])
    assert.equal(hourOfSweep(text), undefined, text);
  assert.equal(sweepRun('2026-11-23T09:12:00Z'), 'sweeps/2026-11-23T09:12:00Z');
});

test('the sweeps of an hour are told with the newest first, those that people asked for before the timer’s', async () => {
  const runs = new Map([
    [sweepIdOf(NINE), 'timer'],
    [`${ASKED}:1`, 'first'],
    [`${ASKED}:2`, 'second'],
    // Nobody numbers past a gap.
    [`${ASKED}:4`, 'fourth'],
  ]);
  const read = async (id: string) => runs.get(id);
  const [timer, first, second] = [
    { sweepId: sweepIdOf(NINE), run: 'timer' },
    { sweepId: `${ASKED}:1`, run: 'first' },
    { sweepId: `${ASKED}:2`, run: 'second' },
  ];
  assert.deepEqual(await askedIn(NINE, read), [first, second]);
  assert.deepEqual(await sweepsOfHour(NINE, read), [second, first, timer]);
  runs.delete(sweepIdOf(NINE));
  assert.deepEqual(await sweepsOfHour(NINE, read), [second, first]);
  assert.deepEqual(await sweepsOfHour(new Date('2026-11-23T11:00:00Z'), read), []);
});

test('a run goes on until it has ended, whatever the engine calls that', () => {
  const states = ['Pending', 'Running', 'ContinuedAsNew', 'Suspended', 'Completed', 'Failed', 'Terminated', 'Canceled'];
  assert.deepEqual(
    states.filter((runtimeStatus) => goesOn({ runtimeStatus })),
    states.slice(0, 4),
  );
});
