import assert from 'node:assert/strict';
import { test } from 'node:test';
import { survive } from './firm/survive.ts';

/** A sample of `npm run test:crash`: the same every day. */
const SEED = 11;
const KILLS = 4;

test('an app that is killed again and again loses no leaver, files one report each, tells everybody once, and touches nobody who stays', async () => {
  const { kills, leavers, cases, faults } = await survive({
    seed: SEED,
    kills: KILLS,
    ways: ['an event of Entra', 'HR, who takes it back', 'a lifecycle workflow'],
    accidents: false,
  });
  assert.deepEqual(faults, []);
  assert.deepEqual([kills, leavers], [KILLS, 3]);
  assert.ok(cases >= 2);
});
