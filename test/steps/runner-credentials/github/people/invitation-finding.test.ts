import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../../src/cases/stable-id.ts';
import type { Invitation } from '../../../../../src/connectors/github/people/invitations.ts';
import type { Membership } from '../../../../../src/connectors/github/people/membership.ts';
import type { GitHubAccount, Leaver } from '../../../../../src/people/leaver.ts';
import type { Oid } from '../../../../../src/people/oid.ts';
import {
  invitationFinding,
  type Standing,
} from '../../../../../src/steps/runner-credentials/rules/github/invitation-finding.ts';

const API = 'https://api.github.com';
const FORMER = { login: 'ally', from: '2020-01-01T00:00:00Z', to: '2024-01-01T00:00:00Z' };
const OTHER: GitHubAccount = { login: 'spare', id: 17, source: 'test', confidence: 'proved' };
const OWN: GitHubAccount = { login: 'alice', id: 7, source: 'test', confidence: 'proved', formerLogins: [FORMER] };
const LEAVER: Leaver = {
  oid: '0e000000-0000-4000-8000-000000000001' as Oid,
  state: 'disabled',
  userPrincipalName: 'amoreau@corp.example',
  mail: 'Alex.Moreau@corp.example',
  github: [OTHER, OWN],
  devops: [],
};
const pending = (login: string, state = 'pending'): readonly Standing[] => {
  const membership: Membership = { login, role: 'member', state, enterpriseTeams: [], direct: true };
  return [
    { account: OTHER, membership: undefined },
    { account: OWN, membership },
  ];
};
const BOSS = { id: 9, login: 'boss' };
const invitation = (more: Partial<Invitation> = {}): Invitation => ({
  ...{ id: 5, login: 'alice', email: null, role: 'direct_member', createdAt: '2026-01-01', inviter: BOSS },
  ...more,
});
const found = (more: Partial<Invitation> = {}, standings: readonly Standing[] = []) =>
  invitationFinding(invitation(more), 'acme', API, LEAVER, standings);

test('an invitation to own the organisation says so, and what cancels it expects just that', () => {
  const id = findingId('runner-credentials', 'invitation', 'acme/invitations/5');
  const finding = found({ role: 'admin' }, pending('Alice'));
  const { remedy, ...told } = finding ?? {};
  assert.deepEqual(told, {
    ...{ id, step: 'runner-credentials', kind: 'invitation', title: 'alice is invited to acme' },
    resource: {
      ...{ system: 'github', type: 'invitation', id: 'acme/invitations/5', name: 'alice' },
      url: 'https://github.com/orgs/acme/people/pending_invitations',
    },
    ...{ severity: 'high', status: 'planned' },
    reason: 'The leaver’s account is invited. Whoever accepts it is let in as an owner.',
    evidence: { to: 'alice', role: 'admin', createdAt: '2026-01-01', invitedBy: 'boss' },
  });
  assert.deepEqual(remedy?.call, {
    ...{ kind: 'cancel-invitation', organisation: 'acme', invitationId: 5 },
    expected: { login: 'alice', email: null, role: 'admin' },
  });
});

test('an invitation that went to a mail address is told by that address', () => {
  const email = 'ALEX.MOREAU@corp.example';
  const finding = found({ login: null, email }, pending('alice'));
  assert.equal(finding?.title, `${email} is invited to acme`);
  assert.deepEqual([finding?.severity, finding?.evidence.to, finding?.resource.name], ['medium', email, email]);
  assert.match(finding?.reason ?? '', /^It went to a mail address of the leaver’s\. Whoever accepts it is let in\. /);
  const sent = found({ login: null, email: 'x@mail.example', inviter: { id: 7, login: 'alice' } });
  assert.equal(sent?.title, 'alice invited x@mail.example to acme');
  assert.deepEqual([sent?.evidence.to, sent?.resource.name], ['x@mail.example', 'x@mail.example']);
});

test('an invitation to nobody that GitHub names has no name', () => {
  const sent = found({ login: null, inviter: { id: 7, login: 'alice' } });
  assert.ok(sent !== undefined && !('name' in sent.resource));
});

/** What is known of the account, and how far the invitation is for the leaver. */
const PROOFS: readonly (readonly [
  situation: string,
  more: Partial<Invitation>,
  standings: readonly Standing[],
  status: string | undefined,
])[] = [
  ['the account is invited under this login', {}, pending('alice'), 'planned'],
  ['the account is invited under another login', { login: 'bob' }, pending('alice'), undefined],
  ['the account is a member already', {}, pending('alice', 'active'), 'manual-action'],
  ['the account has the login of another', { login: 'zoe' }, pending('zoe', 'active'), undefined],
  ['it went to their principal name', { login: null, email: 'amoreau@corp.example' }, [], 'awaiting-decision'],
  ['it went to a colleague’s address', { login: null, email: 'zoe@corp.example' }, [], undefined],
  ['it names a login of before', { login: 'Ally' }, [], 'manual-action'],
  ['it names one of their other accounts', { login: 'spare' }, [], 'manual-action'],
];
for (const [situation, more, standings, status] of PROOFS) {
  test(`an invitation is theirs as far as that is proved: ${situation}`, () => {
    assert.equal(found(more, standings)?.status, status);
  });
}

test('an invitation that the leaver sent weighs as much as what it lets in, and is told whole', () => {
  const inviter = { id: 7, login: 'alice' };
  const finding = found({ login: 'bob', role: 'admin', inviter });
  assert.deepEqual(finding, {
    id: findingId('runner-credentials', 'invitation-by-leaver', 'acme/invitations/5'),
    ...{ step: 'runner-credentials', kind: 'invitation-by-leaver', title: 'alice invited bob to acme' },
    resource: {
      ...{ system: 'github', type: 'invitation', id: 'acme/invitations/5', name: 'bob' },
      url: 'https://github.com/orgs/acme/people/pending_invitations',
    },
    ...{ severity: 'high', status: 'manual-action' },
    reason: 'It is still open. Ask whose account or address it is, and cancel it where nobody knows.',
    evidence: { to: 'bob', role: 'admin', createdAt: '2026-01-01', invitedBy: 'alice' },
  });
  assert.equal(found({ login: 'bob', inviter })?.severity, 'medium');
});
