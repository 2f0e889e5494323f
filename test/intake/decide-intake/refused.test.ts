import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRIGGERS } from '../../../src/cases/case.ts';
import { waitsForDirectory, whyNotALeaver } from '../../../src/intake/rules/decide-intake.ts';
import { mergeRequest } from '../../../src/intake/rules/merge-request.ts';
import { DELETED, decide, event, OID, operator, row, withoutDeletion } from './world.ts';

const GONE = { person: { state: 'gone' } } as const;
const MERGE = { kind: 'merge', caseId: `${OID}-1` };

test('an id that nobody has is no case for a person, unless they know that or somebody had a case of it', () => {
  assert.deepEqual(decide({ request: operator, ...GONE }), {
    kind: 'unknown-person',
    why: `Entra knows nobody with the id ${OID}, among the users or the deleted ones, and there was no case of it.`,
  });
  const kind = (facts: Parameters<typeof decide>[0]) => decide({ request: operator, ...GONE, ...facts }).kind;
  assert.equal(kind({ acceptUnknown: false }), 'unknown-person');
  assert.equal(kind({ acceptUnknown: true }), 'open');
  assert.equal(kind({ rows: [row(1, 'filed')] }), 'open');
  assert.equal(kind({ request: { ...operator, trigger: 'hr-queue' } }), 'open');
  assert.equal(kind({ person: { state: 'soft-deleted' } }), 'open');
});

test('a person who asks about themselves is told so, and each reason of a refusal is a case of its own', () => {
  const [first, second] = ['Nobody opens a case about themselves: somebody else must ask.', 'PROTECTED_OIDS'];
  const own = { ...operator, requestedBy: OID };
  assert.deepEqual(decide({ request: own }), { kind: 'refuse', n: 1, caseId: `${OID}-1`, refusal: first });
  const rows = [row(1, 'refused', { refusal: second }), row(2, 'filed', { refusal: first })];
  assert.deepEqual(decide({ request: own, rows }), { kind: 'refuse', n: 3, caseId: `${OID}-3`, refusal: first });
  const refused = [...rows, row(3, 'refused', { refusal: first })];
  assert.deepEqual(decide({ request: own, rows: refused }), { kind: 'merge', caseId: `${OID}-3` });
});

test('whoever exists is told why nobody left', () => {
  const told = TRIGGERS.map((trigger) => [
    trigger,
    whyNotALeaver({ trigger, requestedAt: '2026-11-20T10:00:00Z' }, { state: 'disabled' }),
  ]);
  assert.deepEqual(Object.fromEntries(told), {
    ...{ api: undefined, 'hr-queue': undefined, 'lifecycle-workflow': undefined },
    'entra-event': 'The user exists (disabled); the event was about another change.',
    sweep: 'The user exists (disabled) and has no leave date that has passed.',
  });
  const sweep = (leaveAt: string) =>
    whyNotALeaver({ trigger: 'sweep', requestedAt: '2026-11-20T10:00:00Z' }, { state: 'active', leaveAt });
  assert.equal(sweep('2026-11-20T10:00:00Z'), undefined, 'on the very instant');
  assert.notEqual(sweep('2026-11-20T10:00:01Z'), undefined);
});

test('what events and the sweep say waits for the directory, what people ask for does not', () => {
  assert.deepEqual(TRIGGERS.filter(waitsForDirectory).toSorted(), ['entra-event', 'sweep']);
});

test('a request is known again by any of those that a case has, and a new case comes behind the last', () => {
  const twice = ['a', 'b'].reduce(
    (merged, dedupeKey) => mergeRequest(merged, { ...operator, dedupeKey }, DELETED),
    row(1, 'running'),
  );
  for (const dedupeKey of ['a', 'b', 'entra:row-1'])
    assert.deepEqual(decide({ request: { ...event, dedupeKey }, rows: [twice] }), { ...MERGE, kind: 'duplicate' });
  assert.deepEqual(decide({ request: operator, rows: [row(1, 'running')] }), MERGE, 'what has no key is none again');
  const { dedupeKey: _, ...keyless } = row(1, 'running');
  assert.deepEqual(decide({ request: operator, rows: [keyless] }), MERGE, 'two without a key are two');
  const cancelled = row(1, 'cancelled', { mode: 'plan', dedupeKey: 'k' });
  assert.equal(decide({ request: { ...operator, dedupeKey: 'k' }, rows: [cancelled] }).kind, 'duplicate');
  for (const rows of [
    [row(2, 'filed'), row(11, 'filed'), row(3, 'filed')],
    [row(11, 'filed'), row(3, 'filed'), row(2, 'filed')],
  ])
    assert.deepEqual(decide({ request: operator, rows }), { kind: 'open', n: 12, caseId: `${OID}-12` });
});

test('what failed before somebody was back is about something earlier, and what began in that moment is not', () => {
  const back = '2026-11-20T12:00:00Z';
  const was = row(2, 'running', { restoredAt: back, openedAt: '2026-11-20T11:00:00Z' });
  const kind = (state: 'failed' | 'filed' | 'running', openedAt: string, restored = [was]) =>
    decide({ ...GONE, rows: [...restored, { ...withoutDeletion(state), openedAt }] }).kind;
  assert.equal(kind('failed', '2026-11-20T10:00:00Z'), 'open');
  assert.equal(kind('filed', '2026-11-20T10:00:00Z'), 'open');
  assert.equal(kind('running', '2026-11-20T10:00:00Z'), 'merge');
  assert.equal(kind('failed', back), 'merge');
  const earlier = { ...was, ...row(3, 'running'), restoredAt: '2026-11-20T09:30:00Z' };
  assert.equal(kind('failed', '2026-11-20T10:00:00Z', [was, earlier]), 'open', 'the last return counts');
});

test('a machine’s repeat is answered by a refusal for the same reason, also where the person was back since', () => {
  const again = (refusal: string, dedupeKey = 'entra:row-1') =>
    decide({
      request: { ...event, dedupeKey },
      protectedBecause: 'PROTECTED_OIDS',
      rows: [withoutDeletion('refused', { refusal, restoredAt: '2026-11-20T12:00:00Z' })],
    }).kind;
  assert.equal(again('PROTECTED_OIDS'), 'duplicate');
  assert.equal(again('another reason'), 'refuse');
  assert.equal(again('PROTECTED_OIDS', 'other'), 'merge');
});

test('a case of somebody who is there takes requests while it goes on, and the sweep’s after it began on the day', () => {
  const sweep = { ...event, trigger: 'sweep', requestedAt: '2026-11-21T10:00:00Z', dedupeKey: 's' } as const;
  const on = (openedAt: string, request: Parameters<typeof decide>[0]['request'] = sweep) => {
    const person = { state: 'disabled', leaveAt: '2026-11-20T17:00:00Z' } as const;
    return decide({ request, person, rows: [{ ...withoutDeletion('filed'), openedAt }] }).kind;
  };
  assert.equal(on('2026-11-20T17:00:00Z'), 'merge');
  assert.equal(on('2026-11-20T16:59:59Z'), 'open');
  assert.equal(on('2026-11-20T17:00:00Z', { ...operator, trigger: 'hr-queue' }), 'open');
  const disabled = { state: 'disabled' } as const;
  assert.equal(decide({ request: operator, person: disabled, rows: [withoutDeletion('running')] }).kind, 'merge');
  assert.equal(decide({ request: operator, person: disabled, rows: [row(1, 'running')] }).kind, 'open');
});

test('a machine that failed asks again in vain, a person or HR does not', () => {
  const kind = (trigger: (typeof TRIGGERS)[number], state: 'filed' | 'failed') =>
    decide({ request: { ...operator, trigger }, rows: [row(1, state)] }).kind;
  assert.deepEqual(TRIGGERS.filter((trigger) => kind(trigger, 'failed') === 'open').toSorted(), [
    'api',
    'hr-queue',
    'lifecycle-workflow',
  ]);
  assert.deepEqual(
    TRIGGERS.filter((trigger) => kind(trigger, 'filed') === 'open'),
    ['api'],
  );
});
