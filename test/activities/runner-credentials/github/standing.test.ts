import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { GitHubAccount, Leaver } from '../../../../src/people/leaver.ts';
import { type RemedyCall, remedyDefinition } from '../../../../src/steps/registry.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from './case-study.ts';

const { app, state, organisation, scanAll } = await startCaseStudyGitHub({ storage: true, repositories: 2 });
after(() => app.stop());
const { githubId, githubLogin, mail } = WORLD.leaver;
const [colleague] = WORLD.colleagues;
const PRIVATE = 9_900_777;
state.users.add({ id: PRIVATE, login: 'alex-at-home', name: 'Alex' });
const account = (confidence: GitHubAccount['confidence']): Leaver => ({
  ...LEAVER,
  github: LEAVER.github.map((each) => ({ ...each, confidence })),
});

afterEach(() => {
  app.tenant.faults.clear();
  organisation.members.add(githubId);
  organisation.owners.clear();
  organisation.enterpriseTeams.clear();
  organisation.outsideCollaborators.clear();
  organisation.invitations?.clear();
  organisation.tokenRequests.clear();
  organisation.apps.clear();
  for (const { id, inherited } of organisation.runnerGroups.all()) {
    if (inherited) organisation.runnerGroups.delete(String(id));
  }
});

async function scan(leaver: Leaver = LEAVER) {
  const { findings, coverage } = await scanAll(leaver);
  return {
    of: (kind: string): Finding[] => findings.filter((each) => each.kind === kind),
    line: (what: string) => coverage.find(({ source }) => source === `github/${what}:${ORGANISATION}`),
  };
}
const brief = ({ severity, status, remedy }: Finding) => [severity, status, remedy?.risk ?? 'none'];

interface MembershipCase {
  readonly owner?: true;
  readonly teams?: { readonly teams: readonly string[]; readonly direct: boolean };
  readonly confidence?: GitHubAccount['confidence'];
  readonly is: readonly string[];
  readonly says: RegExp;
}
const MEMBERSHIPS: Readonly<Record<string, MembershipCase>> = {
  'a member waits for a decision': {
    is: ['medium', 'awaiting-decision', 'disruptive'],
    says: /go on after it is removed/,
  },
  'an owner is worse': {
    owner: true,
    is: ['high', 'awaiting-decision', 'disruptive'],
    says: /An owner can let anybody in/,
  },
  'a team of the enterprise lets them in as well': {
    teams: { teams: ['ent:platform'], direct: true },
    is: ['medium', 'awaiting-decision', 'disruptive'],
    says: /ent:platform\): removing it here leaves those/,
  },
  'a team of the enterprise alone lets them in': {
    teams: { teams: ['ent:platform'], direct: false },
    is: ['medium', 'manual-action', 'none'],
    says: /only the enterprise’s owner/,
  },
  'an account that is only likely theirs': {
    confidence: 'likely',
    is: ['medium', 'awaiting-decision', 'disruptive'],
    says: /likely and not proved/,
  },
  'an account of which little is known is mentioned': {
    confidence: 'weak',
    is: ['medium', 'manual-action', 'none'],
    says: /Nothing is cut by it/,
  },
};
for (const [name, { owner, teams, confidence = 'proved', is, says }] of Object.entries(MEMBERSHIPS)) {
  test(`membership: ${name}`, async () => {
    if (owner) organisation.owners.add(githubId);
    if (teams) organisation.enterpriseTeams.set(githubId, teams);
    const found = (await scan(account(confidence))).of('organisation-membership');
    assert.deepEqual(found.map(brief), [is]);
    assert.match(found[0]?.reason ?? '', says);
  });
}

test('membership: none is complete, and so is that of somebody who claimed the leaver’s login', async () => {
  organisation.members.delete(githubId);
  const none = await scan();
  assert.deepEqual([none.of('organisation-membership'), none.line('membership')?.state], [[], 'complete']);
  const newcomer = 9_900_778;
  renameAccount(state, githubId, 'alex-renamed', newcomer);
  organisation.members.add(newcomer);
  const claimed = await scan();
  organisation.members.delete(newcomer);
  state.users.delete(String(newcomer));
  assert.deepEqual([claimed.of('organisation-membership'), claimed.line('membership')?.state], [[], 'complete']);
  // Under the new name the account is found by its number.
  organisation.members.add(githubId);
  const [renamed] = (await scan()).of('organisation-membership');
  renameAccount(state, githubId, githubLogin);
  assert.equal(renamed?.evidence.login, 'alex-renamed');
});

test('membership: an account of which GitHub does not answer keeps the line from being complete', async () => {
  app.tenant.faults.add({ vendor: 'github', path: /memberships/, effect: { kind: 'answer', status: 500 } });
  const { line } = await scan();
  assert.deepEqual([line('membership')?.state, line('invitations')?.state], ['unavailable', 'partial']);
});

test('an outside collaborator is told by number: the leaver’s account is, a colleague is not', async () => {
  organisation.members.delete(githubId);
  organisation.outsideCollaborators.add(githubId).add(colleague.githubId);
  const found = (await scan()).of('outside-collaborator');
  assert.deepEqual(
    found.map(({ resource }) => resource.id),
    [`${ORGANISATION}/outside-collaborators/${githubId}`],
  );
  assert.deepEqual(found.map(brief), [['high', 'awaiting-decision', 'disruptive']]);
});

type Row = { readonly login?: string; readonly email?: string; readonly inviterId?: number };
const INVITATIONS: readonly (readonly [what: string, row: Row, kind: string, is: readonly string[], leave?: true])[] = [
  ['to the leaver’s account', { login: githubLogin }, 'invitation', ['medium', 'planned', 'safe'], true],
  [
    'to a mail address of theirs waits',
    { email: mail.toUpperCase() },
    'invitation',
    ['medium', 'awaiting-decision', 'disruptive'],
  ],
  [
    'to a login that the account, asked by number, is not invited under',
    { login: githubLogin },
    'invitation',
    ['medium', 'manual-action', 'none'],
  ],
  [
    'by the leaver to somebody',
    { email: 'x@y.example', inviterId: githubId },
    'invitation-by-leaver',
    ['medium', 'manual-action', 'none'],
  ],
];
for (const [what, { login = null, email = null, inviterId = colleague.githubId }, kind, is, leave] of INVITATIONS) {
  test(`invitation ${what}`, async () => {
    if (leave) organisation.members.delete(githubId);
    organisation.invitations?.add({ id: 71, login, email, inviterId });
    organisation.invitations?.add({
      id: 72,
      login: null,
      email: 'new@elsewhere.example',
      inviterId: colleague.githubId,
    });
    const { of } = await scan();
    const found = [...of('invitation'), ...of('invitation-by-leaver')];
    assert.deepEqual(
      found.map((each) => [each.kind, ...brief(each)]),
      [[kind, ...is]],
    );
  });
}

test('an organisation of managed users has no invitations: nobody read them, and the line says what to do', async () => {
  const { invitations } = organisation;
  organisation.invitations = undefined;
  const { line } = await scan();
  organisation.invitations = invitations;
  assert.deepEqual([line('invitations')?.state, line('invitations')?.why], ['not-examined', 'not-configured']);
});

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
