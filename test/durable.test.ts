import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { EVENT } from '../local/host/engine/history.ts';
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
