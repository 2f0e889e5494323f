import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CA, judge, policy, told } from './kept-world.ts';

test('no policy that blocks everybody is missing, or is told with what is wrong with the closest', () => {
  const resource = 'applications/vault-app/conditionalAccess';
  const [missing] = judge({ policies: [policy({ blocks: false })] }).findings;
  assert.deepEqual(missing && { ...missing, remedy: missing.remedy.todo }, {
    ...{ reason: 'policy-missing', resource, says: 'No policy of Conditional Access blocks people on Secrets.' },
    evidence: { resource, call: CA, shows: { policies: 1 } },
    remedy: 'Make the policy with the module gateway-app, which blocks every user on it.',
  });
  const weak = policy({
    state: 'disabled',
    exceptUsers: ['u'],
    exceptGroups: ['g'],
    exceptRoles: ['r'],
    narrowedBy: ['x'],
  });
  const { findings, doubts, evidence } = judge({ policies: [weak] });
  const shows = { name: 'Keep out', state: 'disabled', excluded: ['u', 'g', 'r'], narrowed_by: ['x'] };
  assert.deepEqual(evidence, [{ resource: 'identity/conditionalAccess/policies/p1', call: CA, shows }]);
  assert.deepEqual(
    [findings.map(({ remedy, ...rest }) => ({ ...rest, remedy: remedy.todo })), doubts],
    [
      [
        {
          ...{ reason: 'policy-not-enforced', resource, evidence: evidence[0] },
          says: 'The policy “Keep out” does not keep everybody from Secrets: its state is disabled; it leaves out the user u, the role r; it is narrowed by x.',
          remedy:
            'Mend the policy “Keep out”: turn it on; take the exclusions out, or, of a break-glass account, add it to PROTECTED_OIDS; take the conditions out.',
        },
      ],
      [],
    ],
  );
});

test('of half the policies, and of what nobody understands, nobody can say whether people are kept out', () => {
  const weak = policy({ state: 'disabled' });
  assert.deepEqual(told({ policies: [], allPolicies: false }), []);
  assert.deepEqual(told({ policies: [weak], allPolicies: false }), []);
  assert.equal(judge({ policies: [weak], allPolicies: false }).evidence.length, 1);
  assert.deepEqual(told({ policies: [policy()], allPolicies: false }), []);
  const doubt = {
    reason: 'unreadable',
    resource: 'p1',
    detail: 'The policy “Keep out” leaves out the group g, whose members are not read.',
  };
  for (const allPolicies of [true, false])
    assert.deepEqual(judge({ policies: [policy({ exceptGroups: ['g'] })], allPolicies }).doubts, [doubt]);
});
