import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AUTOMATIC_TRIGGERS, CASE_STATES, instanceIdOf, isUnfinished, waitsForSomebody } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';

const AT = '2026-11-23T10:00:00Z';

test('something of a case is still to come while it is open or runs, and after its report where it is read again', () => {
  assert.deepEqual(
    CASE_STATES.filter((state) => isUnfinished({ state })),
    ['open', 'running'],
  );
  assert.deepEqual(
    CASE_STATES.filter((state) => isUnfinished({ state, readAgainAt: AT })),
    ['open', 'running', 'filed'],
  );
  assert.ok(isUnfinished({ state: 'filed', followUps: [{ which: 'answer', at: AT }] }));
});

test('a case stands still that is on hold, failed, or has remedies to be decided about', () => {
  const waits = (more: Partial<Parameters<typeof waitsForSomebody>[0]>) =>
    waitsForSomebody({ state: 'filed', mode: 'apply', ...more });
  assert.ok(!waits({}));
  assert.ok(waits({ awaiting: 1 }));
  assert.ok(!waits({ awaiting: 1, mode: 'plan' }) && !waits({ awaiting: 1, state: 'running' }));
  assert.ok(waits({ state: 'failed' }));
  assert.ok(waits({ state: 'open', onHold: 'Too many' }));
  assert.ok(!waits({ state: 'open' }) && !waits({ state: 'scheduled', onHold: 'Too many' }));
});

test('a person who asks is no automatic trigger', () => {
  assert.deepEqual(AUTOMATIC_TRIGGERS, ['entra-event', 'hr-queue', 'sweep', 'lifecycle-workflow']);
  const id = makeCaseId('0e000000-0000-4000-8000-000000000001' as Oid, 1);
  assert.equal(instanceIdOf(id), `case-${id}`);
});
