import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NASTIEST } from './days.ts';
import { onDay } from './on-day.ts';

for (const day of NASTIEST) {
  test(`the story holds on ${day.at}: ${day.why}`, async () => {
    const { ok, output } = await onDay(day, true);
    assert.ok(ok, output);
  });
}
