import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type RemedyCall, remedyDefinition } from '../../../../src/steps/registry.ts';
import { ORGANISATION } from './case-study.ts';
import {
  account,
  brief,
  colleague,
  githubId,
  githubLogin,
  mail,
  PRIVATE,
  type StandingWorld,
  startStanding,
} from './standing-world.ts';

let app: StandingWorld['app'];
let organisation: StandingWorld['organisation'];
let scan: StandingWorld['scan'];
let reset: StandingWorld['reset'];
before(async () => {
  ({ app, organisation, scan, reset } = await startStanding());
});
after(() => app.stop());
afterEach(() => reset());

test('a token that waits is denied by itself; a colleague’s is left', async () => {
  organisation.tokenRequests.add({ id: 1, tokenId: 2, name: 'exports', ownerId: githubId });
  organisation.tokenRequests.add({ id: 3, tokenId: 4, name: 'mine', ownerId: colleague.githubId });
  const found = (await scan()).of('token-request');
  assert.deepEqual(found.map(brief), [['medium', 'planned', 'safe']]);
  assert.equal((await scan(account('likely'))).of('token-request')[0]?.status, 'awaiting-decision');
});

test('an App of the leaver’s account is the owner’s to suspend; one that GitHub hides is told as not known', async () => {
  organisation.apps.add({ id: 11, slug: 'alex-exports', ownerId: githubId });
  organisation.apps.add({ id: 12, slug: 'ana-notes', ownerId: colleague.githubId });
  const { of, line } = await scan();
  assert.deepEqual(of('app-of-leaver').map(brief), [['critical', 'manual-action', 'none']]);
  assert.match(of('app-of-leaver')[0]?.resource.url ?? '', /settings\/installations\/900011$/);
  assert.deepEqual([line('installed-apps')?.state, line('installed-apps')?.looked.count], ['complete', 2]);
  organisation.apps.patch('11', { suspended: true });
  organisation.apps.add({ id: 13, slug: 'private-one', ownerId: githubId, hidden: true });
  const hidden = await scan();
  assert.equal(hidden.of('app-of-leaver')[0]?.severity, 'low');
  assert.equal(hidden.line('installed-apps')?.state, 'partial');
  assert.match(hidden.line('installed-apps')?.detail ?? '', /private-one/);
});

const machine = { os: 'linux', status: 'online', busy: false, labels: [githubLogin] } as const;
test('a machine of the enterprise is its owner’s to remove; a group that shows none is not taken for empty', async () => {
  const runners = [{ ...machine, id: 501, name: `laptop-${githubLogin}` }];
  organisation.runnerGroups.add({ id: 9, name: 'Shared', inherited: true, runners });
  const { of, line } = await scan();
  const found = [...of('runner-of-leaver'), ...of('runner-may-be-leavers')].filter(({ resource }) =>
    resource.id.includes('/runner-groups/9/'),
  );
  assert.deepEqual(
    found.map(({ status, remedy }) => [status, remedy]),
    [['manual-action', undefined]],
  );
  assert.equal(line('runner-groups')?.state, 'complete');
  organisation.runnerGroups.add({ id: 10, name: 'Quiet', inherited: true, runners: [] });
  assert.equal((await scan()).line('runner-groups')?.state, 'partial');
});

test('each remedy reads its target back as gone, and a second act is no failure', async () => {
  const of = (call: RemedyCall) => ({ call, remedy: remedyDefinition(call) });
  organisation.invitations?.add({ id: 81, login: null, email: mail, inviterId: colleague.githubId });
  organisation.tokenRequests.add({ id: 5, tokenId: 6, name: 'exports', ownerId: githubId });
  organisation.outsideCollaborators.add(PRIVATE);
  const common = { organisation: ORGANISATION, login: 'whatever it was' } as const;
  for (const { call, remedy } of [
    of({
      kind: 'cancel-invitation',
      organisation: ORGANISATION,
      invitationId: 81,
      expected: { login: null, email: mail, role: 'direct_member' },
    }),
    of({ kind: 'deny-token-request', ...common, requestId: 5, expected: { ownerId: githubId } }),
    of({ kind: 'remove-membership', ...common, accountId: githubId, expected: { role: 'member' } }),
    of({ kind: 'remove-outside-collaborator', ...common, accountId: PRIVATE, expected: { accountId: PRIVATE } }),
  ]) {
    const before = await remedy.read(app.context.vendors, call);
    assert.ok(before.ok && before.value.state === 'present', call.kind);
    assert.deepEqual(before.value.now, call.expected);
    assert.equal((await remedy.act(app.context.vendors, call)).ok, true, call.kind);
    const gone = await remedy.read(app.context.vendors, call);
    assert.equal(gone.ok && gone.value.state, 'gone', call.kind);
    assert.equal((await remedy.act(app.context.vendors, call)).ok, true, `${call.kind} again`);
  }
  assert.ok(organisation.members.has(colleague.githubId));
});

test('a list of invitations that is not there does not stand for one that is gone', async () => {
  app.tenant.faults.add({ vendor: 'github', path: /invitations/, effect: { kind: 'answer', status: 404 } });
  const call: RemedyCall = {
    kind: 'cancel-invitation',
    organisation: ORGANISATION,
    invitationId: 81,
    expected: { login: null, email: mail, role: 'direct_member' },
  };
  const read = await remedyDefinition(call).read(app.context.vendors, call);
  assert.equal(read.ok, false);
});
