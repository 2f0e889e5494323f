import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import type { GitHubAccount } from '../../../../src/people/leaver.ts';
import { ORGANISATION } from './case-study.ts';
import {
  account,
  brief,
  colleague,
  githubId,
  githubLogin,
  mail,
  type StandingWorld,
  startStanding,
} from './standing-world.ts';

let app: StandingWorld['app'];
let state: StandingWorld['state'];
let organisation: StandingWorld['organisation'];
let scan: StandingWorld['scan'];
let reset: StandingWorld['reset'];
before(async () => {
  ({ app, state, organisation, scan, reset } = await startStanding());
});
after(() => app.stop());
afterEach(() => reset());

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
