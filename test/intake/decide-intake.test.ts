import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CASE_STATES,
  type CaseMode,
  type CaseRow,
  type CaseState,
  instanceIdOf,
  type OffboardingRequest,
  TRIGGERS,
  type TriggerName,
} from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { decideIntake, type IntakeFacts } from '../../src/intake/rules/decide-intake.ts';
import { mayStart, mergeRequest } from '../../src/intake/rules/merge-request.ts';
import type { Oid } from '../../src/people/oid.ts';
import { fc } from '../support/properties.ts';

const OID = '11111111-2222-4333-8444-555555555555' as Oid;
const DELETED = '2026-11-20T09:00:00Z';
const DELETED_AGAIN = '2026-11-22T09:00:00Z';

const event: OffboardingRequest = {
  oid: OID,
  trigger: 'entra-event',
  reason: 'Entra reported a deletion.',
  requestedBy: 'entra',
  requestedAt: '2026-11-20T09:00:01Z',
  mode: 'apply',
  dedupeKey: 'entra:1',
};
const operator: OffboardingRequest = {
  oid: OID,
  trigger: 'api',
  reason: 'left',
  requestedBy: 'aaaaaaaa-2222-4333-8444-555555555555',
  requestedAt: '2026-11-20T10:00:00Z',
  mode: 'apply',
};
const softDeleted = { state: 'soft-deleted', deletedAt: DELETED } as const;

function row(n: number, state: CaseState, more: Partial<CaseRow> = {}): CaseRow {
  const caseId = makeCaseId(OID, n);
  return {
    ...event,
    dedupeKey: `entra:row-${n}`,
    caseId,
    n,
    state,
    instanceId: instanceIdOf(caseId),
    openedAt: '2026-11-20T09:00:02Z',
    merged: [],
    deletedAt: DELETED,
    ...more,
  };
}

function decide(facts: Partial<IntakeFacts>) {
  return decideIntake({ request: event, person: softDeleted, rows: [], ...facts });
}

const withoutDeletion = (state: CaseState, more: Partial<CaseRow> = {}): CaseRow => {
  const { deletedAt: _, ...rest } = row(1, state, more);
  return rest;
};

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

/**
 * What somebody has who was seen to be back since (`back`: noted on the case; `word`: a case of HR, whose word holds), how
 * they are gone now, who says so (`again`: the request that opened the first case), and what becomes of it.
 */
const LEFT_AGAIN = `
  has                               now        says                  becomes
  apply filed D1 back               D2         entra-event apply     new
  apply filed D1 back               gone       entra-event apply     new
  apply filed D1 back               gone       again                 new
  apply filed D1 back               D2         again                 new
  apply filed D1 back               gone       sweep apply           new
  apply filed D1 back               gone       hr-queue apply        new
  apply filed D1 back               gone       lifecycle-workflow apply   new
  apply filed D1 back               gone       api apply             new
  apply running D1 back             gone       entra-event apply     new
  apply failed D1 back              gone       entra-event apply     new
  plan filed D1 back                gone       entra-event plan      new
  plan filed D1 back                D2         again                 new
  apply filed - back                gone       again                 new
  apply running - back              D2         entra-event apply     new
  apply running - back              gone       again                 new
  apply running - back              day        sweep apply           new
  apply running - back              there      hr-queue apply        new
  apply running - back              there      api apply             new
  apply running - back              there      lifecycle-workflow apply   new
  apply filed - word, apply filed D1 back      gone   entra-event apply   new
  apply filed - word, apply filed D1 back      gone   sweep apply         new
  apply running - word, plan filed D1 back     gone   entra-event apply   joins 1
  apply filed D1 back, apply filed - -         gone   again               repeats 2
  apply filed D1 back, apply running D2 -      gone   entra-event apply   joins 2
  apply filed D1 back, apply filed D2 -        D2     entra-event apply   joins 2
  apply filed D1 back               D1         entra-event apply     joins 1
  apply filed D1 back               D1         again                 repeats 1
  apply filed D1 -                  gone       again                 repeats 1
`;

describe('somebody who was back leaves again:', () => {
  for (const line of LEFT_AGAIN.trim().split('\n').slice(1)) {
    const [has = '', now = '', says = '', becomes = ''] = line.trim().split(/ {2,}/);
    test(`${has}; ${now}, ${says}: ${becomes}`, () => {
      const rows = has.split(', ').map((each, index) => {
        const [mode = '', state = '', about = '', what = ''] = each.split(' ');
        const { deletedAt: _, ...rest } = row(index + 1, state as CaseState, { mode: mode as CaseMode });
        const key = index === 0 || what === '-' ? { dedupeKey: 'entra:again' } : {};
        return {
          ...rest,
          ...(what === 'word' ? { trigger: 'hr-queue' as const } : key),
          openedAt: `2026-11-20T0${index + 1}:00:00Z`,
          ...(about === 'D1' && { deletedAt: DELETED }),
          ...(about === 'D2' && { deletedAt: DELETED_AGAIN }),
          ...(what === 'back' && { restoredAt: `2026-11-20T0${index + 1}:30:00Z` }),
        };
      });
      const [trigger = '', mode = ''] = says.split(' ');
      const request: OffboardingRequest = {
        ...(says === 'again' ? event : operator),
        ...(says === 'again' ? { mode: rows[0]?.mode ?? 'apply' } : { trigger: trigger as TriggerName }),
        ...(says === 'again' ? {} : { mode: mode as CaseMode }),
        dedupeKey: says === 'again' ? 'entra:again' : 'other',
      };
      const people = {
        D1: softDeleted,
        D2: { state: 'soft-deleted', deletedAt: DELETED_AGAIN },
        gone: { state: 'gone' },
        day: { state: 'active', leaveAt: '2026-11-20T08:00:00Z' },
        there: { state: 'active' },
      } as const;
      const decision = decide({ request, person: people[now as keyof typeof people], rows });
      const shown = { open: 'new', merge: 'joins', duplicate: 'repeats' }[decision.kind as string];
      const n = decision.kind === 'open' || !('caseId' in decision) ? '' : ` ${decision.caseId.split('-').at(-1)}`;
      assert.equal(`${shown}${n}`, becomes);
    });
  }
});

/**
 * What somebody has whose case was undone as a whole (`undone`), how they are now, who names them then, and what becomes of
 * it: an undone case cuts nothing more, so that whoever is named anew is lost on it. What the directory showed when
 * somebody undid it all the same is no news.
 */
const UNDONE = `
  has                          now     says                       becomes
  apply running - undone       there   hr-queue apply             new
  apply running - undone       there   api apply                  new
  apply running - undone       there   lifecycle-workflow apply   new
  apply running D1 undone      D1      api apply                  new
  apply running D1 undone      gone    hr-queue apply             new
  apply filed D1 undone        gone    hr-queue apply             new
  apply filed - undone         there   hr-queue apply             new
  apply running - undone       D2      entra-event apply          new
  apply running - undone       D2      sweep apply                new
  apply filed - undone         D2      entra-event apply          new
  apply running D1 undone      D2      entra-event apply          new
  apply running D1 undone      D1      entra-event apply          joins 1
  apply filed D1 undone        D1      sweep apply                joins 1
  apply filed D1 undone        gone    entra-event apply          joins 1
  apply running D1 undone      D1      again                      repeats 1
`;

describe('somebody is named whose case was undone:', () => {
  const file = { container: 'evidence', name: 'restore', sha256: 'a'.repeat(64), bytes: 1 } as const;
  const whole = { n: 1, revision: 1, by: 'o', at: DELETED, reason: 'The wrong person.', whole: true, file } as const;
  for (const line of UNDONE.trim().split('\n').slice(1)) {
    const [has = '', now = '', says = '', becomes = ''] = line.trim().split(/ {2,}/);
    test(`${has}; ${now}, ${says}: ${becomes}`, () => {
      const [, state = '', about = ''] = has.split(' ');
      const more = { dedupeKey: 'entra:again', restores: [whole] };
      const undone =
        about === 'D1'
          ? row(1, state as CaseState, more)
          : withoutDeletion(state as CaseState, { ...more, trigger: 'api' });
      const [trigger = '', mode = ''] = says.split(' ');
      const request: OffboardingRequest =
        says === 'again'
          ? { ...event, dedupeKey: 'entra:again' }
          : { ...operator, trigger: trigger as TriggerName, mode: mode as CaseMode, dedupeKey: 'other' };
      const people = {
        D1: softDeleted,
        D2: { state: 'soft-deleted', deletedAt: DELETED_AGAIN },
        gone: { state: 'gone' },
        there: { state: 'active' },
      } as const;
      const decision = decide({ request, person: people[now as keyof typeof people], rows: [undone] });
      const shown = { open: 'new', merge: 'joins', duplicate: 'repeats' }[decision.kind as string];
      const n = decision.kind === 'open' || !('caseId' in decision) ? '' : ` ${decision.caseId.split('-').at(-1)}`;
      assert.equal(`${shown}${n}`, becomes);
      // What is undone by finding goes on, and takes whoever is named.
      const { whole: _, ...byFinding } = whole;
      const going = { ...undone, restores: [byFinding] };
      if (state === 'running' && now !== 'D2')
        assert.notEqual(decide({ request, person: people[now as keyof typeof people], rows: [going] }).kind, 'open');
    });
  }
});

test('the same request of a person, repeated after they were back, is answered by its case', () => {
  for (const trigger of ['api', 'hr-queue', 'lifecycle-workflow'] as const) {
    const rows = [row(1, 'filed', { trigger, dedupeKey: 'k', restoredAt: DELETED_AGAIN })];
    assert.equal(decide({ request: { ...operator, trigger, dedupeKey: 'k' }, rows }).kind, 'duplicate', trigger);
  }
});

test('a deletion joins the case that HR opened before it, unless that was filed before it', () => {
  assert.equal(decide({ rows: [withoutDeletion('running')] }).kind, 'merge');
  assert.deepEqual(decide({ rows: [withoutDeletion('filed')] }), { kind: 'open', caseId: `${OID}-2`, n: 2 });
});

test('a plan does not stand for an offboarding, and an offboarding stands for a plan', () => {
  assert.equal(decide({ rows: [row(1, 'filed', { mode: 'plan' })] }).kind, 'open');
  assert.equal(decide({ request: { ...operator, mode: 'plan' }, rows: [row(1, 'running')] }).kind, 'merge');
});

/**
 * What a person has (`-`: nothing), who asks again about the same deletion and in which mode, and what becomes of it:
 * a new case with its mode, or the case that takes the request, its mode as it was. `same`: the trigger's own repeat.
 */
const SITUATIONS = `
  has               asks                 becomes
  -                 entra-event plan     new plan
  -                 hr-queue plan        new plan
  -                 sweep plan           new plan
  -                 sweep apply          new apply
  plan running      entra-event plan     joins plan
  plan running      same plan            repeats plan
  plan running      same apply           new apply
  plan running      entra-event apply    new apply
  plan running      api apply            new apply
  plan running      api plan             joins plan
  plan filed        entra-event plan     joins plan
  plan filed        hr-queue plan        joins plan
  plan filed        sweep plan           joins plan
  plan filed        same plan            repeats plan
  plan filed        same apply           new apply
  plan filed        entra-event apply    new apply
  plan filed        hr-queue apply       new apply
  plan filed        sweep apply          new apply
  plan filed        api apply            new apply
  plan filed        api plan             new plan
  plan failed       sweep plan           joins plan
  plan failed       sweep apply          new apply
  plan on-hold      sweep plan           joins plan
  plan on-hold      sweep apply          new apply
  plan on-hold      api plan             starts plan
  plan on-hold      api apply            new apply
  apply open        entra-event plan     starts apply
  apply running     entra-event plan     joins apply
  apply running     hr-queue plan        joins apply
  apply running     sweep plan           joins apply
  apply running     same plan            repeats apply
  apply running     api plan             joins apply
  apply running     api apply            joins apply
  apply filed       sweep plan           joins apply
  apply filed       sweep apply          joins apply
  apply filed       same plan            repeats apply
  apply filed       api apply            new apply
  apply on-hold     sweep plan           joins apply
  apply on-hold     api plan             joins apply
  apply on-hold     api apply            starts apply
  refused           same plan            repeats refused
  refused           same apply           repeats refused
`;

describe('a plan stands for no offboarding, and takes nothing from one:', () => {
  const lines = SITUATIONS.trim().split('\n').slice(1);
  for (const line of lines) {
    const [has = '', asks = '', becomes = ''] = line.trim().split(/ {2,}/);
    test(`${has === '-' ? 'nobody’s case' : has}, asked ${asks}: ${becomes}`, () => {
      assert.equal(becomeOf(has, asks), becomes);
    });
  }
});

function becomeOf(has: string, asks: string): string {
  const [mode = '', state = ''] = has.split(' ');
  const rows =
    has === '-'
      ? []
      : has === 'refused'
        ? [row(1, 'refused', { refusal: 'protected', mode: 'plan' })]
        : [
            row(1, state === 'on-hold' ? 'open' : (state as CaseState), {
              mode: mode as CaseMode,
              ...(state === 'on-hold' ? { onHold: 'too many' } : {}),
            }),
          ];
  const [who = '', wants = ''] = asks.split(' ');
  const request: OffboardingRequest = {
    ...(who === 'api' ? operator : event),
    ...(who === 'same' ? { dedupeKey: 'entra:row-1' } : { trigger: who as TriggerName, dedupeKey: `${who}:other` }),
    mode: wants as CaseMode,
  };
  const decision = decide({ request, rows });
  switch (decision.kind) {
    case 'open':
      return `new ${request.mode}`;
    case 'duplicate':
      return `repeats ${rows[0]?.state === 'refused' ? 'refused' : rows[0]?.mode}`;
    case 'merge': {
      const [before] = rows;
      assert.ok(before);
      const after = mergeRequest(before, request, DELETED);
      return `${mayStart(before, request) ? 'starts' : 'joins'} ${after.mode}`;
    }
    default:
      return decision.kind;
  }
}

test('of a plan and a case that is carried out, the latter answers for both', () => {
  const rows = [row(1, 'filed', { mode: 'plan' }), row(2, 'running', { dedupeKey: 'entra:row-1' })];
  const again: OffboardingRequest = { ...event, dedupeKey: 'entra:row-1' };
  for (const mode of ['plan', 'apply'] as const)
    assert.deepEqual(decide({ request: { ...again, mode }, rows }), { kind: 'duplicate', caseId: `${OID}-2` });
  // An operator looked again after the case was carried out: that plan does not hide it.
  const later = [row(1, 'filed'), row(2, 'filed', { mode: 'plan', trigger: 'api' })];
  assert.deepEqual(decide({ request: event, rows: later }), { kind: 'merge', caseId: `${OID}-1` });
});

test('somebody past the last day who has a plan is planned once and cut off once', () => {
  const sweep: OffboardingRequest = { ...event, trigger: 'sweep', requestedAt: '2026-11-20T10:00:00Z', dedupeKey: 's' };
  const person = { state: 'active', leaveAt: '2026-11-19T17:00:00Z' } as const;
  const planned = withoutDeletion('filed', { mode: 'plan', trigger: 'sweep' });
  assert.equal(decide({ request: { ...sweep, mode: 'plan' }, person, rows: [planned] }).kind, 'merge');
  assert.deepEqual(decide({ request: sweep, person, rows: [planned] }), { kind: 'open', caseId: `${OID}-2`, n: 2 });
  const cut = { ...withoutDeletion('filed', { trigger: 'sweep' }), n: 2, caseId: makeCaseId(OID, 2) };
  for (const mode of ['plan', 'apply'] as const)
    assert.deepEqual(decide({ request: { ...sweep, mode }, person, rows: [planned, cut] }), {
      kind: 'merge',
      caseId: `${OID}-2`,
    });
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

const requests = fc.record({
  trigger: fc.constantFrom(...TRIGGERS),
  mode: fc.constantFrom('plan' as const, 'apply' as const),
  dedupeKey: fc.constantFrom('a', 'b', 'c'),
  by: fc.constantFrom('entra', 'hr', OID),
  startsAt: fc.constantFrom(undefined, '2026-12-31T17:00:00Z', '2027-01-31T17:00:00Z'),
});
const people = fc.oneof(
  fc.constantFrom(...(['gone', 'active', 'disabled', 'unreadable'] as const).map((state) => ({ state }))),
  fc.record({ state: fc.constant('soft-deleted' as const), deletedAt: fc.constantFrom(DELETED, DELETED_AGAIN) }),
);
const states = fc.constantFrom<CaseState>(...CASE_STATES);

test('whatever happened before, a request that was carried out never makes another case when it is repeated', () => {
  const histories = fc.array(fc.record({ request: requests, person: people, state: states, guarded: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(histories, (history) => {
      let rows: CaseRow[] = [];
      for (const { request: asked, person, state, guarded } of history) {
        const { startsAt, ...rest } = asked;
        const when = startsAt === undefined ? {} : { startsAt };
        const request = { ...event, ...rest, ...when, requestedBy: asked.by };
        const facts = { request, person, ...(guarded && { protectedBecause: 'PROTECTED_OIDS' }) };
        const decision = decideIntake({ ...facts, rows });
        rows = carryOut(rows, facts, decision, state);
        const again = decideIntake({ ...facts, rows });
        const noCase = decision.kind === 'not-a-leaver' || decision.kind === 'unknown-person';
        assert.equal(again.kind, noCase ? decision.kind : 'duplicate');
        assert.equal(new Set(rows.map(({ n }) => n)).size, rows.length);
      }
    }),
  );
});

function carryOut(
  rows: readonly CaseRow[],
  { request, person }: Pick<IntakeFacts, 'request' | 'person'>,
  decision: ReturnType<typeof decideIntake>,
  state: CaseState,
): CaseRow[] {
  switch (decision.kind) {
    case 'open':
    case 'refuse': {
      const { deletedAt: _, ...fresh } = row(decision.n, decision.kind === 'refuse' ? 'refused' : state);
      // What waits for its day is about no deletion yet.
      const about =
        person.deletedAt === undefined || fresh.state === 'scheduled' ? {} : { deletedAt: person.deletedAt };
      const refusal = decision.kind === 'refuse' ? { refusal: decision.refusal } : {};
      return [...rows, { ...fresh, ...request, ...about, ...refusal }];
    }
    case 'merge':
      return rows.map((each) =>
        each.caseId === decision.caseId ? mergeRequest(each, request, person.deletedAt) : each,
      );
    case 'duplicate':
    case 'not-a-leaver':
    case 'unknown-person':
      return [...rows];
    default:
      return decision satisfies never;
  }
}

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
