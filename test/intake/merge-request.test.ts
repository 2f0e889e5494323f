import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, instanceIdOf } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { MAX_MERGED_LENGTH, mayStart, mergeRequest } from '../../src/intake/rules/merge-request.ts';
import { notKnownYet } from '../../src/intake/rules/not-known-yet.ts';
import { rateLimitOf } from '../../src/intake/rules/rate-limit.ts';
import type { Oid } from '../../src/people/oid.ts';
import { fc } from '../support/properties.ts';

const oid = '11111111-2222-4333-8444-555555555555' as Oid;
const caseId = makeCaseId(oid, 1);
const request = {
  oid,
  trigger: 'hr-queue',
  reason: 'left',
  requestedBy: 'hr',
  requestedAt: '2026-11-20T09:00:00Z',
  mode: 'apply',
} as const;
const row: CaseRow = {
  ...request,
  caseId,
  n: 1,
  state: 'open',
  instanceId: instanceIdOf(caseId),
  openedAt: '2026-11-20T09:00:00Z',
  merged: [],
};

test('what the directory shows, and what others ask for again and again, never pushes out what HR said', () => {
  const opened: CaseRow = { ...row, trigger: 'entra-event', requestedBy: 'entra' };
  const named = { ...request, dedupeKey: 'hr:L1:m1' };
  const day = { ...request, trigger: 'api', requestedBy: 'operator', lastDay: '2026-11-19' } as const;
  const often = (['sweep', 'api', 'entra-event', 'lifecycle-workflow'] as const).map((trigger) => ({
    ...request,
    trigger,
    requestedBy: trigger,
    reason: 'r'.repeat(400),
  }));
  let current = mergeRequest(mergeRequest(opened, named, undefined), day, undefined);
  for (let round = 1; round <= 100; round += 1)
    for (const each of often)
      current = mergeRequest(current, { ...each, dedupeKey: `${each.trigger}:${round}` }, undefined);
  assert.ok(JSON.stringify(current.merged).length <= MAX_MERGED_LENGTH);
  assert.ok(current.merged.some(({ dedupeKey }) => dedupeKey === named.dedupeKey));
  // A last day that only one of them knew tells what came after it.
  assert.ok(current.merged.some(({ lastDay }) => lastDay === day.lastDay));
  assert.equal(current.merged.at(-1)?.dedupeKey, 'lifecycle-workflow:100');
});

test('requests without end never outgrow a table property, and the newest is always there', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', minLength: 0, maxLength: 500 }), { minLength: 60, maxLength: 200 }),
      (reasons) => {
        const merged = reasons.reduce(
          (current, reason) => mergeRequest(current, { ...request, reason }, undefined),
          row,
        );
        assert.ok(JSON.stringify(merged.merged).length <= MAX_MERGED_LENGTH);
        assert.equal(merged.merged.at(-1)?.reason, reasons.at(-1));
      },
    ),
    { numRuns: 20 },
  );
});

test('a case that is still open takes over the deletion it hears of; a filed one keeps what it was about', () => {
  const deleted = '2026-11-21T00:00:00Z';
  assert.equal(mergeRequest(row, request, deleted).deletedAt, deleted);
  assert.equal(mergeRequest({ ...row, state: 'filed' }, request, deleted).deletedAt, undefined);
  assert.equal(mergeRequest({ ...row, deletedAt: 'earlier' }, request, deleted).deletedAt, 'earlier');
});

test('a case that the rate limit holds is started by an operator who wants it carried out, and by nobody else', () => {
  const onHold = { ...row, onHold: 'too many' };
  assert.deepEqual(
    (['entra-event', 'hr-queue', 'sweep', 'api'] as const).map((trigger) =>
      mayStart(onHold, { trigger, mode: 'apply' }),
    ),
    [false, false, false, true],
  );
  assert.equal(mayStart(onHold, { trigger: 'api', mode: 'plan' }), false);
  assert.equal(mayStart({ ...onHold, mode: 'plan' }, { trigger: 'api', mode: 'plan' }), true);
  assert.equal(mayStart(row, { trigger: 'entra-event', mode: 'apply' }), true);
  assert.equal(mayStart({ ...row, state: 'running' }, { trigger: 'api', mode: 'apply' }), false);
});

test('the rate limit lets its number pass, holds what comes after it, and never an operator', () => {
  const limit = { cases: 50, percent: 0 };
  assert.equal(rateLimitOf('entra-event', 50, limit, undefined), undefined);
  assert.match(rateLimitOf('entra-event', 51, limit, undefined) ?? '', /POST \/api\/cases/);
  assert.equal(rateLimitOf('api', 10_000, limit, undefined), undefined);
  const waits = rateLimitOf('hr-queue', 51, limit, undefined, true) ?? '';
  assert.match(waits, /nobody is contained before the day.*POST \/api\/cases\/\{id\}\/reschedule/);
  // That would cut them off before their day.
  assert.doesNotMatch(waits, /start it with POST \/api\/cases/);
});

test('an event about nobody waits while the directory may lag; anything else does not', () => {
  const now = new Date('2026-11-20T09:00:30Z');
  const event = { trigger: 'entra-event', requestedAt: '2026-11-20T09:00:00Z' } as const;
  assert.equal(notKnownYet(event, 'gone', 0, now, 120_000), 90_000);
  assert.equal(notKnownYet(event, 'gone', 0, new Date('2026-11-20T09:02:00Z'), 120_000), 0);
  assert.equal(notKnownYet(event, 'gone', 1, now, 120_000), 0);
  assert.equal(notKnownYet(event, 'soft-deleted', 0, now, 120_000), 0);
  assert.equal(notKnownYet({ ...event, trigger: 'api' }, 'gone', 0, now, 120_000), 0);
});

test('a share of the directory is a limit of its own: never below ten, and a directory that does not say its size holds', () => {
  const limit = { cases: 50, percent: 10 };
  const held = (position: number, people: number | undefined) => rateLimitOf('sweep', position, limit, people);
  assert.deepEqual([held(10, 20), held(10, undefined)], [undefined, undefined]);
  assert.match(held(11, 20) ?? '', /More than 10 cases .* 10 % of the directory’s 20/);
  assert.deepEqual([held(30, 309), held(31, 309) === undefined, held(31, 310)], [undefined, false, undefined]);
  assert.match(held(11, undefined) ?? '', /could not be read/);
  assert.match(held(51, 100_000) ?? '', /MAX_CASES_PER_HOUR/);
});
