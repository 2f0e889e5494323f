import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseRow } from '../../../src/cases/case.ts';
import { heldByBrake } from '../../../src/intake/rules/held-by-brake.ts';

const row = (openedAt: string, more: Partial<CaseRow>): CaseRow =>
  ({ state: 'open', trigger: 'sweep', onHold: `since ${openedAt}`, openedAt, ...more }) as CaseRow;

test('what is on hold is told by brake and trigger, with the oldest instant and the newest word', () => {
  const rows = [
    row('2026-11-23T10:00:00Z', { heldBy: 'mass-leaving' }),
    row('2026-11-23T08:00:00Z', {}),
    row('2026-11-23T09:00:00Z', { heldBy: 'paused', trigger: 'api' }),
  ];
  assert.deepEqual(heldByBrake(rows), [
    {
      ...{ heldBy: 'mass-leaving', trigger: 'sweep', cases: 2 },
      ...{ since: '2026-11-23T08:00:00Z', why: 'since 2026-11-23T10:00:00Z' },
    },
    {
      ...{ heldBy: 'paused', trigger: 'api', cases: 1 },
      ...{ since: '2026-11-23T09:00:00Z', why: 'since 2026-11-23T09:00:00Z' },
    },
  ]);
});

test('a case that runs, ended, or is open and waits for nobody is not on hold', () => {
  const { onHold: _, ...open } = row('2026-11-23T10:00:00Z', {});
  assert.deepEqual(heldByBrake([row('2026-11-23T10:00:00Z', { state: 'filed' }), open]), []);
});

test('the brake that holds the most cases is told first', () => {
  const rows = [
    row('2026-11-23T08:00:00Z', { heldBy: 'paused' }),
    row('2026-11-23T09:00:00Z', {}),
    row('2026-11-23T10:00:00Z', {}),
  ];
  assert.deepEqual(
    heldByBrake(rows).map(({ heldBy, cases }) => [heldBy, cases]),
    [
      ['mass-leaving', 2],
      ['paused', 1],
    ],
  );
});
