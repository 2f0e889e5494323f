import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CaseMode, CaseState, OffboardingRequest, TriggerName } from '../../../src/cases/case.ts';
import { DELETED, DELETED_AGAIN, decide, event, OID, operator, row, softDeleted, withoutDeletion } from './world.ts';

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
