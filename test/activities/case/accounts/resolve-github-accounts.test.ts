import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import { entraAttributes } from '../../../../local/tenant/github/seeds/seed-people.ts';
import { type Memory, NO_MEMORY } from '../../../../src/people/evidence/remembered.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { LEAVER } from '../accounts-app.ts';
import {
  ANA,
  at,
  BEN,
  githubId,
  githubLogin,
  LEAVERS,
  named,
  type ResolveGithubWorld,
  rememberedAs,
  remembers,
  startResolveGithub,
  UPN,
} from './resolve-github-world.ts';

let app: ResolveGithubWorld['app'];
let github: ResolveGithubWorld['github'];
let entra: ResolveGithubWorld['entra'];
let organisation: ResolveGithubWorld['organisation'];
let resolve: ResolveGithubWorld['resolve'];
let seeded: ResolveGithubWorld['seeded'];
let leaversRow: ResolveGithubWorld['leaversRow'];
let AUDITED: ResolveGithubWorld['AUDITED'];
let taken: ResolveGithubWorld['taken'];
let reset: ResolveGithubWorld['reset'];
before(async () => {
  ({ app, github, entra, organisation, resolve, seeded, leaversRow, AUDITED, taken, reset } =
    await startResolveGithub());
});
after(() => app.stop());
afterEach(() => reset());

const nameOf = (oid: string): Memory =>
  remembers({ names: [{ name: UPN.toLowerCase(), oid: oid as Oid, kind: 'sign-on', from: at, to: at }] });

describe('whose an account is taken for', () => {
  const is = (what: string, arrange: () => void, expected: readonly string[], memory?: () => Memory | undefined) =>
    test(`${what}: ${expected.join(', ') || 'nobody’s'}`, async () => {
      arrange();
      assert.deepEqual(await taken(memory === undefined ? NO_MEMORY : memory()), expected);
    });

  is('the object id that Entra signed in', () => {}, [`${githubId}: P1 proved`]);
  is(
    'a colleague’s object id under a name that is the leaver’s by now',
    () => leaversRow({ nameId: UPN, attributes: entraAttributes(ANA.oid) }),
    [`${githubId}: W1 X1 contradicted`],
  );
  is(
    'a colleague’s object id as NameID, the leaver’s address by provisioning',
    () => leaversRow({ ...named(BEN.oid), scim: { userName: UPN, createdAt: '2025-01-01T00:00:00Z' } }),
    [`${githubId}: W1 X1 contradicted`],
  );
  is('the leaver’s name alone, where Entra’s log may not be read', () => leaversRow(named(UPN)), [
    `${githubId}: W1 weak`,
  ]);
  is('the leaver’s name alone, which nobody else had', () => {
    AUDITED();
    leaversRow(named(UPN));
  }, [`${githubId}: S1 likely`]);
  is(
    'the leaver’s name, which memory knows as a colleague’s',
    () => {
      AUDITED();
      leaversRow(named(UPN));
    },
    [`${githubId}: S1 Y3 weak`],
    () => nameOf(ANA.oid),
  );
  is('the leaver’s name, which Entra’s log knows as a colleague’s', () => {
    AUDITED();
    leaversRow(named(UPN));
    entra.directoryAudits.push({
      id: 'a1',
      activityDateTime: at,
      activityDisplayName: 'Update user',
      targetId: ANA.oid,
      property: 'UserPrincipalName',
      before: [UPN],
      after: [ANA.userPrincipalName],
    });
  }, [`${githubId}: S1 Y3 weak`]);
  is('the leaver’s name, and a link that is older than the leaver', () => {
    AUDITED();
    leaversRow({ ...named(UPN), scim: { userName: UPN, createdAt: '2019-01-01T00:00:00Z' } });
  }, [`${githubId}: S1 Y1 weak`]);
  is('the leaver’s name on an account that is called otherwise', () => {
    AUDITED();
    leaversRow({ ...named(UPN), givenName: 'Ben', familyName: 'Ode' });
  }, [`${githubId}: S1 Y2 weak`]);
  is(
    'provisioned for the leaver’s object id',
    () =>
      leaversRow({
        ...named('0001'),
        scim: { userName: 'x', externalId: LEAVERS.toUpperCase(), createdAt: '2025-01-01T00:00:00Z' },
      }),
    [`${githubId}: P3 proved`],
  );
  is(
    'a stale row of provisioning, which is not the account’s',
    () =>
      leaversRow({
        ...named('0001'),
        scim: { id: ANA.oid, userName: 'x', externalId: LEAVERS, createdAt: '2025-01-01T00:00:00Z' },
      }),
    [`${githubId}: W2 W3 weak`],
  );
  is('NameID is the object id', () => leaversRow(named(LEAVERS)), [`${githubId}: P2 proved`]);
  is('two rows of one account, for two people', () => {
    organisation.identities = [
      ...seeded.identities,
      { guid: 'stale', nameId: 'x', attributes: entraAttributes(BEN.oid), userId: githubId },
    ];
  }, [`${githubId}: P1 X1 contradicted`]);
  is(
    'proved now, and remembered as a colleague’s',
    () => {},
    [`${githubId}: P1 X3 contradicted`],
    () => rememberedAs(ANA.oid),
  );
  is(
    'linked by nobody any more, proved the day before',
    () => {
      organisation.identities = seeded.identities.slice(1);
    },
    [`${githubId}: P5 proved`],
    () => rememberedAs(LEAVERS),
  );
  is(
    'linked by nobody any more, proved long ago',
    () => {
      organisation.identities = seeded.identities.slice(1);
    },
    [`${githubId}: S4 likely`],
    () => rememberedAs(LEAVERS, '2025-01-01T00:00:00Z'),
  );
  is(
    'another tenant’s object id under the leaver’s name',
    () => leaversRow({ nameId: UPN, attributes: entraAttributes(ANA.oid, '99999999-9999-4999-8999-999999999999') }),
    [`${githubId}: W1 weak`],
  );
});

test('the account’s number is kept, and its login is that of today', async () => {
  renameAccount(github, githubId, 'zz-top', 4_999_999);
  try {
    const logins = [{ id: String(githubId), login: githubLogin, from: at, to: at }];
    const { accounts } = await resolve(LEAVER, remembers({ logins }));
    assert.deepEqual(
      accounts.map(({ id, login, formerLogins }) => [id, login, formerLogins?.map((each) => each.login)]),
      [[githubId, 'zz-top', [githubLogin]]],
    );
  } finally {
    github.users.delete('4999999');
    renameAccount(github, githubId, githubLogin);
  }
});

test('the object id finds the account of a person whose name is not known any more', async () => {
  const { userPrincipalName: _, mail: __, ...nameless } = LEAVER;
  assert.deepEqual(await taken(NO_MEMORY, nameless), [`${githubId}: P1 proved`]);
});
