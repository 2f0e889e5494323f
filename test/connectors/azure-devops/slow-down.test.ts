import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paceOf } from '../../../src/connectors/azure-devops/slow-down.ts';

/** A clock that goes on where somebody waits. */
function clock() {
  const waits: number[] = [];
  let time = 1_000_000;
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
    time += ms;
  };
  const pass = (ms: number): void => {
    time += ms;
  };
  return { now: () => time, wait, waits, pass };
}

test('nobody waits where nothing was asked for', async () => {
  const time = clock();
  const pace = paceOf(time);
  pace.heard(undefined);
  assert.deepEqual([await pace.turn(), time.waits], [0, []]);
});

test('the next call waits for what the last answer asked, less what has passed', async () => {
  const time = clock();
  const pace = paceOf(time);
  pace.heard(5_000);
  time.pass(2_000);
  assert.deepEqual([await pace.turn(), time.waits], [0, [3_000]]);
});

test('of several pauses the longest stands', async () => {
  const time = clock();
  const pace = paceOf(time);
  for (const ms of [5_000, 1_000, undefined]) pace.heard(ms);
  assert.deepEqual([await pace.turn(), time.waits], [0, [5_000]]);
});

test('pauses that follow each other hold no activity for longer than a while, and an orchestration waits then', async () => {
  const time = clock();
  const pace = paceOf(time);
  const turns: number[] = [];
  for (let call = 0; call < 5; call += 1) {
    pace.heard(30_000);
    turns.push(await pace.turn());
  }
  assert.deepEqual(turns, [0, 0, 0, 30_000, 30_000]);
  // Once the service asks for nothing any more, the next pause is waited for again.
  time.pass(30_000);
  pace.heard(undefined);
  pace.heard(30_000);
  assert.equal(await pace.turn(), 0);
});
