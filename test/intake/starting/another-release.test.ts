import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DurableClient } from 'durable-functions';
import { type CaseRow, instanceIdOf } from '../../../src/cases/case.ts';
import { endAttempt } from '../../../src/cases/following/attempts.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { CasePolicy } from '../../../src/cases/policy.ts';
import { instanceOf } from '../../../src/intake/instance-of.ts';
import { beginAttempt } from '../../../src/intake/starting/begin-attempt.ts';
import type { Oid } from '../../../src/people/oid.ts';

const AT = '2026-11-20T09:00:00.000Z';
const oid = '0e000000-0000-4000-8000-000000000001' as Oid;
const caseId = makeCaseId(oid, 1);
const asked = { trigger: 'api', reason: 'left', requestedBy: 'hr', requestedAt: AT } as const;
const opened: CaseRow = {
  ...{ ...asked, oid, caseId, n: 1, mode: 'apply', state: 'running', instanceId: instanceIdOf(caseId), openedAt: AT },
  merged: [],
};

// What an orchestration failed of, and whether it passes by itself.
const FAILURES: readonly (readonly [output: string, passes: boolean])[] = [
  [
    "Non-Deterministic workflow detected: A previous execution of this orchestration scheduled an activity task with sequence ID 3 and name 'makePlan' (version ''), but the current replay execution hasn't (yet?) scheduled this task. Was a change made to the orchestrator code after this instance had already started running?",
    true,
  ],
  [
    "Orchestrator function 'offboardLeaver' failed: The function 'planCuts' doesn't exist, is disabled, or is not an activity function.",
    true,
  ],
  ["Orchestrator function 'offboardLeaver' failed: fileReport failed (storage-unavailable): Storage is away.", true],
  ["Orchestrator function 'offboardLeaver' failed: fileReport failed (unexpected): TypeError: x is not a list", false],
  [
    "Orchestrator function 'offboardLeaver' failed: fileReport failed (unexpected): The function 'x' doesn't exist.",
    false,
  ],
];

for (const [output, passes] of FAILURES) {
  test(`a case is ${passes ? '' : 'not '}begun again by itself after: ${output.slice(0, 110)}`, async () => {
    const status = { runtimeStatus: 'Failed', createdTime: AT, lastUpdatedTime: AT, output };
    const client = { getStatus: async () => status } as unknown as DurableClient;
    assert.equal((await instanceOf(client, 'any'))?.failure?.passes, passes);
  });
}

const person = { oid, state: 'soft-deleted', github: [], devops: [] };
const policy: CasePolicy = {
  ...{ attempts: 4, retryDelayMs: 1, window: 20, verifyIntervalMs: 1, verifyDeadlineMs: 1 },
};
const again = endAttempt(opened, { at: AT, why: 'another release', next: AT });

/** Begins the next attempt of a case that was begun with this. */
async function begunAfter(input: unknown): Promise<unknown[]> {
  const started: unknown[] = [];
  const client = {
    getStatus: async (_id: string, options?: object) => {
      if (options === undefined) throw new Error('HTTP 404');
      return { input };
    },
    startNew: async (_name: string, options: { input: unknown }) => started.push(options.input),
  };
  const storage = {
    readPause: async () => undefined,
    // Of a case of before what it was begun with was kept.
    listNames: async () => [],
    updateCase: async (_id: string, change: (row: CaseRow) => CaseRow | undefined) => change(again),
  };
  const vendors = { storage } as unknown as Parameters<typeof beginAttempt>[0];
  const began = await beginAttempt(vendors, again, client as unknown as DurableClient, policy);
  assert.equal(began, started.length === 1 ? 'begun' : 'lost');
  return started;
}
test('the next attempt takes over the person alone, whatever else an older or a newer release began the case with', async () => {
  const { attemptAt: _, ...row } = again;
  const expected = [{ caseId, row, person, policy, denialGeneration: 3 }];
  const older = { caseId, row: { caseId }, person, policy: { attempts: 1 }, denialGeneration: 3 };
  assert.deepEqual(await begunAfter(older), expected);
  const newer = { ...older, approval: 'asked', person: { ...person, pronouns: 'they' } };
  assert.deepEqual(await begunAfter(newer), expected);
  assert.deepEqual(await begunAfter({ ...older, person: { ...person, state: 'on-leave' } }), []);
});
