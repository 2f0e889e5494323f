import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import { entraAttributes } from '../../../../local/tenant/github/seeds/seed-people.ts';
import type { ExternalIdentity } from '../../../../local/tenant/github/state/state-accounts.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { openVendors } from '../../../../src/connectors/vendors.ts';
import { type Memory, NO_MEMORY } from '../../../../src/people/evidence/remembered.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { LEAVER, startAccountsApp } from '../accounts-app.ts';

const { app, github, entra, organisation, resolve } = await startAccountsApp();
after(() => app.stop());
const installation = github.installations.all()[0];
assert.ok(installation);
const [ANA, BEN] = WORLD.colleagues;
const { userPrincipalName: UPN, githubId, githubLogin, oid: LEAVERS } = WORLD.leaver;
const seeded = { identities: [...(organisation.identities ?? [])], issuer: organisation.issuer };
const readers = app.reader.graph;
const AUDIT_READERS = ['AuditLog.Read.All', 'Directory.Read.All'];

afterEach(() => {
  organisation.identities = [...seeded.identities];
  organisation.issuer = seeded.issuer;
  organisation.outsideCollaborators.clear();
  entra.directoryAudits.length = 0;
  for (const permission of AUDIT_READERS) readers.delete(permission);
});

/** The leaver's row of single sign-on, as it is or changed; everybody else's stays. */
function leaversRow(change: Partial<ExternalIdentity>): void {
  const [first, ...others] = seeded.identities;
  assert.equal(first?.userId, githubId);
  organisation.identities = [{ ...first, ...change } as ExternalIdentity, ...others];
}

/** A second organisation of the firm, with the App installed and these people. */
function addOrganisation(login: string, identities: ExternalIdentity[]): { readonly remove: () => void } {
  assert.ok(installation);
  github.organisations.add({ ...organisation, login, id: 990_001, identities, outsideCollaborators: new Set() });
  github.installations.add({ ...installation, id: 990_002, organisation: login });
  return {
    remove: () => {
      github.organisations.delete(login);
      github.installations.delete('990002');
    },
  };
}

const AUDITED = (): void => {
  for (const permission of AUDIT_READERS) readers.add(permission);
};
// A token is kept for an hour: it is fetched while the reader holds what tests take away again.
AUDITED();
await openVendors(app.config).graph.formerHolders();
for (const permission of AUDIT_READERS) readers.delete(permission);
const named = (name: string): Partial<ExternalIdentity> => ({ nameId: name, attributes: [] });
const remembers = (change: Partial<Memory>): Memory => ({ ...NO_MEMORY, ...change });
const at = new Date(Date.now() - 86_400_000).toISOString();
const rememberedAs = (oid: string, lastSeen = at): Memory =>
  remembers({
    accounts: [
      {
        vendor: 'github',
        id: String(githubId),
        oid: oid as Oid,
        code: 'P1',
        source: 'test',
        firstSeen: lastSeen,
        lastSeen,
      },
    ],
  });
const nameOf = (oid: string): Memory =>
  remembers({ names: [{ name: UPN.toLowerCase(), oid: oid as Oid, kind: 'sign-on', from: at, to: at }] });

/** `P1 proved` for each account that is the person's, or what was found of the contradicted ones. */
async function taken(memory: Memory | undefined = NO_MEMORY, person = LEAVER): Promise<string[]> {
  const { accounts, findings } = await resolve(person, memory);
  // Likeness is told beside what counts for more, and decides nothing there.
  const codes = (all: readonly string[]): string => {
    const counting = all.filter((code) => code !== 'W2' && code !== 'W3');
    return [...new Set(counting.length === 0 ? all : counting)].sort().join(' ');
  };
  return [
    ...accounts.map(
      ({ id, confidence, evidence }) => `${id}: ${codes((evidence ?? []).map(({ code }) => code))} ${confidence}`,
    ),
    ...findings
      .filter(({ kind }) => kind === 'account-of-another')
      .map(({ resource, evidence }) => `${resource.id}: ${codes([evidence.codes].flat().map(String))} contradicted`),
  ];
}

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

test('what proves another person counts where nothing else points to the leaver: other row, other organisation', async () => {
  renameAccount(github, githubId, 'zz-top', 4_999_999);
  const others = { guid: 'others', nameId: 'x', attributes: entraAttributes(BEN.oid), userId: githubId };
  const second = { ...organisation, id: 4_800_000, login: 'second-org', identities: [others] };
  try {
    organisation.identities = [...seeded.identities, others];
    assert.deepEqual(await taken(), [`${githubId}: P1 X1 contradicted`]);
    organisation.identities = [...seeded.identities];
    github.organisations.add(second);
    github.installations.add({ ...installation, id: 4_800_001, organisation: second.login });
    const settings = { GITHUB_ORGANISATIONS: [organisation.login, second.login] };
    const { accounts, findings } = await resolve(LEAVER, NO_MEMORY, settings);
    assert.deepEqual([accounts, findings.map(({ kind }) => kind)], [[], ['account-of-another']]);
  } finally {
    github.organisations.delete(second.login);
    github.installations.delete('4800001');
    github.users.delete('4999999');
    renameAccount(github, githubId, githubLogin);
  }
});

test('two accounts under one name: neither is said to be the leaver’s', async () => {
  AUDITED();
  github.users.add({ id: 4_700_001, login: 'octo-two', name: 'Octo' });
  leaversRow(named(UPN));
  organisation.identities?.push({ guid: 'second', nameId: UPN, userId: 4_700_001 });
  const { accounts } = await resolve();
  github.users.delete('4700001');
  assert.deepEqual(
    accounts.map(({ confidence }) => confidence),
    ['weak', 'weak'],
  );
});

describe('a contradiction counts wherever it stands', () => {
  test('also in a second row of the account that says nothing else of the leaver', async () => {
    renameAccount(github, githubId, 'octo-unlike');
    organisation.identities = [
      ...seeded.identities,
      { guid: 'stale', nameId: 'x', attributes: entraAttributes(BEN.oid), userId: githubId },
    ];
    const told = await taken();
    renameAccount(github, githubId, githubLogin);
    assert.deepEqual(told, [`${githubId}: P1 X1 contradicted`]);
  });
  test('also in another organisation', async () => {
    renameAccount(github, githubId, 'octo-unlike');
    const second = addOrganisation('elsewhere-org', [
      { guid: 'elsewhere', nameId: 'x', attributes: entraAttributes(BEN.oid), userId: githubId },
    ]);
    const { accounts, findings } = await resolve(LEAVER, NO_MEMORY, {
      GITHUB_ORGANISATIONS: [WORLD.github.organisation, 'elsewhere-org'],
    });
    second.remove();
    renameAccount(github, githubId, githubLogin);
    assert.deepEqual(
      [accounts, findings.map(({ kind, status }) => `${kind} ${status}`)],
      [[], ['account-of-another manual-action']],
    );
  });
});

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

test('two names of the leaver on two accounts: neither is said to be the leaver’s', async () => {
  AUDITED();
  github.users.add({ id: 4_700_001, login: 'octo-two', name: 'Octo' });
  leaversRow(named(UPN));
  organisation.identities?.push({ guid: 'second', nameId: LEAVER.mail ?? '', userId: 4_700_001 });
  const { accounts } = await resolve();
  github.users.delete('4700001');
  assert.deepEqual(
    accounts.map(({ id, confidence }) => [id, confidence]),
    [
      [githubId, 'weak'],
      [4_700_001, 'weak'],
    ],
  );
});

describe('whose else a name is, is asked where an account rests on it', () => {
  test('and not where the account was proved lately', async () => {
    leaversRow(named(UPN));
    const { history, accounts } = await resolve(LEAVER, rememberedAs(LEAVERS));
    assert.deepEqual([history, accounts.map(({ confidence }) => confidence)], [[], ['proved']]);
  });
  test('and not where another row proves the account', async () => {
    leaversRow(named(UPN));
    organisation.identities?.push({
      guid: 'again',
      nameId: 'y',
      attributes: entraAttributes(LEAVERS),
      userId: githubId,
    });
    const { history, accounts } = await resolve();
    assert.deepEqual([history, accounts.map(({ confidence }) => confidence)], [[], ['proved']]);
  });
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

describe('a finding tells', () => {
  test('whose an account is that only looks like the leaver’s, and asks for nothing', async () => {
    leaversRow({ nameId: UPN, attributes: entraAttributes(ANA.oid) });
    const { accounts, others, findings } = await resolve();
    assert.deepEqual(accounts, []);
    assert.deepEqual([others[0]?.login, others[0]?.whose.includes(ANA.oid)], [githubLogin, true]);
    assert.deepEqual(
      findings.map(({ kind, status, remedy }) => [kind, status, remedy]),
      [['account-of-another', 'nothing-to-do', undefined]],
    );
    assert.ok(findings[0]?.reason.includes(ANA.oid));
  });
  test('that an account is proved for two, and asks people', async () => {
    const { findings } = await resolve(LEAVER, rememberedAs(ANA.oid));
    assert.deepEqual(
      findings.map(({ kind, status }) => [kind, status]),
      [['account-of-another', 'manual-action']],
    );
  });
  test('an outside collaborator whose login is made of the leaver’s name, and plans nothing', async () => {
    github.users.add({ id: 4_700_002, login: 'alexmoreau-dev', name: 'A' });
    organisation.outsideCollaborators.add(4_700_002);
    const { findings, coverage } = await resolve();
    github.users.delete('4700002');
    assert.deepEqual(
      findings.map(({ kind, status, remedy }) => [kind, status, remedy]),
      [['account-may-be-leavers', 'manual-action', undefined]],
    );
    assert.equal(coverage[0]?.state, 'partial');
    assert.match(coverage[0]?.detail ?? '', /^1 of 4 accounts of .* belong to nobody provable, 1 of them resembles/);
  });
  test('nothing of colleagues who are proved to be themselves, however alike their logins are', async () => {
    organisation.identities = [
      ...seeded.identities,
      { guid: 'like', nameId: 'x', attributes: entraAttributes(BEN.oid), userId: 4_700_003 },
    ];
    github.users.add({ id: 4_700_003, login: 'alex-moreau', name: 'Other' });
    const { findings, accounts } = await resolve();
    github.users.delete('4700003');
    assert.deepEqual([findings, accounts.length], [[], 1]);
  });
});

describe('how completely it is known', () => {
  const line = async (...args: Parameters<typeof resolve>) => (await resolve(...args)).coverage[0];

  test('completely, where every account is proved to be somebody’s', async () => {
    assert.deepEqual(await line(), {
      source: `identity/github:${WORLD.github.organisation}`,
      state: 'complete',
      looked: { asked: 3, count: 3, unit: 'accounts' },
    });
  });
  test('and then a person without an account has none', async () => {
    const nobody = { ...LEAVER, oid: WORLD.manager.oid as Oid, userPrincipalName: 'p.nair@firm.example', mail: 'p@x' };
    const { accounts, none, coverage } = await resolve(nobody);
    assert.deepEqual([accounts, none?.because, coverage[0]?.state], [[], 'has-none', 'complete']);
  });
  test('not completely, where no account is shown: nobody has none by that', async () => {
    const members = [...organisation.members];
    organisation.members.clear();
    organisation.identities = [];
    const { none, coverage } = await resolve();
    for (const each of members) organisation.members.add(each);
    assert.deepEqual([coverage[0]?.state, none?.because], ['partial', 'unknown']);
  });
  test('not completely, where a member is linked by a name alone', async () => {
    const rest = seeded.identities.map((each) => (each.userId === BEN.githubId ? { ...each, attributes: [] } : each));
    organisation.identities = rest;
    const { coverage, accounts, none } = await resolve();
    assert.deepEqual([coverage[0]?.state, accounts.length, none], ['partial', 1, undefined]);
    assert.match(coverage[0]?.detail ?? '', /^1 of 3 accounts .* nobody provable, 0 of them resemble/);
  });
  test('completely again, where the member was proved within the last weeks', async () => {
    organisation.identities = seeded.identities.map((each) =>
      each.userId === BEN.githubId ? { ...each, attributes: [] } : each,
    );
    const [known] = rememberedAs(BEN.oid).accounts;
    assert.ok(known);
    const memory = remembers({ accounts: [{ ...known, id: String(BEN.githubId) }] });
    assert.equal((await line(LEAVER, memory))?.state, 'complete');
  });
  test('single sign-on at the enterprise: nobody tells, and members who look alike are still named', async () => {
    organisation.identities = null;
    const { coverage, accounts, none } = await resolve();
    assert.deepEqual([coverage[0]?.state, none?.because], ['unavailable', 'unknown']);
    assert.match(coverage[0]?.detail ?? '', /no single sign-on of its own/);
    assert.deepEqual(
      accounts.map(({ id, confidence }) => [id, confidence]),
      [[githubId, 'weak']],
    );
  });
  test('an invitation that nobody took up is no account', async () => {
    const invited = { ...LEAVER, oid: WORLD.manager.oid as Oid, userPrincipalName: WORLD.manager.mail, mail: 'p@x' };
    assert.deepEqual((await resolve(invited)).accounts, []);
  });
  test('a name that could not be asked about is said on a line of its own, which asks for the permissions', async () => {
    leaversRow(named(UPN));
    const { history } = await resolve();
    assert.deepEqual([history[0]?.source, history[0]?.state], ['entra/name-history', 'partial']);
    assert.match(history[0]?.detail ?? '', /AuditLog\.Read\.All, Directory\.Read\.All/);
  });
  test('without the permission the lookup is denied', async () => {
    installation.permissions.delete('members');
    const { accounts, coverage, blockedBy } = await resolve();
    installation.permissions.set('members', 'read');
    assert.deepEqual(
      [accounts, coverage[0]?.state, coverage[0]?.missingPermission, blockedBy],
      [[], 'denied', 'members=read', 'members=read'],
    );
  });
  test('an organisation on which the App is not installed is denied, and asks for nothing again', async () => {
    const { coverage, failures } = await resolve(LEAVER, NO_MEMORY, { GITHUB_ORGANISATIONS: ['elsewhere'] });
    assert.deepEqual([coverage[0]?.state, failures.map(({ kind }) => kind)], ['denied', ['denied']]);
  });
  test('without a signature from the vault nothing is known, and the vault is named', async () => {
    app.reader.vault.delete('keys/sign');
    const { coverage } = await resolve(LEAVER, NO_MEMORY, { GITHUB_APP_ID: '999' });
    app.reader.vault.add('keys/sign');
    assert.deepEqual(
      [coverage[0]?.state, coverage[0]?.missingPermission],
      ['denied', 'Microsoft.KeyVault/vaults/keys/sign/action'],
    );
  });
});
