import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCaseId, makeDenialId, makePostureId } from '../../../src/cases/ids.ts';
import { aboutOf, type Message, messageKey } from '../../../src/cases/words/message.ts';
import type { Oid } from '../../../src/people/oid.ts';

const OID = '0e000000-0000-4000-8000-000000000001' as Oid;
const about = (caseId: string) => aboutOf({ caseId } as unknown as Message);

test('a message is about a case, a denial or a run of the checklist, by its id', () => {
  assert.deepEqual(Object.keys(about(makeCaseId(OID, 1))), ['message']);
  const denial = about(makeDenialId(OID));
  assert.ok('oid' in denial && denial.oid === OID);
  const run = about(makePostureId('2026-11-29-timer'));
  assert.ok('runId' in run && run.runId === '2026-11-29-timer');
});

test('an end is the same message however it is told, and any other is itself', () => {
  const key = (moment: Message['moment']) => messageKey({ moment, revision: 2, channel: 'teams' });
  assert.deepEqual([key('incident'), key('decision-awaited'), key('ended')], Array(3).fill('end-2-teams'));
  assert.equal(key('started'), 'started-2-teams');
});
