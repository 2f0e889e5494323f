import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policySubnet } from '../../../../src/posture/checks/policy-subnet.ts';
import type { ApprovedSubnet } from '../../../../src/posture/readings/network.ts';
import type { AssignedRule } from '../../../../src/posture/readings/policies.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

const rule: AssignedRule = {
  ...{ assignment: '/assignments/one', scope: '/s', definition: 'd', hash: 'a'.repeat(64), released: true },
  ...{ bears: ['subnet'], mode: 'Default', notScopes: [], effect: 'Deny', overrides: [], resourceSelectors: [] },
  ...{ exemptions: [], otherVersions: false, enrolled: 0 },
};
const judge = (
  approved: readonly string[] | undefined,
  real: readonly (readonly [id: string, state: ApprovedSubnet['state']])[],
) => {
  const rules = [approved === undefined ? rule : { ...rule, approved: [...approved] }];
  return policySubnet.judge(
    {
      policies: { subscriptions: [{ id: '/s', complete: true, assignments: 1, unread: [], rules }] },
      network: { approved: real.map(([id, state]) => ({ id, state, prefixes: [], delegations: [] })) },
    },
    { at: '2026-11-23T04:10:00.000Z', settings: NO_SETTINGS },
  );
};

test('the policy approves the subnets of the servers, and no other', () => {
  const situations: readonly (readonly [string, string[], Parameters<typeof judge>[1], says: string | undefined])[] = [
    [
      'the same',
      ['/a', '/b'],
      [
        ['/b', 'there'],
        ['/a', 'there'],
      ],
      undefined,
    ],
    ['the same, one of them not read', ['/a'], [['/a', 'unread']], undefined],
    ['one more', ['/a', '/x'], [['/a', 'there']], 'It approves /x, which is none of the servers’.'],
    [
      'one less',
      ['/a'],
      [
        ['/a', 'there'],
        ['/b', 'there'],
      ],
      'It does not approve /b.',
    ],
    ['one that is gone', ['/a'], [['/a', 'gone']], 'The subnet /a is not there.'],
    ['another', ['/x'], [['/a', 'there']], 'It approves /x, which is none of the servers’. It does not approve /a.'],
    ['no setting', ['/x'], [], undefined],
  ];
  for (const [what, approved, real, says] of situations) {
    const [found] = judge(approved, real).findings;
    const [reason, said] = [found?.reason, found?.says.split(' is assigned: ')[1]];
    assert.deepEqual([reason, said], [says === undefined ? undefined : 'other-subnets', says], what);
  }
});

test('a list that nobody can tell is a doubt, and no other list', () => {
  const { findings, doubts } = judge(undefined, [['/a', 'there']]);
  assert.deepEqual([findings, doubts.map(({ reason }) => reason)], [[], ['unreadable']]);
});
