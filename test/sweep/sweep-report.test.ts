import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';
import {
  CoverageLineSchema,
  SWEEP_RESULTS,
  SweepCountsSchema,
  type SweepFindings,
  SweepFindingsSchema,
  SweptCaseSchema,
  sweepReport,
} from '../../src/sweep/sweep-report.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const about = { sweepId: 's', at: '2026-11-23T04:00:00.000Z', finishedAt: '2026-11-23T04:10:00.000Z' };
const credential = { kind: 'fine-grained-token', source: 'github/fine-grained-tokens:acme', id: '7' } as const;
const findings: SweepFindings = {
  orphaned: [1, 2, 3].map((n) => ({ person: { oid: oid(n), state: 'gone' }, credentials: [credential] })),
  coverage: [{ source: 'entra/grants', state: 'denied', looked: { count: 0, unit: 'grants' }, missingPermission: 'x' }],
  looked: { people: 40, credentials: 90, unlinked: 2 },
  faults: ['429'],
};

test('every leaver who was found is in the report; of whom nothing became of, the directory did not answer', () => {
  const cases = [
    { oid: oid(1), result: 'opened', caseId: makeCaseId(oid(1), 1), mode: 'plan' },
    { oid: oid(3), result: 'on-hold', caseId: makeCaseId(oid(3), 1), mode: 'apply' },
    { oid: oid(9), result: 'opened' },
  ] as const;
  const report = sweepReport(about, findings, cases, []);
  assert.deepEqual(
    report.orphaned.map(({ oid: who, result, mode, credentials }) => [who, result, mode, credentials.length]),
    [
      [oid(1), 'opened', 'plan', 1],
      [oid(2), 'unreadable', undefined, 1],
      [oid(3), 'on-hold', 'apply', 1],
    ],
  );
  assert.deepEqual(report.counts, {
    ...{ opened: 1, reopened: 0, known: 0, 'on-hold': 1, refused: 0, returned: 0, unreadable: 1 },
  });
  assert.deepEqual(report.orphaned[1], { oid: oid(2), result: 'unreadable', credentials: [credential] });
  assert.deepEqual(Object.keys(report.counts).sort(), [...SWEEP_RESULTS].sort());
});

test('what could not be read stands in the report', () => {
  const report = sweepReport(about, findings, [], []);
  assert.deepEqual([report.coverage, report.faults, report.looked], [findings.coverage, ['429'], findings.looked]);
});

test('what an earlier version filed is read, and what is no finding of a sweep is not', () => {
  assert.deepEqual(SweepFindingsSchema.parse(findings), findings);
  const { faults: _, ...earlier } = findings;
  assert.deepEqual(SweepFindingsSchema.parse(earlier).faults, []);
  assert.equal(
    SweepCountsSchema.parse({ ...sweepReport(about, findings, [], []).counts, reopened: undefined }).reopened,
    0,
  );
  for (const broken of [{ state: 'fine' }, { looked: { count: -1, unit: 'x' } }, { why: 'because' }])
    assert.ok(!CoverageLineSchema.safeParse({ ...findings.coverage[0], ...broken }).success, JSON.stringify(broken));
  for (const broken of [{ result: 'closed' }, { oid: 'alex' }, { caseId: 'x' }, { mode: 'dry' }])
    assert.ok(!SweptCaseSchema.safeParse({ oid: oid(1), result: 'known', ...broken }).success, JSON.stringify(broken));
});
