import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import { entraAttributes } from '../../../../local/tenant/github/seeds/seed-people.ts';
import type { ExternalIdentity } from '../../../../local/tenant/github/state/state-accounts.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { NO_MEMORY } from '../../../../src/people/evidence/remembered.ts';
import { LEAVER } from '../accounts-app.ts';
import {
  BEN,
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
let installation: ResolveGithubWorld['installation'];
let seeded: ResolveGithubWorld['seeded'];
let leaversRow: ResolveGithubWorld['leaversRow'];
let AUDITED: ResolveGithubWorld['AUDITED'];
let taken: ResolveGithubWorld['taken'];
let reset: ResolveGithubWorld['reset'];
before(async () => {
  ({ app, github, organisation, resolve, installation, seeded, leaversRow, AUDITED, taken, reset } =
    await startResolveGithub());
});
after(() => app.stop());
afterEach(() => reset());

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
