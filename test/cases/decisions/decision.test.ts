import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Decision, decidedIn, digestOf, isApproved, ruling } from '../../../src/cases/decisions/decision.ts';
import type { CaseId, FindingId, RemedyId } from '../../../src/cases/ids.ts';
import type { PlannedRemedy } from '../../../src/cases/remedies/plan.ts';
import type { Remedy } from '../../../src/cases/remedies/remedy.ts';
import { fc } from '../../support/properties.ts';

const remedyOf = (number: number, version = 0): Remedy => ({
  id: `R-${String(number).padStart(12, '0')}` as RemedyId,
  risk: 'disruptive',
  what: `Remove thing ${number}.`,
  undo: 'Put it back.',
  call: { kind: 'remove-thing', id: number, expected: { version } },
});
const findingOf = (number: number): FindingId => `F-${String(number).padStart(12, '0')}` as FindingId;
const plannedOf = (number: number, version = 0): PlannedRemedy => ({
  ...{ findingId: findingOf(number), title: `Thing ${number}`, remedy: remedyOf(number, version) },
});
const at = (hour: number): string => new Date(Date.parse('2026-11-29T00:00:00Z') + hour * 3_600_000).toISOString();

const decided = (number: number, version = 0) => ({
  ...{ findingId: findingOf(number), remedyId: remedyOf(number).id, digest: digestOf(remedyOf(number, version)) },
});
const decisionOf = (n: number, more: Partial<Decision>): Decision => ({
  ...{ caseId: 'x-1' as CaseId, n, revision: 1, planHash: '0'.repeat(64), by: 'somebody', reason: 'why' },
  ...{ at: at(n), until: at(n + 24), approved: [], rejected: [] },
  ...more,
});

test('every finding that cannot be decided about is named, and then nothing is decided', () => {
  const plan = { remedies: [plannedOf(1), plannedOf(2)] };
  const waiting = new Set([findingOf(1), findingOf(2), findingOf(3)]);
  const said = { approve: [findingOf(1), findingOf(1), findingOf(3), findingOf(9)], reject: [findingOf(2)] };
  assert.deepEqual(decidedIn(plan, waiting, said), {
    faults: [
      { findingId: findingOf(1), why: 'is named twice' },
      { findingId: findingOf(3), why: 'has no remedy in this plan' },
      { findingId: findingOf(9), why: 'does not wait for a decision' },
    ],
  });
});

test('a remedy is not the one that was approved once anything of it differs: its call, its state, its words, its impact', () => {
  const approved = [decisionOf(1, { approved: [decided(1)] })];
  const now = new Date(at(2));
  assert.equal(isApproved(approved, remedyOf(1), now), true);
  const others: readonly Remedy[] = [
    remedyOf(1, 1),
    { ...remedyOf(1), what: 'Remove all things.' },
    { ...remedyOf(1), impact: [{ what: 'payroll' }] },
    { ...remedyOf(1), risk: 'safe' },
    remedyOf(2),
  ];
  for (const other of others) assert.equal(isApproved(approved, other, now), false, JSON.stringify(other));
});

test('the order of members makes no other remedy', () => {
  const { call, ...rest } = remedyOf(1);
  assert.equal(digestOf({ call, ...rest }), digestOf(remedyOf(1)));
});

test('whatever was decided, the newest word about exactly this remedy counts, and only until it expires', () => {
  const words = fc.array(
    fc.record({
      thing: fc.integer({ min: 1, max: 3 }),
      version: fc.integer({ min: 0, max: 1 }),
      approve: fc.boolean(),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(words, fc.integer({ min: 0, max: 40 }), fc.nat(), (said, hour, shuffle) => {
      const decisions = said.map(({ thing, version, approve }, index) =>
        decisionOf(index + 1, { [approve ? 'approved' : 'rejected']: [decided(thing, version)] }),
      );
      const start = decisions.length === 0 ? 0 : shuffle % decisions.length;
      const inAnyOrder = [...decisions.slice(start), ...decisions.slice(0, start)];
      for (const thing of [1, 2, 3]) {
        // The oracle knows the words alone.
        const last = said.findLastIndex((word) => word.thing === thing && word.version === 0);
        const expected = last >= 0 && said[last]?.approve === true && hour < last + 1 + 24;
        assert.equal(isApproved(inAnyOrder, remedyOf(thing), new Date(at(hour))), expected);
        assert.equal(ruling(inAnyOrder, remedyOf(thing))?.decision.n, last < 0 ? undefined : last + 1);
      }
    }),
    { numRuns: 300 },
  );
});

test('what is decided is bound to each remedy as it stands in the plan', () => {
  const plan = { remedies: [plannedOf(1), plannedOf(2)] };
  const waiting = new Set([findingOf(1), findingOf(2)]);
  assert.deepEqual(decidedIn(plan, waiting, { approve: [findingOf(2)], reject: [findingOf(1)] }), {
    approved: [decided(2)],
    rejected: [decided(1)],
  });
});

test('one of several that were decided together is ruled by itself', () => {
  const together = [decisionOf(1, { approved: [decided(1), decided(2)], rejected: [decided(3), decided(4)] })];
  assert.equal(ruling(together, remedyOf(2))?.approved, true);
  assert.equal(ruling(together, remedyOf(4))?.approved, false);
  assert.equal(ruling(together, remedyOf(5)), undefined);
});
