import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aboutThem, partiesOf, whyBarred } from '../../src/cases/decisions/barred.ts';
import { PassedCallSchema } from '../../src/cases/denied/passed-call.ts';
import { isNewerOffboarding } from '../../src/cases/following/newer.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { EndedPauseSchema, PauseSchema, pausedInWords } from '../../src/cases/pause.ts';
import { CasePolicySchema } from '../../src/cases/policy.ts';
import { namesIn } from '../../src/cases/remedies/names-in.ts';
import { ReadBackSchema } from '../../src/cases/remedies/read-back.ts';
import { UseSchema } from '../../src/cases/remedies/use.ts';
import { WorkflowTaskSchema } from '../../src/cases/workflow-task.ts';
import type { Answer } from '../../src/people/answers/answers.ts';
import type { Oid } from '../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const AT = '2026-11-23T10:00:00.000Z';

test('who leaves, and whoever asked for a case, decides nothing about it, by no account of theirs', () => {
  const merged = [{ trigger: 'api', requestedBy: oid(3), requestedAt: AT, reason: 'x' }] as const;
  const barred = partiesOf({ oid: oid(1), requestedBy: oid(2).toUpperCase(), merged: [...merged] });
  const one: Answer = {
    ...{ oid: oid(9), n: 1, kind: 'same-person', statement: 'is', other: oid(1), reason: 'x', by: 'a', at: AT },
    ...{ shown: '0'.repeat(64), filed: [], confirmed: { by: 'b', at: AT, reason: 'x' } },
  };
  assert.match(whyBarred(barred, oid(1), []) ?? '', /about you/);
  assert.match(whyBarred(barred, oid(2), []) ?? '', /You asked/);
  assert.match(whyBarred(barred, oid(3), []) ?? '', /You asked/);
  assert.equal(whyBarred(barred, oid(9), []), undefined);
  assert.match(whyBarred(barred, oid(9), [one]) ?? '', /about you/);
  assert.deepEqual(aboutThem(oid(1)).oid, oid(1));
});

test('another case of a person counts where it is newer and cuts them off, or will', () => {
  const newer = (more: Partial<Parameters<typeof isNewerOffboarding>[0]>) =>
    isNewerOffboarding({ n: 2, mode: 'apply', state: 'open', ...more }, 1);
  assert.ok(newer({}));
  assert.ok(newer({ state: 'scheduled' }));
  assert.ok(!newer({ n: 1 }));
  assert.ok(!newer({ mode: 'plan' }));
  assert.ok(!newer({ state: 'cancelled' }));
  assert.ok(!newer({ state: 'refused' }));
});

test('a leaver has the names that the case knows', () => {
  assert.deepEqual(namesIn({ displayName: 'Alex' }), { displayName: 'Alex' });
  assert.deepEqual(namesIn({ userPrincipalName: 'a@x' }), { userPrincipalName: 'a@x' });
  assert.deepEqual(namesIn(undefined), {});
});

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
  const seen = { remedyId: 'R-0123456789ab', state: 'gone', checkedAt: AT };
  const call = { at: AT, revision: 1, server: 's', tool: 't', status: 200, requestId: 'r' };
  const task = { workflowId: oid(1), taskId: oid(2), taskProcessingResultId: oid(3), askedAt: AT };
  for (const [schema, value, broken] of [
    [CasePolicySchema, policy, { window: 1.5 }],
    [ReadBackSchema, seen, { state: 'left' }],
    [ReadBackSchema, seen, { remedyId: 'F-0123456789ab' }],
    [PassedCallSchema, call, { at: '2026-11-23' }],
    [WorkflowTaskSchema, { ...task, caseId: makeCaseId(oid(1), 1) }, { taskId: 'x' }],
    [UseSchema, { kind: 'workflow', more: 1 }, { kind: 7 }],
  ] as const) {
    assert.ok(schema.safeParse(value).success);
    assert.ok(!schema.safeParse({ ...value, ...broken }).success);
    if (schema !== UseSchema) assert.ok(!schema.safeParse({ ...value, strange: 1 }).success);
  }
});
