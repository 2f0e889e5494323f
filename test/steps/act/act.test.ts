import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND_KINDS, commandOf } from '../../../src/steps/act/commands.ts';
import { handle, thingsOf } from '../../../src/steps/act/thing-of.ts';
import { REMEDY_KINDS } from '../../../src/steps/remedy-kinds.ts';
import { finding, resource } from './act-world.ts';

test('every kind of remedy has its line, and one of another version has none', () => {
  assert.deepEqual([...COMMAND_KINDS].sort(), [...REMEDY_KINDS].sort());
  assert.equal(commandOf({ kind: 'of-tomorrow' }), undefined);
  assert.equal(commandOf({ kind: 'constructor' }), undefined);
});

test('what is found about one thing is told as one', () => {
  const agent = finding(resource('azure-devops', 'agent', 'acme/pools/1/agents/5', 'Laptop'));
  const runner = finding(resource('github', 'runner', 'acme/runners/3', 'laptop'));
  const trust = finding(
    resource(
      'azure',
      'federatedIdentityCredential',
      '/subscriptions/S/id-pay/federatedIdentityCredentials/ci',
      'id-pay/ci',
    ),
  );
  const tokens = finding(resource('entra', 'servicePrincipal', 'SP', 'id-pay'), {
    evidence: { parent: '/subscriptions/s/id-pay' },
  });
  const calls = finding(resource('log-analytics', 'table', 'ws/T'), { evidence: { oid: 'SP', identity: 'id-pay' } });
  const of = thingsOf([agent, runner, trust, tokens, calls]);
  assert.equal(of(agent).key, of(runner).key);
  assert.equal(of(trust).key, 'identity /subscriptions/s/id-pay');
  assert.deepEqual([of(tokens).key, of(calls).key], [of(trust).key, of(trust).key]);
  const variable = of(finding(resource('github', 'variable', 'environment prod of acme/pay#PAT')));
  assert.deepEqual([variable.kind, variable.name], ['repository', 'acme/pay']);
  const held = of(finding(resource('github', 'sso-credential', 'acme/9')));
  assert.deepEqual([held.kind, held.name], ['account', 'the leaver’s account in acme']);
  assert.equal(handle(of(agent)), 'Secure Laptop and keep its logs');
  assert.equal(handle(variable), 'Clean up acme/pay');
});
