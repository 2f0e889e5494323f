import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCaseId, type RemedyId } from '../../../src/cases/ids.ts';
import {
  dueRestores,
  isBack,
  isGivenBack,
  type RestoreRef,
  undoneFolder,
  undoneName,
  whyAllUndone,
} from '../../../src/cases/remedies/restore.ts';
import type { Oid } from '../../../src/people/oid.ts';

const ID = makeCaseId('0e000000-0000-4000-8000-000000000001' as Oid, 1);
const asked = (n: number, revision: number, more: object = {}) =>
  ({ n, revision, by: 'op', at: '2026-11-23T10:00:00Z', reason: 'She stays', ...more }) as unknown as RestoreRef;

test('what was given back stands again, or may; anything else does not', () => {
  for (const result of ['restored', 'unseen', 'there'] as const) assert.ok(isBack({ result }), result);
  for (const result of ['other', 'failed', 'by-hand', 'nothing'] as const) assert.ok(!isBack({ result }), result);
  assert.ok(isGivenBack({ undone: { result: 'there' } } as never));
  assert.ok(!isGivenBack({ undone: { result: 'failed' } } as never) && !isGivenBack({} as never));
});

test('what somebody wanted back of the report before is carried out with the next one, once', () => {
  const restores = [asked(1, 1), asked(2, 2)];
  assert.deepEqual(
    dueRestores({ restores, revisions: [{}] }).map(({ n }) => n),
    [1],
  );
  assert.deepEqual(
    dueRestores({ restores, revisions: [{}, {}] }).map(({ n }) => n),
    [2],
  );
  assert.deepEqual(dueRestores({}), []);
});

test('nothing is cut any more once somebody had the whole of a case undone, by the newest such word', () => {
  assert.equal(whyAllUndone({ restores: [asked(1, 1)] }), undefined);
  assert.equal(whyAllUndone({}), undefined);
  const why = whyAllUndone({
    restores: [asked(1, 1, { whole: true, by: 'old' }), asked(2, 1, { whole: true }), asked(3, 2)],
  });
  assert.equal(why, 'op had the whole case undone at 2026-11-23T10:00:00Z: She stays.');
});

test('what came of each thing has a record of its own', () => {
  assert.equal(undoneFolder(ID, 2), `cases/${ID}/restores/2`);
  assert.equal(undoneName(ID, 2, 'R-0123456789ab' as RemedyId), `cases/${ID}/restores/2/R-0123456789ab.json`);
});
