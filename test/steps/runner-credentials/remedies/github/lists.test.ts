import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failed, ok, type VendorFailure, type VendorResult } from '../../../../../src/connectors/result.ts';
import { remedyOf } from '../../../../../src/steps/define-remedy.ts';
import { cancelInvitation } from '../../../../../src/steps/runner-credentials/remedies/github/cancel-invitation.ts';
import { cancelRepositoryInvitation } from '../../../../../src/steps/runner-credentials/remedies/github/cancel-repository-invitation.ts';
import { denyTokenRequest } from '../../../../../src/steps/runner-credentials/remedies/github/deny-token-request.ts';
import { inListOf } from '../../../../../src/steps/runner-credentials/remedies/github/in-list-of.ts';
import { removeMembership } from '../../../../../src/steps/runner-credentials/remedies/github/remove-membership.ts';
import { removeOutsideCollaborator } from '../../../../../src/steps/runner-credentials/remedies/github/remove-outside-collaborator.ts';
import { DENIED, DONE, effectIn, ID, NOT_FOUND, organisation, stateIn, vendors } from '../github-world.ts';

interface List {
  readonly items: readonly number[];
  readonly failure?: VendorFailure;
}
const wanted = (each: number): boolean => each === 1;
const told = (found: VendorResult<number | undefined>) => (found.ok ? found.value : found.failure.kind);
const named = (login: string) => ok({ id: 7, login });

test('an owner who is renamed again and again is looked for among everybody', async () => {
  const asked: (string | undefined)[] = [];
  const logins = ['b', 'c', 'd', 'e'];
  const there = organisation({ accountWithId: () => named(logins[asked.length - 1] ?? '') });
  const of = async (login?: string): Promise<List> => {
    asked.push(login);
    return { items: login === undefined ? [1] : [] };
  };
  const found = await inListOf(there, { id: 7, login: 'a' }, { name: 'tokens', of }, wanted);
  assert.deepEqual([told(found), asked], [1, ['a', 'b', 'c', undefined]]);
});

test('a list that is not there, or not whole, says no more than what stands in it', async () => {
  const look = async (own: List, all: List, today: unknown) =>
    told(
      await inListOf(
        organisation({ accountWithId: today }),
        { id: 7, login: 'Alice' },
        { name: 'tokens', of: async (login?: string) => (login === undefined ? all : own) },
        wanted,
      ),
    );
  const [none, nobody] = [{ items: [2] }, ok(undefined)];
  assert.equal(await look({ items: [1], failure: DENIED }, none, DENIED), 1);
  assert.equal(await look({ items: [], failure: DENIED }, { items: [1] }, nobody), 'denied');
  assert.equal(await look({ items: [], failure: NOT_FOUND }, { items: [1] }, nobody), 'unavailable');
  assert.equal(await look(none, { items: [1] }, named('aLICE')), undefined);
  assert.equal(await look(none, { items: [1], failure: DENIED }, nobody), 1);
  assert.equal(await look(none, { items: [], failure: DENIED }, nobody), 'denied');
  assert.equal(await look(none, { items: [], failure: NOT_FOUND }, nobody), 'unavailable');
  assert.equal(await look(none, { items: [] }, nobody), undefined);
});

test('questions of the same moment share an answer, later ones and others are asked anew', async () => {
  const asked: string[] = [];
  const there = organisation({ accountWithId: named('alice') });
  const look = (name: string, at = there) => {
    const of = async (): Promise<List> => {
      asked.push(name);
      return { items: [1] };
    };
    return inListOf(at, { id: 7, login: 'alice' }, { name, of }, wanted);
  };
  await Promise.all([look('tokens'), look('tokens'), look('keys')]);
  assert.deepEqual(asked, ['tokens', 'keys']);
  await look('tokens');
  assert.deepEqual(asked, ['tokens', 'keys', 'tokens']);
  await Promise.all([look('tokens'), look('tokens', organisation({}))]);
  assert.equal(asked.length, 5, 'another organisation is asked for itself');
});

const invited = (login: string | null, email: string | null) =>
  ({
    kind: 'cancel-invitation',
    ...{ organisation: 'acme', invitationId: 5 },
    expected: { login, email, role: 'admin' },
  }) as const;

test('an invitation is called by whom it is for, as far as that is known', () => {
  const what = (login: string | null, email: string | null) =>
    remedyOf(cancelInvitation, ID, invited(login, email), undefined).what.replace(
      /.*invitation of (.*) to acme.*/,
      '$1',
    );
  assert.equal(what('alice', 'a@corp.example'), 'alice');
  assert.equal(what(null, 'a@corp.example'), 'a@corp.example');
  assert.equal(what(null, null), 'the leaver');
});

test('an invitation to a mail address is for no account, and what is listed may be acted on in a broken list', async () => {
  const call = {
    kind: 'cancel-repository-invitation',
    ...{ organisation: 'acme', repository: 'pay', invitationId: 5 },
    expected: { inviteeId: null, permissions: 'read' },
  } as const;
  const open = { id: 5, invitee: null, permissions: 'read', expired: false };
  const read = (list: object) => cancelRepositoryInvitation.read(vendors({ listRepositoryInvitations: list }), call);
  const image = { ...open };
  assert.deepEqual(
    await read({ items: [{ ...open, id: 6, permissions: 'admin' }, open], failure: DENIED }),
    ok({ state: 'present', image, now: call.expected }),
  );
  assert.equal(stateIn(await read({ items: [], failure: DENIED })), 'denied');
});

test('a request is told whole, among others that wait', async () => {
  const call = {
    kind: 'deny-token-request',
    ...{ organisation: 'acme', requestId: 5, login: 'alice' },
    expected: { ownerId: 7 },
  } as const;
  const request = { id: 5, name: 'ci', owner: { id: 7, login: 'alice' } };
  const items = [{ ...request, id: 4, owner: { id: 8, login: 'bob' } }, request];
  assert.deepEqual(
    await denyTokenRequest.read(vendors({ listTokenRequests: { items } }), call),
    ok({ state: 'present', image: request, now: { ownerId: 7 } }),
  );
});

test('nobody is removed where it could not be asked how they stand, or where they stand there by others', async () => {
  const call = {
    kind: 'remove-membership',
    ...{ organisation: 'acme', accountId: 7, login: 'alice' },
    expected: { role: 'member' },
  } as const;
  const removed: unknown[] = [];
  const act = async (membershipOf: unknown) => {
    const removeMembershipOf = (login: unknown) => {
      removed.push(login);
      return DONE;
    };
    return effectIn(await removeMembership.act(vendors({ membershipOf, removeMembership: removeMembershipOf }), call));
  };
  const member = { login: 'alice', role: 'member', state: 'active', direct: true, enterpriseTeams: [] };
  assert.equal(await act(failed(DENIED)), 'denied');
  assert.equal(await act(ok({ ...member, direct: false })), 'done');
  assert.equal(await act(ok({ ...member, state: 'pending' })), 'done');
  assert.deepEqual(removed, []);
  const read = await removeMembership.read(vendors({ membershipOf: ok(member) }), call);
  assert.deepEqual(read, ok({ state: 'present', image: { accountId: 7, ...member }, now: { role: 'member' } }));
});

test('an outside collaborator stays where the list of them cannot be read', async () => {
  const call = {
    kind: 'remove-outside-collaborator',
    ...{ organisation: 'acme', accountId: 7, login: 'alice' },
    expected: { accountId: 7 },
  } as const;
  const at = (list: object) => vendors({ listOutsideCollaborators: list, removeOutsideCollaborator: DONE });
  const unread = at({ items: [], failure: DENIED });
  assert.equal(effectIn(await removeOutsideCollaborator.act(unread, call)), 'denied');
  assert.equal(stateIn(await removeOutsideCollaborator.read(unread, call)), 'denied');
  const items = [
    { id: 8, login: 'bob' },
    { id: 7, login: 'renamed' },
  ];
  assert.deepEqual(
    await removeOutsideCollaborator.read(at({ items }), call),
    ok({ state: 'present', image: items[1], now: { accountId: 7 } }),
  );
});
