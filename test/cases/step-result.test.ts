import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  STEP_RUNS,
  StepCrashSchema,
  StepFailureSchema,
  StepPartRefSchema,
  StepPartsSchema,
  StoppedSchema,
} from '../../src/cases/step-result.ts';

const PART = {
  ...{ step: 'consent', findings: 2, coverage: 'partial' },
  ref: { container: 'work', name: 'cases/x.json', sha256: 'a'.repeat(64), bytes: 12 },
};
const CRASH = { step: 'consent', failure: { code: 'unexpected', message: 'Error: it broke' } };

test('a step ran, was stopped, or never ran', () => {
  assert.deepEqual(STEP_RUNS, ['ran', 'stopped', 'never-ran']);
});

test('what an activity hands over is a reference, with when to ask again; no finding travels with it', () => {
  for (const more of [{}, { tryAgainAfterMs: 0 }, { tryAgainAfterMs: 30_000 }, { queued: true }])
    assert.deepEqual(StepPartRefSchema.parse({ ...PART, ...more }), { ...PART, ...more });
  for (const more of [{ findings: -1 }, { coverage: 'clear' }, { queued: false }, { ref: {} }, { finding: {} }])
    assert.ok(!StepPartRefSchema.safeParse({ ...PART, ...more }).success, JSON.stringify(more));
});

test('a unit that broke is told by its step, and by its remedy where it was one', () => {
  assert.deepEqual(StepPartsSchema.parse({ parts: [PART], crashed: [CRASH] }), { parts: [PART], crashed: [CRASH] });
  const ofRemedy = { ...CRASH, remedyId: 'R-0123456789ab' };
  assert.deepEqual(StepCrashSchema.parse(ofRemedy), ofRemedy);
  assert.ok(!StepCrashSchema.safeParse({ ...CRASH, remedyId: 'F-0123456789ab' }).success);
  assert.ok(!StepFailureSchema.safeParse({ code: 'unexpected', message: 'x', stack: 'at …' }).success, 'no stack');
});

test('a case stopped because the person is back, or because nobody could say', () => {
  for (const because of ['returned', 'unreadable']) assert.ok(StoppedSchema.safeParse({ because, why: 'x' }).success);
  assert.ok(!StoppedSchema.safeParse({ because: 'other', why: 'x' }).success);
});
