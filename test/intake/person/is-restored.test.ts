import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRestored } from '../../../src/intake/rules/is-restored.ts';
import type { Words } from '../../../src/intake/rules/words.ts';
import type { Leaver } from '../../../src/people/leaver.ts';

const NOW = new Date('2026-11-20T09:00:00.000Z');
const ASKED = '2026-11-10T09:00:00.000Z';
type Person = Pick<Leaver, 'state' | 'deletedAt' | 'leaveAt'>;
const words = (more: Partial<Words>): Words => ({
  ...{ trigger: 'sweep', requestedBy: 'x', requestedAt: ASKED, mode: 'apply', merged: [], ...more },
});
const active: Person = { state: 'active' };
const merged = (trigger: Words['trigger'], more: object = {}): Pick<Words, 'merged'> => ({
  merged: [{ trigger, requestedBy: 'y', requestedAt: ASKED, reason: 'x', ...more }],
});

test('somebody is back where the account works and no word for the case holds any more', () => {
  const situations: readonly (readonly [string, Partial<Words>, Person, boolean])[] = [
    ['an event, and the account works', { trigger: 'entra-event' }, active, true],
    ['an event, and the account is disabled', { trigger: 'entra-event' }, { state: 'disabled' }, false],
    ['an event, and the account is deleted', { trigger: 'entra-event' }, { state: 'soft-deleted' }, false],
    ['an event, and nobody knows the account', { trigger: 'entra-event' }, { state: 'gone' }, false],
    ['the sweep, and there is no leave date', {}, active, true],
    ['the sweep, and the leave date has passed', {}, { state: 'active', leaveAt: '2026-11-01T00:00:00Z' }, false],
    ['the sweep, and the leave date was moved on', {}, { state: 'active', leaveAt: '2027-01-01T00:00:00Z' }, true],
    ['a person’s word', { trigger: 'api' }, active, false],
    ['HR’s word', { trigger: 'hr-queue' }, active, false],
    ['HR’s word, taken back', { trigger: 'hr-queue', withdrawnAt: '2026-11-15T09:00:00.000Z' }, active, true],
    ['HR’s word on a case of the sweep', merged('hr-queue'), active, false],
    ['the same, taken back', merged('hr-queue', { withdrawnAt: '2026-11-15T09:00:00.000Z' }), active, true],
    ['HR’s word for a day to come', merged('hr-queue', { startsAt: '2026-12-01T00:00:00.000Z' }), active, true],
    ['HR’s word for a day that has come', merged('hr-queue', { startsAt: '2026-11-19T00:00:00.000Z' }), active, false],
    ['a plan that somebody asked for besides', merged('api', { mode: 'plan' }), active, true],
  ];
  for (const [what, row, person, expected] of situations)
    assert.equal(isRestored(words(row), person, NOW), expected, what);
});
