import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Membership } from '../../../../../src/connectors/github/people/membership.ts';
import type { GitHubAccount } from '../../../../../src/people/leaver.ts';
import { membershipFinding } from '../../../../../src/steps/runner-credentials/rules/github/membership-finding.ts';

const ACCOUNT: GitHubAccount = { login: 'alice', id: 7, source: 'test', confidence: 'proved' };
const LIVES_ON =
  'Schedules that run as the account and machines that it registered go on after it is removed: they are findings of their own.';
const told = (more: Partial<Membership> = {}) => {
  const membership: Membership = { login: 'alice', role: 'member', state: 'active', enterpriseTeams: [], direct: true };
  const finding = membershipFinding({ ...membership, ...more }, 'acme', 'https://api.github.com', ACCOUNT);
  return finding && [finding.title, finding.severity, finding.status, finding.reason.replace(` ${LIVES_ON}`, '')];
};

test('a membership says what it gives, and who can take it away', () => {
  assert.deepEqual(told(), [
    'alice is a member of acme',
    'medium',
    'awaiting-decision',
    'A member reads what members may read.',
  ]);
  assert.deepEqual(told({ role: 'admin' }), [
    'alice is an owner of acme',
    'high',
    'awaiting-decision',
    'An owner can let anybody in, and undo what this case does.',
  ]);
  assert.deepEqual(told({ enterpriseTeams: ['a', 'b'] })?.slice(2), [
    'awaiting-decision',
    'A member reads what members may read. Teams of the enterprise let the account in as well (a, b): removing it here leaves those, so the enterprise’s owner takes it out of them.',
  ]);
  assert.deepEqual(told({ enterpriseTeams: ['a'], direct: false })?.slice(2), [
    'manual-action',
    'A member reads what members may read. Teams of the enterprise alone let the account in (a): only the enterprise’s owner can take it out of them.',
  ]);
});

test('who is only invited is told with the invitation', () => {
  assert.equal(told({ state: 'pending' }), undefined);
});
