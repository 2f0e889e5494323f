import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesIn } from '../../../src/cases/remedies/names-in.ts';
import { ReadBackSchema } from '../../../src/cases/remedies/read-back.ts';
import {
  ACTION_RESULTS,
  ActionSchema,
  CallSchema,
  RemedySchema,
  RISKS,
  wasCut,
} from '../../../src/cases/remedies/remedy.ts';
import { UseSchema } from '../../../src/cases/remedies/use.ts';

const AT = '2026-11-23T10:00:00.000Z';

test('a leaver has the names that the case knows', () => {
  assert.deepEqual(namesIn({ displayName: 'Alex' }), { displayName: 'Alex' });
  assert.deepEqual(namesIn({ userPrincipalName: 'a@x' }), { userPrincipalName: 'a@x' });
  assert.deepEqual(namesIn(undefined), {});
});

test('there is something to read back where the target was cut, now or before', () => {
  assert.deepEqual(
    ACTION_RESULTS.filter((result) => wasCut({ result })),
    ['done', 'queued', 'nothing-to-do'],
  );
});

const REMEDY = {
  ...{ id: 'R-0123456789ab', risk: 'disruptive', what: 'Deletes the key.', undo: 'Add it again.' },
  call: { kind: 'delete-deploy-key', expected: {}, keyId: 7 },
};

test('a remedy is safe or waits for a person, and keeps what its own call needs', () => {
  assert.deepEqual(RISKS, ['safe', 'disruptive']);
  assert.deepEqual(RemedySchema.parse(REMEDY), REMEDY);
  const impact = [{ what: 'nightly.yml', finding: 'F-0123456789ab', perhaps: true }];
  assert.deepEqual(RemedySchema.parse({ ...REMEDY, impact }).impact, impact);
  for (const broken of [{ risk: 'none' }, { undo: undefined }, { id: 'F-0123456789ab' }, { impact: [{ what: 7 }] }])
    assert.ok(!RemedySchema.safeParse({ ...REMEDY, ...broken }).success, JSON.stringify(broken));
  assert.ok(!CallSchema.safeParse({ expected: {} }).success, 'a call says its kind');
  assert.ok(!CallSchema.safeParse({ kind: 'delete-deploy-key' }).success, 'and on which state it was planned');
});

test('what was done is told with its result, and never one that nobody knows', () => {
  const action = {
    remedyId: 'consent',
    result: 'changed',
    what: 'Deletes it.',
    at: AT,
    error: 'It has another owner.',
  };
  assert.deepEqual(ActionSchema.parse(action), action);
  for (const broken of [{ result: 'skipped' }, { at: '2026-11-23' }, { beforeImage: { name: 'x' } }])
    assert.ok(!ActionSchema.safeParse({ ...action, ...broken }).success, JSON.stringify(broken));
});

test('a target that was read again is gone, there, or nobody could see', () => {
  const seen = { remedyId: 'R-0123456789ab', state: 'gone', checkedAt: AT };
  for (const state of ['gone', 'present', 'could-not-check'])
    assert.ok(ReadBackSchema.safeParse({ ...seen, state }).success);
  for (const broken of [{ state: 'left' }, { remedyId: 'F-0123456789ab' }, { checkedAt: 'now' }, { strange: 1 }])
    assert.ok(!ReadBackSchema.safeParse({ ...seen, ...broken }).success, JSON.stringify(broken));
});

test('whatever may use what is cut is kept by its kind, with what that kind knows', () => {
  assert.deepEqual(UseSchema.parse({ kind: 'workflow', more: 1 }), { kind: 'workflow', more: 1 });
  assert.ok(!UseSchema.safeParse({ kind: 7 }).success);
});
