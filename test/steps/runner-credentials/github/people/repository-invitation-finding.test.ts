import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../../src/cases/stable-id.ts';
import type { RepositoryInvitation } from '../../../../../src/connectors/github/repositories/repository-invitations.ts';
import type { GitHubAccount } from '../../../../../src/people/leaver.ts';
import { repositoryInvitationFinding } from '../../../../../src/steps/runner-credentials/rules/github/repository-invitation-finding.ts';

const ACCOUNT: GitHubAccount = { login: 'alice', id: 7, source: 'test', confidence: 'proved' };
const ALICE = { id: 7, login: 'alice-now' };
const BOB = { id: 8, login: 'bob' };
const found = (more: Partial<RepositoryInvitation>) =>
  repositoryInvitationFinding(
    {
      ...{ id: 5, invitee: ALICE, inviter: BOB, permissions: 'maintain', createdAt: '2026-01-01', expired: false },
      ...more,
    },
    { organisation: 'acme', repository: 'pay' },
    { github: [ACCOUNT] },
    'https://api.github.com',
  );
const resource = (name?: string) => ({
  ...{ system: 'github', type: 'invitation', id: 'acme/pay/invitations/5' },
  ...(name === undefined ? {} : { name }),
  url: 'https://github.com/acme/pay/settings/access',
});

test('an invitation of the leaver’s account is told by the login of today, and cancelled', () => {
  const { remedy, ...told } = found({}) ?? {};
  assert.deepEqual(told, {
    ...{ step: 'runner-credentials', resource: resource('alice-now'), severity: 'high' },
    evidence: { to: 'alice-now', permissions: 'maintain', createdAt: '2026-01-01', invitedBy: 'bob' },
    id: findingId('runner-credentials', 'repository-invitation', 'acme/pay/invitations/5'),
    ...{ kind: 'repository-invitation', title: 'alice-now is invited to acme/pay', status: 'planned' },
    reason: 'The leaver’s account is invited. Whoever accepts it is let in, whatever becomes of the membership.',
  });
  assert.deepEqual(remedy?.call, {
    ...{ kind: 'cancel-repository-invitation', organisation: 'acme', repository: 'pay', invitationId: 5 },
    expected: { inviteeId: 7, permissions: 'maintain' },
  });
});

test('an invitation whose sender was deleted says that nobody is known', () => {
  assert.equal(found({ inviter: null })?.evidence.invitedBy, null);
  assert.equal(found({ invitee: BOB, inviter: null }), undefined);
  assert.equal(found({ invitee: null, inviter: null }), undefined);
});

test('one that the leaver sent to a mail address has nobody’s name', () => {
  const to = (invitee: typeof BOB | null) => found({ invitee, inviter: ALICE, permissions: 'read' });
  assert.deepEqual(to(null), {
    ...{ step: 'runner-credentials', resource: resource(), severity: 'medium' },
    evidence: { to: null, permissions: 'read', createdAt: '2026-01-01', invitedBy: 'alice-now' },
    id: findingId('runner-credentials', 'repository-invitation-by-leaver', 'acme/pay/invitations/5'),
    ...{ kind: 'repository-invitation-by-leaver', title: 'alice invited a mail address to acme/pay' },
    status: 'manual-action',
    reason: 'It is still open. Ask whose account or address it is, and cancel it where nobody knows.',
  });
  assert.equal(to(BOB)?.title, 'alice invited bob to acme/pay');
  assert.deepEqual(to(BOB)?.resource, resource('bob'));
});
