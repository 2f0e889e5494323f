import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCaseId } from '../../src/cases/ids.ts';
import { EndedPauseSchema, PauseSchema, pausedInWords } from '../../src/cases/pause.ts';
import { CasePolicySchema } from '../../src/cases/policy.ts';
import { WorkflowTaskSchema } from '../../src/cases/workflow-task.ts';
import type { Oid } from '../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const AT = '2026-11-23T10:00:00.000Z';

test('a pause says since when, by whom and why', () => {
  assert.equal(
    pausedInWords({ since: AT, by: 'op', why: 'maintenance' }),
    'The app is paused since 2026-11-23 10:00 UTC by op: maintenance.',
  );
  assert.ok(PauseSchema.safeParse({ since: AT, by: 'op', why: 'x' }).success);
  assert.ok(!EndedPauseSchema.safeParse({ since: AT, by: 'op', why: 'x' }).success);
});

test('what is kept with a case has what it needs, and nothing that nobody knows', () => {
  const policy = { attempts: 3, retryDelayMs: 1, window: 10, verifyIntervalMs: 1, verifyDeadlineMs: 1 };
  const task = { workflowId: oid(1), taskId: oid(2), taskProcessingResultId: oid(3), askedAt: AT };
  for (const [schema, value, broken] of [
    [CasePolicySchema, policy, { window: 1.5 }],
    [WorkflowTaskSchema, { ...task, caseId: makeCaseId(oid(1), 1) }, { taskId: 'x' }],
  ] as const) {
    assert.ok(schema.safeParse(value).success);
    assert.ok(!schema.safeParse({ ...value, ...broken }).success);
    assert.ok(!schema.safeParse({ ...value, strange: 1 }).success);
  }
});
