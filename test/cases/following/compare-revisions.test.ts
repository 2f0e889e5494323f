import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FINDING_STATUSES } from '../../../src/cases/finding.ts';
import { comparedInWords, compareRevisions, countsOf } from '../../../src/cases/following/compare-revisions.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import { fc } from '../../support/properties.ts';

const idOf = (name: number | string) => findingId('consent', 'grant', String(name));
const told = (name: number | string, status: string, more: object = {}) => ({
  ...{ id: idOf(name), title: `${name}`, status },
  ...more,
});

test('what is new, gone, changed, still there and settled', () => {
  const until = { until: '2026-12-01T00:00:00Z', why: 'it lives' };
  const comparison = compareRevisions(
    [
      told('stays', 'manual-action'),
      told('cut', 'awaiting-decision'),
      told('gone', 'manual-action'),
      told('was cut', 'done'),
      told('lives', 'nothing-to-do', { residual: until }),
    ],
    [
      told('stays', 'manual-action'),
      told('cut', 'done'),
      told('was cut', 'done'),
      told('lives', 'nothing-to-do', { residual: until }),
      told('fresh', 'planned'),
    ],
  );
  assert.deepEqual(comparison, {
    new: [idOf('fresh')],
    gone: [{ id: idOf('gone'), title: 'gone', status: 'manual-action' }],
    changed: [{ id: idOf('cut'), before: 'awaiting-decision' }],
    still: [idOf('stays'), idOf('lives')],
    settled: [idOf('was cut')],
  });
  assert.equal(comparedInWords(countsOf(comparison)), '1 new, 1 gone, 1 with another status, 2 still there');
});

test('of whatever two reports, each finding stands in exactly one list', () => {
  const findings = fc.array(
    fc.record({ n: fc.nat(12), status: fc.constantFrom(...FINDING_STATUSES), lives: fc.boolean() }),
    { maxLength: 20 },
  );
  const report = findings.map((all) =>
    [...new Map(all.map((each) => [each.n, each])).values()].map(({ n, status, lives }) =>
      told(n, status, lives ? { residual: {} } : {}),
    ),
  );
  fc.assert(
    fc.property(report, report, (before, now) => {
      const { new: fresh, gone, changed, still, settled } = compareRevisions(before, now);
      const lists = [...fresh, ...gone.map(({ id }) => id), ...changed.map(({ id }) => id), ...still, ...settled];
      assert.deepEqual(lists.toSorted(), [...new Set([...before, ...now].map(({ id }) => id))].sort());
      for (const id of fresh) assert.ok(!before.some((each) => each.id === id));
      for (const { id } of gone) assert.ok(!now.some((each) => each.id === id));
    }),
  );
});
