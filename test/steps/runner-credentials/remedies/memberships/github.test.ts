import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failed, ok } from '../../../../../src/connectors/result.ts';
import { remedyOf } from '../../../../../src/steps/define-remedy.ts';
import { cancelInvitation } from '../../../../../src/steps/runner-credentials/remedies/github/cancel-invitation.ts';
import { cancelRepositoryInvitation } from '../../../../../src/steps/runner-credentials/remedies/github/cancel-repository-invitation.ts';
import { removeMembership } from '../../../../../src/steps/runner-credentials/remedies/github/remove-membership.ts';
import { removeOutsideCollaborator } from '../../../../../src/steps/runner-credentials/remedies/github/remove-outside-collaborator.ts';
import { DENIED, DONE, ID, NOT_FOUND, nowIn, stateIn, vendors } from '../github-world.ts';

describe('an invitation', () => {
  const call = {
    kind: 'cancel-invitation',
    organisation: 'acme',
    invitationId: 5,
    expected: { login: 'alice', email: null, role: 'admin' },
  } as const;
  const invitation = { id: 5, login: 'alice', email: null, role: 'admin' };

  test('is cancelled by itself, for it opens nothing', async () => {
    const { what, risk, undo } = remedyOf(cancelInvitation, ID, call, undefined);
    assert.equal(what, 'Cancel the invitation of alice to acme; GitHub tells whoever got it.');
    assert.equal(risk, 'safe');
    assert.match(undo, /^By hand: An owner invites them again/);
    const read = (list: object) => cancelInvitation.read(vendors({ listInvitations: list }), call);
    assert.deepEqual(nowIn(await read({ items: [invitation] })), call.expected);
    assert.deepEqual(nowIn(await read({ items: [{ ...invitation, role: 'direct_member' }] })), {
      ...call.expected,
      role: 'direct_member',
    });
    assert.equal(stateIn(await read({ items: [{ ...invitation, id: 6 }] })), 'gone');
    assert.equal(stateIn(await read({ items: [], failure: NOT_FOUND })), 'unavailable');
  });

  const single = {
    kind: 'cancel-repository-invitation',
    organisation: 'acme',
    repository: 'pay',
    invitationId: 5,
    expected: { inviteeId: 7, permissions: 'write' },
  } as const;
  test('to one repository is gone once it has lapsed, and is told by the number of the account', async () => {
    const { what, risk } = remedyOf(cancelRepositoryInvitation, ID, single, undefined);
    assert.equal(what, 'Cancel invitation 5, which lets the leaver’s account (7) into acme/pay.');
    assert.equal(risk, 'safe');
    const read = (list: object) =>
      cancelRepositoryInvitation.read(vendors({ listRepositoryInvitations: list }), single);
    const open = { id: 5, invitee: { id: 7, login: 'alice' }, permissions: 'write', expired: false };
    assert.deepEqual(nowIn(await read({ items: [open] })), single.expected);
    assert.notDeepEqual(
      nowIn(await read({ items: [{ ...open, invitee: { id: 8, login: 'alice' } }] })),
      single.expected,
    );
    assert.equal(stateIn(await read({ items: [{ ...open, expired: true }] })), 'gone');
    assert.equal(stateIn(await read({ items: [] })), 'gone');
    assert.equal(stateIn(await read({ items: [], failure: NOT_FOUND })), 'unavailable');
  });
});

describe('a membership', () => {
  const call = {
    kind: 'remove-membership',
    organisation: 'acme',
    accountId: 7,
    login: 'alice',
    expected: { role: 'admin' },
  } as const;
  const member = { login: 'renamed', role: 'admin', state: 'active', direct: true, enterpriseTeams: [] };

  test('is the account’s own and active, or there is nothing to remove', async () => {
    assert.equal(remedyOf(removeMembership, ID, call, undefined).what, 'Remove alice from the organisation acme.');
    const read = (answer: unknown) => removeMembership.read(vendors({ membershipOf: answer }), call);
    assert.deepEqual(nowIn(await read(ok(member))), { role: 'admin' });
    assert.deepEqual(nowIn(await read(ok({ ...member, role: 'member' }))), { role: 'member' });
    for (const none of [undefined, { ...member, direct: false }, { ...member, state: 'pending' }])
      assert.equal(stateIn(await read(ok(none))), 'gone');
    assert.equal(stateIn(await read(failed(DENIED))), 'denied');
  });

  test('is removed by the login of today, and never by one that is another’s', async () => {
    const removed: unknown[] = [];
    const remove = (login: unknown) => {
      removed.push(login);
      return DONE;
    };
    await removeMembership.act(vendors({ membershipOf: ok(member), removeMembership: remove }), call);
    await removeMembership.act(vendors({ membershipOf: ok(undefined), removeMembership: remove }), call);
    assert.deepEqual(removed, ['renamed']);
  });

  test('of single repositories is that of the account with the number', async () => {
    const outside = {
      kind: 'remove-outside-collaborator',
      organisation: 'acme',
      accountId: 7,
      login: 'alice',
      expected: { accountId: 7 },
    } as const;
    const { what } = remedyOf(removeOutsideCollaborator, ID, outside, undefined);
    assert.equal(what, 'Remove the outside collaborator alice from all repositories of acme.');
    const removed: unknown[] = [];
    const at = (items: readonly object[]) =>
      vendors({
        listOutsideCollaborators: { items },
        removeOutsideCollaborator: (login: unknown) => {
          removed.push(login);
          return DONE;
        },
      });
    const [own, taken] = [at([{ id: 7, login: 'renamed' }]), at([{ id: 8, login: 'alice' }])];
    assert.deepEqual(nowIn(await removeOutsideCollaborator.read(own, outside)), { accountId: 7 });
    assert.equal(stateIn(await removeOutsideCollaborator.read(taken, outside)), 'gone');
    await removeOutsideCollaborator.act(taken, outside);
    await removeOutsideCollaborator.act(own, outside);
    assert.deepEqual(removed, ['renamed']);
  });
});
