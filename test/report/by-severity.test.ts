import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bySeverity } from '../../src/report/summary/by-severity.ts';

const found = (step: string, severity: 'critical' | 'high') => ({ step, severity });
const order = (...all: readonly ReturnType<typeof found>[]): readonly string[] =>
  all.toSorted(bySeverity).map(({ step, severity }) => `${severity} ${step}`);

test('the gravest comes first, and among equals what tells that something was done', () => {
  const audit = found('activity-audit', 'high');
  const consent = found('consent', 'high');
  assert.deepEqual(order(consent, audit), ['high activity-audit', 'high consent']);
  assert.deepEqual(order(audit, consent), ['high activity-audit', 'high consent']);
  assert.deepEqual(order(audit, found('consent', 'critical')), ['critical consent', 'high activity-audit']);
});
