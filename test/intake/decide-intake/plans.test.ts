import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CaseMode, CaseState, OffboardingRequest, TriggerName } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { mayStart, mergeRequest } from '../../../src/intake/rules/merge-request.ts';
import { DELETED, decide, event, OID, operator, row, withoutDeletion } from './world.ts';

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
