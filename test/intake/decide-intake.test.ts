import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, type OffboardingRequest, TRIGGERS } from '../../src/cases/case.ts';
import { mergeRequest } from '../../src/intake/rules/merge-request.ts';
import { DELETED, DELETED_AGAIN, decide, event, OID, operator, row, withoutDeletion } from './decide-intake/world.ts';

test('a soft-deleted user becomes the first case', () => {
  assert.deepEqual(decide({}), { kind: 'open', caseId: `${OID}-1`, n: 1 });
});

test('an event about a user who exists, enabled or not, is no case', () => {
  for (const state of ['active', 'disabled'] as const) {
    assert.equal(decide({ person: { state } }).kind, 'not-a-leaver');
  }
});

test('the same event again is a duplicate, also where it was merged before', () => {
  assert.deepEqual(decide({ rows: [row(1, 'running', { dedupeKey: 'entra:1' })] }), {
    kind: 'duplicate',
    caseId: `${OID}-1`,
  });
  const merged = mergeRequest(row(1, 'running'), event, DELETED);
  assert.equal(decide({ rows: [merged] }).kind, 'duplicate');
});

test('a late repeat of an event does not touch the case of somebody who was restored since', () => {
  const rows = [row(1, 'open', { dedupeKey: 'entra:1' })];
  assert.equal(decide({ rows, person: { state: 'active' } }).kind, 'not-a-leaver');
});

test('another event about the same deletion joins its case, whatever the state of that', () => {
  for (const state of ['open', 'running', 'filed', 'failed'] as const) {
    assert.deepEqual(decide({ rows: [row(1, state)] }), { kind: 'merge', caseId: `${OID}-1` }, state);
  }
});

test('a second deletion, after a restore, is the second case', () => {
  for (const state of ['running', 'filed', 'failed'] as const) {
    const person = { state: 'soft-deleted', deletedAt: DELETED_AGAIN } as const;
    assert.deepEqual(decide({ person, rows: [row(1, state)] }), { kind: 'open', caseId: `${OID}-2`, n: 2 }, state);
  }
});

test('a permanent deletion joins the case of the soft one, and opens a case where there was none', () => {
  const person = { state: 'gone' } as const;
  assert.deepEqual(decide({ person, rows: [row(1, 'filed')] }), { kind: 'merge', caseId: `${OID}-1` });
  assert.equal(decide({ person }).kind, 'open');
});

test('an operator who asks again after the end gets a new case; a machine does not', () => {
  assert.equal(decide({ request: operator, rows: [row(1, 'filed')] }).kind, 'open');
  assert.equal(decide({ request: operator, rows: [row(1, 'running')] }).kind, 'merge');
  assert.equal(decide({ request: { ...event, trigger: 'sweep' }, rows: [row(1, 'failed')] }).kind, 'merge');
});

test('a protected account is refused, however it comes, and asked again joins the refusal', () => {
  for (const trigger of TRIGGERS) {
    const decision = decide({ request: { ...event, trigger }, protectedBecause: 'PROTECTED_OIDS' });
    assert.equal(decision.kind, 'refuse', trigger);
    const refusal = decision.kind === 'refuse' ? decision.refusal : '';
    const again = decide({
      request: { ...event, trigger, dedupeKey: 'other' },
      protectedBecause: 'PROTECTED_OIDS',
      rows: [row(1, 'refused', { refusal })],
    });
    assert.deepEqual(again, { kind: 'merge', caseId: `${OID}-1` }, trigger);
  }
});

test('an edit of a protected account’s profile leaves no refusal behind', () => {
  assert.equal(decide({ protectedBecause: 'PROTECTED_OIDS', person: { state: 'active' } }).kind, 'not-a-leaver');
});

test('nobody opens a case about themselves', () => {
  assert.equal(decide({ request: { ...operator, requestedBy: OID } }).kind, 'refuse');
});

test('a refusal does not stand for a case once the account is protected no more', () => {
  assert.deepEqual(decide({ rows: [row(1, 'refused', { refusal: 'protected' })] }), {
    kind: 'open',
    caseId: `${OID}-2`,
    n: 2,
  });
});

test('the sweep opens a case for a leave date that has passed, once', () => {
  const sweep: OffboardingRequest = { ...event, trigger: 'sweep', requestedAt: '2026-11-20T10:00:00Z', dedupeKey: 's' };
  const person = { state: 'active', leaveAt: '2026-11-19T17:00:00Z' } as const;
  assert.equal(decide({ request: sweep, person }).kind, 'open');
  assert.equal(decide({ request: sweep, person, rows: [withoutDeletion('filed')] }).kind, 'merge');
  const later = { state: 'active', leaveAt: '2026-11-21T17:00:00Z' } as const;
  assert.equal(decide({ request: sweep, person: later }).kind, 'not-a-leaver');
  assert.equal(decide({ request: sweep, person: { state: 'active' } }).kind, 'not-a-leaver');
});

test('disabled means left to the sweep alone, and where the firm says so; the next hour changes nothing', () => {
  const person = { state: 'disabled' } as const;
  const request: OffboardingRequest = { ...event, trigger: 'sweep', dedupeKey: `sweep:${OID}:${DELETED}` };
  assert.equal(decide({ request, person }).kind, 'not-a-leaver');
  assert.equal(decide({ request: event, person, disabledMeansLeft: true }).kind, 'not-a-leaver');
  assert.equal(decide({ request, person: { state: 'active' }, disabledMeansLeft: true }).kind, 'not-a-leaver');
  assert.equal(decide({ request, person, disabledMeansLeft: true }).kind, 'open');
  const { deletedAt: _, ...opened } = row(1, 'filed', request);
  assert.equal(decide({ request, person, disabledMeansLeft: true, rows: [opened] }).kind, 'duplicate');
});

test('a person about whom Entra cannot be asked joins the case that runs, and gets a new one after its end', () => {
  const person = { state: 'unreadable' } as const;
  const request: OffboardingRequest = { ...event, trigger: 'api', dedupeKey: 'k' };
  assert.equal(decide({ request, person }).kind, 'open');
  assert.equal(decide({ request, person, rows: [withoutDeletion('running')] }).kind, 'merge');
  assert.equal(
    decide({ request: { ...request, trigger: 'hr-queue' }, person, rows: [withoutDeletion('filed')] }).kind,
    'open',
  );
});

test('a last day that no case knew is audited anew; one that was known is not', () => {
  const told = { ...event, trigger: 'hr-queue', dedupeKey: 'hr:9', lastDay: '2026-11-02' } as const;
  const kindOf = (known: CaseRow) => decide({ request: told, rows: [known] }).kind;
  assert.equal(kindOf(row(1, 'filed')), 'open');
  assert.equal(kindOf(row(1, 'running')), 'merge');
  assert.equal(kindOf(row(1, 'filed', { lastDay: '2026-11-02' })), 'merge');
  const merged = mergeRequest(row(1, 'running'), told, DELETED);
  assert.equal(merged.merged[0]?.lastDay, '2026-11-02');
  const again = { ...told, dedupeKey: 'hr:10' };
  assert.equal(decide({ request: again, rows: [{ ...merged, state: 'filed' }] }).kind, 'merge');
});
