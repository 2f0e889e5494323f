import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  COVERAGE_STATES,
  type Coverage,
  isGap,
  isStandingLimit,
  sourceIdOf,
  worstCoverage,
} from '../../../src/cases/coverage/coverage.ts';

const line = (state: Coverage['state'], why?: Coverage['why']): Coverage =>
  ({ source: 'github/runners:acme:x', state, looked: { count: 0, unit: 'x' }, ...(why && { why }) }) as Coverage;

test('what several readings come to is the worst of them, in whatever order they stand', () => {
  for (const [at, state] of COVERAGE_STATES.entries()) {
    for (const other of COVERAGE_STATES.slice(0, at + 1)) {
      assert.equal(worstCoverage([state, other]), state);
      assert.equal(worstCoverage([other, state]), state);
    }
  }
  assert.equal(worstCoverage(['partial', 'denied', 'complete']), 'denied');
  assert.equal(worstCoverage([]), 'complete');
});

test('what was not read is a gap, unless somebody decided so or nobody can read it', () => {
  assert.deepEqual(
    COVERAGE_STATES.filter((state) => !isGap(line(state))),
    ['complete', 'exempt'],
  );
  assert.ok(isGap(line('not-examined', 'not-configured')));
  assert.ok(!isGap(line('not-examined', 'no-interface')) && isStandingLimit(line('not-examined', 'no-interface')));
  assert.ok(isGap(line('partial', 'no-interface')) && !isStandingLimit(line('partial', 'no-interface')));
  assert.equal(sourceIdOf(line('complete')), 'github/runners');
});
