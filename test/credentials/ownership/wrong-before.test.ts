import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Ownership } from '../../../src/credentials/ownership.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import { attributeAgent } from '../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import { attributeRunner } from '../../../src/steps/runner-credentials/rules/github/runners/attribute-runner.ts';
import { account, leaver, listed, mint, nobody, plain, verdict } from './world.ts';

describe('situations that were answered wrongly before', () => {
  test('basic authentication of a listed token is told by the last eight characters of the token itself', () => {
    const { text, known } = listed('amoreau');
    const header = Buffer.from(`x-access-token:${text}`).toString('base64');
    assert.equal(verdict(`AUTHORIZATION: basic ${header}`, plain, known), 'leaver');
  });

  test('an npm token under a neutral name is a finding without an owner', () => {
    assert.equal(verdict(mint.mint('npm'), { variable: 'REGISTRY_AUTH', container: plain.container }), 'unknown');
  });

  test('a JWT of another issuer with the leaver’s address is likely the leaver’s', () => {
    assert.equal(verdict(mint.jwt({ iss: 'https://idp.example', email: 'alex.moreau@corp.example' })), 'likely');
  });

  test('a JWT that calls its holder like the leaver, on the leaver’s own agent, is likely the leaver’s', () => {
    const agent = { variable: 'KEYCLOAK', container: { what: 'agent', names: ['laptop'] }, onLeaversMachine: true };
    assert.equal(verdict(mint.jwt({ iss: 'https://sso.example', preferred_username: 'amoreau' }), agent), 'likely');
  });

  test('an npm token in a variable named after the leaver is likely the leaver’s', () => {
    assert.equal(verdict(mint.mint('npm'), { ...plain, variable: 'ALEX_MOREAU_NPM' }), 'likely');
  });

  test('a variable named after somebody whose name begins alike says nothing', () => {
    assert.equal(verdict(mint.mint('github-classic'), { ...plain, variable: 'AMOREAU_SILVA_TOKEN' }), 'unknown');
  });

  test('an agent that runs as AlexMoreau is alex.moreau’s', () => {
    const agent = { name: 'DESKTOP-7KCPLCO', capabilities: { USERNAME: 'AlexMoreau' } };
    assert.equal(attributeAgent(agent, leaver).verdict, 'leaver');
  });

  test('a runner named after a managed account without its short code, or after a sign-in name, may be the leaver’s', () => {
    const userPrincipalName = 'amoreau@corp.example';
    const named = { name: 'laptop-amoreau', customLabels: [] };
    const managed = { ...account, login: 'amoreau_acme' };
    for (const github of [[managed], []]) {
      assert.equal(attributeRunner(named, { displayName: 'Alex Moreau', userPrincipalName, github }).verdict, 'maybe');
    }
  });
});

describe('a token that single sign-on lists under a login that is not among the leaver’s accounts', () => {
  const token = mint.mint('github-classic');
  const listedAs = (login: string, github: readonly GitHubAccount[]): Ownership['owner'] => {
    const credentials = [{ organisation: 'acme', credentialId: 7, login, tokenLastEight: token.slice(-8) }];
    return verdict(token, plain, { ...nobody, leaver: { ...leaver, github: [...github] }, credentials });
  };
  test('is another person’s where the leaver’s account is proved', () => {
    assert.equal(listedAs('bwalter', [account]), 'someone-else');
  });
  test('may be the leaver’s where no account is known, or none is proved', () => {
    assert.equal(listedAs('bwalter', []), 'unknown');
    assert.equal(listedAs('bwalter', [{ ...account, confidence: 'weak' }]), 'unknown');
  });
  test('is likely the leaver’s where the login carries the leaver’s name, as a second account does', () => {
    assert.equal(listedAs('alex-moreau', [account]), 'likely');
    assert.equal(listedAs('alex-moreau', []), 'likely');
  });
  test('is another person’s where that account is proved to be theirs, whatever the login looks like', () => {
    const othersAccounts = [{ vendor: 'github', id: '9', login: 'Alex-Moreau', whose: 'It is Ana’s.' }] as const;
    const credentials = [
      { organisation: 'acme', credentialId: 7, login: 'alex-moreau', tokenLastEight: token.slice(-8) },
    ];
    assert.equal(
      verdict(token, plain, { ...nobody, leaver: { ...leaver, othersAccounts }, credentials }),
      'someone-else',
    );
  });
});
