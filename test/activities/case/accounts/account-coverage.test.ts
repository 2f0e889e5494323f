import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { entraAttributes } from '../../../../local/tenant/github/seeds/seed-people.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { NO_MEMORY } from '../../../../src/people/evidence/remembered.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { LEAVER } from '../accounts-app.ts';
import {
  ANA,
  BEN,
  githubId,
  githubLogin,
  named,
  type ResolveGithubWorld,
  rememberedAs,
  remembers,
  startResolveGithub,
  UPN,
} from './resolve-github-world.ts';

let app: ResolveGithubWorld['app'];
let github: ResolveGithubWorld['github'];
let organisation: ResolveGithubWorld['organisation'];
let resolve: ResolveGithubWorld['resolve'];
let installation: ResolveGithubWorld['installation'];
let seeded: ResolveGithubWorld['seeded'];
let leaversRow: ResolveGithubWorld['leaversRow'];
let reset: ResolveGithubWorld['reset'];
before(async () => {
  ({ app, github, organisation, resolve, installation, seeded, leaversRow, reset } = await startResolveGithub());
});
after(() => app.stop());
afterEach(() => reset());

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
