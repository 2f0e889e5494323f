import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { EVENT } from '../local/host/engine/replay/history.ts';
import { world } from './host/fixtures/calls/world.ts';
import { gate, hostUnderTest, outputOf } from './host/host-under-test.ts';

const host = await hostUnderTest('calls');
after(() => host.stop());

test('an activity that the host ends takes nothing from its siblings, and is a failure that travels as a value', async () => {
  const { passed, open } = gate();
  world.late = passed;
  const id = host.begin('siblings');
  const failed = (): boolean => host.engine.history(id).some(({ EventType }) => EventType === EVENT.taskFailed);
  for (let turn = 0; turn < 10_000 && !failed(); turn += 1) await new Promise(setImmediate);
  assert.ok(failed());
  open();
  const [broken, kept] = outputOf(await host.now(id)) as { ok: boolean; value?: string; error?: { message: string } }[];
  assert.equal(broken?.ok, false);
  assert.match(broken?.error?.message ?? '', /Timeout value of 00:30:00 exceeded/);
  assert.deepEqual(kept, { ok: true, value: 'kept' });
});

test('what one attempt found stays although the next ones break', async () => {
  const settled = outputOf(await host.finish('secondAttemptBreaks'));
  assert.equal(world.attempts, 3);
  assert.deepEqual(settled, [{ ok: true, value: { found: 3, tryAgainAfterMs: 0 } }]);
});

test('what a failed activity calls its failure is its name wherever it is told', async () => {
  const [settled] = outputOf(await host.finish('sealsInside')) as { error?: { code: string; message: string } }[];
  assert.equal(settled?.error?.code, 'evidence-altered');
  const { message } = settled.error;
  assert.match(message, /altered failed \(evidence-altered\)/);
  assert.equal(message.split('treat it as an incident').length, 2, message);
});

test('no two sub-orchestrations of one orchestration share an id', async () => {
  const settled = outputOf(await host.finish('callsTwice')) as { value: { told: string; instanceId: string } }[];
  assert.deepEqual(
    settled.map(({ value }) => value.told),
    ['one', 'two', 'three'],
  );
  assert.equal(new Set(settled.map(({ value }) => value.instanceId)).size, 3);
});
