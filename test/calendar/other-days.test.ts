import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NASTIEST } from './days.ts';
import { onDay } from './on-day.ts';

test(`the story holds on ${NASTIEST.at}: ${NASTIEST.why}`, async () => {
  const { ok, output } = await onDay(NASTIEST, true);
  assert.ok(ok, output);
});
