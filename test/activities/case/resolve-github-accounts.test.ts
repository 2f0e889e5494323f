import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { resolveGitHubAccounts } from '../../../activities/case/resolve-github-accounts.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { startCaseStudyGitHub } from '../runner-credentials/github/case-study.ts';

const { app, organisation, installation } = await startCaseStudyGitHub({ repositories: 8 });
after(() => app.stop());
const { userPrincipalName, githubId, githubLogin } = WORLD.leaver;

test('the UPN leads to the login and to the number that survives renames', async () => {
  const { accounts, coverage } = await resolveGitHubAccounts(openVendors(app.config), app.config, {
    userPrincipalName: userPrincipalName.toUpperCase(),
  });
  assert.deepEqual(
    accounts.map(({ login, id, confidence }) => [login, id, confidence]),
    [[githubLogin, githubId, 'certain']],
  );
  assert.deepEqual(
    coverage.map(({ state }) => state),
    ['complete'],
  );
});

const unresolved = async (who: { userPrincipalName?: string }, detail: RegExp) => {
  const { accounts, coverage } = await resolveGitHubAccounts(openVendors(app.config), app.config, who);
  assert.deepEqual(accounts, []);
  assert.equal(coverage[0]?.state, 'unavailable');
  assert.match(coverage[0]?.detail ?? '', detail);
};

test('a person without a known UPN is not looked up under another name', () => unresolved({}, /not known/));

test('nobody linked is said, and is not called nobody', () =>
  unresolved({ userPrincipalName: 'nobody@northwind-capital.example' }, /links no GitHub account/));

test('an invitation that nobody took up is no account', () =>
  unresolved({ userPrincipalName: WORLD.manager.mail }, /links no GitHub account/));

test('single sign-on at the enterprise leaves the organisation without an answer', async () => {
  const { identities } = organisation;
  organisation.identities = null;
  await unresolved({ userPrincipalName }, /no single sign-on of its own/);
  organisation.identities = identities;
});

test('without the permission the lookup is denied', async () => {
  installation.permissions.delete('members');
  const { accounts, coverage } = await resolveGitHubAccounts(openVendors(app.config), app.config, {
    userPrincipalName,
  });
  installation.permissions.set('members', 'read');
  assert.deepEqual(accounts, []);
  assert.deepEqual([coverage[0]?.state, coverage[0]?.missingPermission], ['denied', 'members=read']);
});

test('an organisation on which the App is not installed is denied, and asks for nothing again', async () => {
  const config = { ...app.config, GITHUB_ORGANISATIONS: ['elsewhere'] };
  const { coverage, failures } = await resolveGitHubAccounts(openVendors(config), config, { userPrincipalName });
  assert.equal(coverage[0]?.state, 'denied');
  assert.deepEqual(
    failures.map(({ kind }) => kind),
    ['denied'],
  );
});

test('without a signature from the vault nothing is known, and the vault is named', async () => {
  app.reader.vault.delete('keys/sign');
  const config = { ...app.config, GITHUB_APP_ID: '999' };
  const { coverage } = await resolveGitHubAccounts(openVendors(config), config, { userPrincipalName });
  app.reader.vault.add('keys/sign');
  assert.deepEqual(
    [coverage[0]?.state, coverage[0]?.missingPermission],
    ['denied', 'Microsoft.KeyVault/vaults/keys/sign/action'],
  );
});
