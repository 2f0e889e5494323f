import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notKnownYet } from '../../src/intake/rules/not-known-yet.ts';

const AT = '2026-11-23T10:00:00.000Z';
const waits = (ms: number, more: { trigger?: 'entra-event' | 'api'; state?: 'gone' | 'active'; cases?: number } = {}) =>
  notKnownYet(
    { trigger: more.trigger ?? 'entra-event', requestedAt: AT },
    more.state ?? 'gone',
    more.cases ?? 0,
    new Date(Date.parse(AT) + ms),
    60_000,
  );

test('an event about somebody whom nobody knows waits for its allowance, and no longer', () => {
  assert.deepEqual(
    [0, 20_000, 60_000, 90_000].map((ms) => waits(ms)),
    [60_000, 40_000, 0, 0],
  );
});

test('whoever is known, had a case, or was asked for by a person does not wait', () => {
  assert.equal(waits(0, { trigger: 'api' }), 0);
  assert.equal(waits(0, { state: 'active' }), 0);
  assert.equal(waits(0, { cases: 1 }), 0);
});
