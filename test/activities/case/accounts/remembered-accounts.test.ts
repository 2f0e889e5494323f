import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import { entraAttributes } from '../../../../local/tenant/github/seeds/seed-people.ts';
import type { ExternalIdentity } from '../../../../local/tenant/github/state/state-accounts.ts';
import { LEAVER } from '../accounts-app.ts';
import {
  ANA,
  at,
  githubId,
  githubLogin,
  LEAVERS,
  named,
  type ResolveGithubWorld,
  rememberedAs,
  startResolveGithub,
  UPN,
} from './resolve-github-world.ts';

let app: ResolveGithubWorld['app'];
let github: ResolveGithubWorld['github'];
let organisation: ResolveGithubWorld['organisation'];
let resolve: ResolveGithubWorld['resolve'];
let seeded: ResolveGithubWorld['seeded'];
let taken: ResolveGithubWorld['taken'];
let reset: ResolveGithubWorld['reset'];
before(async () => {
  ({ app, github, organisation, resolve, seeded, taken, reset } = await startResolveGithub());
});
after(() => app.stop());
afterEach(() => reset());

test('an App’s account is no person’s, whatever it is called, and none is missing for it', async () => {
  github.users.add({ id: 4_700_004, login: 'alexmoreau-ci', name: 'A', type: 'Bot' });
  organisation.outsideCollaborators.add(4_700_004);
  const { accounts, findings, coverage } = await resolve();
  github.users.delete('4700004');
  assert.deepEqual([accounts.map(({ id }) => id), findings, coverage[0]?.state], [[githubId], [], 'complete']);
});

test('a remembered account that is an organisation by now is nobody’s', async () => {
  const user = github.users.get(String(githubId));
  assert.ok(user);
  organisation.identities = seeded.identities.slice(1);
  organisation.members.delete(githubId);
  github.users.add({ ...user, type: 'Organization' });
  const told = await taken(rememberedAs(LEAVERS));
  github.users.add(user);
  organisation.members.add(githubId);
  assert.deepEqual(told, [`${githubId}: P5 X5 contradicted`]);
});

test('a suspended managed user, whose login is a hash by now, is known by number and keeps the login of before', async () => {
  organisation.identities = null;
  organisation.members.delete(githubId);
  renameAccount(github, githubId, '5f4dcc3b5aa765d6_nwc');
  const logins = [{ id: String(githubId), login: githubLogin, from: at, to: at }];
  const { accounts, none } = await resolve(LEAVER, { ...rememberedAs(LEAVERS), logins });
  renameAccount(github, githubId, githubLogin);
  organisation.members.add(githubId);
  assert.deepEqual(
    accounts.map(({ id, login, confidence, formerLogins }) => [id, login, confidence, formerLogins?.[0]?.login]),
    [[githubId, '5f4dcc3b5aa765d6_nwc', 'proved', githubLogin]],
  );
  assert.equal(none, undefined);
});

test('an account that GitHub shows no more is called by the login under which it was seen last, in whatever order they are remembered', async () => {
  organisation.identities = null;
  organisation.members.delete(githubId);
  const user = github.users.get(String(githubId));
  assert.ok(user);
  github.users.delete(String(githubId));
  const id = String(githubId);
  const logins = [
    { id, login: 'alex-before', from: '2025-01-01T00:00:00Z', to: '2025-06-01T00:00:00Z' },
    { id, login: 'alex-lately', from: '2025-06-02T00:00:00Z', to: at },
    { id, login: 'alex-first', from: '2024-01-01T00:00:00Z', to: '2024-12-31T00:00:00Z' },
  ];
  const orders = [logins, logins.toReversed()];
  const told = [];
  for (const order of orders) told.push((await resolve(LEAVER, { ...rememberedAs(LEAVERS), logins: order })).accounts);
  github.users.add(user);
  organisation.members.add(githubId);
  for (const accounts of told) {
    assert.deepEqual(
      accounts.map((each) => [each.id, each.login, each.formerLogins?.map(({ login }) => login).sort()]),
      [[githubId, 'alex-lately', ['alex-before', 'alex-first']]],
    );
  }
});

describe('an invitation that nobody took up', () => {
  const invite = (change: Partial<ExternalIdentity>): void => {
    const { userId: _, ...row } = seeded.identities[0] ?? { guid: '', nameId: null };
    organisation.identities = [{ ...row, ...change }, ...seeded.identities.slice(1)];
  };
  const told = async () =>
    (await resolve()).findings
      .filter(({ kind }) => kind === 'open-invitation')
      .map(({ title, status }) => [/ is the leaver’s/.test(title) ? 'theirs' : 'may be theirs', status]);

  test('and carries the leaver’s object id is told', async () => {
    invite({});
    assert.deepEqual(await told(), [['theirs', 'manual-action']]);
  });
  test('and carries the leaver’s name may be theirs', async () => {
    invite(named(UPN));
    assert.deepEqual(await told(), [['may be theirs', 'manual-action']]);
  });
  test('and is a colleague’s under that name is told of nobody', async () => {
    invite({ nameId: UPN, attributes: entraAttributes(ANA.oid) });
    assert.deepEqual(await told(), []);
  });
});
