import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockedAtArm } from '../../../../src/posture/metrics/blocked-at-arm.ts';
import type { AssignedRule } from '../../../../src/posture/readings/policies.ts';
import type { Blocked } from '../../../../src/posture/runs/blocked-ledger.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

const rule = (more: Partial<AssignedRule> = {}): AssignedRule => ({
  ...{ assignment: '/assignments/One/', scope: '/s', definition: 'd', hash: 'a'.repeat(64), released: true },
  ...{ bears: ['identity'], mode: 'Default', notScopes: [], effect: 'Deny', overrides: [], resourceSelectors: [] },
  ...{ exemptions: [], otherVersions: false, enrolled: 0, ...more },
});
const refused = (n: number, more: Partial<Blocked> = {}): Blocked => ({
  ...{ at: '2026-11-20T10:00:00.000Z', caller: 'dev', resource: '/aci', correlationId: `c${n}` },
  ...{ by: [{ assignment: '/assignments/one' }], ...more },
});
const reckoned = (
  blocked: readonly Blocked[],
  rules: readonly AssignedRule[] = [rule()],
  unread: readonly string[] = [],
) =>
  blockedAtArm.reckon(
    {
      blocked: { subscriptions: [], blocked: blocked.map((each) => ({ ...each, by: [...each.by] })) },
      policies: {
        subscriptions: [
          {
            ...{ id: '/s', complete: true, assignments: 1, rules: [...rules] },
            unread: unread.map((definition) => ({ assignment: 'a', definition })),
          },
        ],
      },
    },
    { at: '2026-11-23T04:10:00.000Z', settings: NO_SETTINGS },
  );

test('a caller, a resource and a day are one attempt, and each request is one that was refused', () => {
  const all = [
    ...[refused(1), refused(1), refused(2), refused(3, { at: '2026-11-21T10:00:00.000Z' })],
    ...[refused(4, { caller: 'other' }), refused(4, { resource: '/other' })],
  ];
  assert.deepEqual(reckoned(all, [rule(), rule({ assignment: '/ASSIGNMENTS/one' }), rule({ assignment: '/two' })]), {
    value: 4,
    arithmetic: '4 attempts, 5 requests that were refused, in thirty days by 2 assignments',
    terms: { attempts: 4, blocked: 5, resources: 2, assignments: 2 },
    doubts: [],
  });
  assert.equal(
    reckoned([refused(1)]).arithmetic,
    '1 attempt, 1 request that was refused, in thirty days by 1 assignment',
  );
});

test('what another assignment refused, or another policy of an initiative, is none of ours', () => {
  const by = (...each: Blocked['by']) => [refused(1, { by: each })];
  const named = [rule({ reference: 'Identity' })];
  const ours = { assignment: '/assignments/one' };
  const situations: readonly (readonly [Blocked[], readonly AssignedRule[], number])[] = [
    [by({ assignment: '/assignments/other' }), [rule()], 0],
    [by({ assignment: '/assignments/other' }, ours), [rule({ assignment: '/x' }), rule()], 1],
    [by({ ...ours, reference: 'identity' }), named, 1],
    [by({ ...ours, reference: 'other' }), named, 0],
    [by(ours), named, 1],
    [by({ ...ours, reference: 'other' }), [rule()], 1],
    [by({ assignment: '/assignments/other', reference: 'identity' }), named, 0],
  ];
  for (const [blocked, rules, attempts] of situations)
    assert.equal(reckoned(blocked, rules).terms.attempts, attempts, JSON.stringify(blocked[0]?.by));
});

test('without an assignment there is no number, and of one that nobody could look into nobody knows', () => {
  const nothing = {
    ...{ value: undefined, arithmetic: 'no policy is assigned that could refuse anything' },
    terms: { attempts: 0, blocked: 0, resources: 0, assignments: 0 },
  };
  assert.deepEqual(reckoned([refused(1)], []), { ...nothing, doubts: [] });
  assert.deepEqual(reckoned([], [], ['d', 'e']), {
    ...{ ...nothing, atLeast: true },
    doubts: [{ reason: 'unreadable', detail: 'The rules of 2 assignments are in no list.' }],
  });
  const { value, atLeast, doubts } = reckoned([refused(1)], [rule()], ['d']);
  assert.deepEqual([value, atLeast, doubts], [1, true, []]);
});
