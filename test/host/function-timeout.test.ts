import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { world } from './fixtures/timeout/world.ts';
import { gate, hostUnderTest, outputOf } from './host-under-test.ts';

const host = await hostUnderTest('timeout');
after(() => host.stop());
beforeEach(() => {
  world.calls.length = 0;
  world.gates.clear();
});

const LIMIT_MS = 2_000;
const untilCalled = async (...what: readonly string[]): Promise<void> => {
  while (!what.every((each) => world.calls.includes(each))) await new Promise(setImmediate);
};
const hold = (what: string): (() => void) => {
  const { passed, open } = gate();
  world.gates.set(what, passed);
  return open;
};

test('an activity that exceeds functionTimeout fails, its neighbours with it, and the orchestration goes on', async () => {
  const letGo = [hold('hung'), hold('neighbour')];
  const id = host.begin('side-by-side', ['hung', 'neighbour', 'quick']);
  await untilCalled('hung');
  host.clock.advance(LIMIT_MS - 1);
  await untilCalled('neighbour', 'quick');
  host.clock.advance(1);
  const timedOut =
    "Activity function 'work' failed: Timeout value of 00:00:02 was exceeded by function: Functions.work";
  const [ends, next] = outputOf(await host.now(id)) as [string[], string];
  assert.equal(ends[0], timedOut);
  assert.match(ends[1] ?? '', /^Activity function 'work' failed: (Timeout value|Worker channel is shutting down)/);
  assert.deepEqual([ends[2], next], ['quick', 'after']);
  for (const open of letGo) open();
});

test('a neighbour that began later fails at the same moment, though its own time is not up', async () => {
  const letGo = [hold('hung'), hold('asked')];
  const id = host.begin('side-by-side', ['hung']);
  await untilCalled('hung');
  host.clock.advance(LIMIT_MS / 2);
  const answer = fetch(`${host.url}/api/ask`);
  await untilCalled('asked');
  host.clock.advance(LIMIT_MS / 2);
  assert.equal((await answer).status, 500);
  await host.now(id);
  const said = host.logged.map(({ message }) => message);
  assert.ok(said.includes('Worker channel is shutting down. Aborting function.'));
  for (const open of letGo) open();
});

test('an orchestrator that was running on the worker is not failed but run again', async () => {
  const [hung, before] = [hold('hung'), hold('before alone')];
  const id = host.begin('side-by-side', ['hung']);
  await untilCalled('hung');
  host.clock.advance(LIMIT_MS / 2);
  const aborted = host.begin('alone');
  await untilCalled('before alone');
  world.gates.delete('before alone');
  host.clock.advance(LIMIT_MS / 2);
  assert.equal(outputOf(await host.now(aborted)), 'alone');
  await host.now(id);
  assert.ok(host.logged.some(({ message }) => /^An episode was aborted and runs again: alone/.test(message)));
  for (const open of [hung, before]) open();
});

test('what goes on after it was given up is not heard, and said so', async () => {
  const open = hold('hung');
  const id = host.begin('side-by-side', ['hung']);
  await untilCalled('hung');
  host.clock.advance(LIMIT_MS);
  const [[end]] = outputOf(await host.now(id)) as [[string]];
  open();
  while (!host.logged.some(({ message }) => message.includes('its result is dropped'))) await new Promise(setImmediate);
  assert.match(end, /Timeout value/);
  assert.deepEqual(outputOf(await host.now(id)), [[end], 'after']);
});

test('what ends in time is left alone, whatever time passes afterwards', async () => {
  const id = host.begin('side-by-side', ['a', 'b']);
  assert.deepEqual(outputOf(await host.now(id)), ['a', 'b']);
  assert.equal(host.clock.nextTimerAt(), undefined);
});
