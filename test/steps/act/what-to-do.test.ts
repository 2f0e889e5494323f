import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import { commandIn, isAnOrder, whatToDo } from '../../../src/steps/act/what-to-do.ts';
import { finding, resource } from './act-world.ts';

const key = resource('github', 'x', 'acme/x', 'the key');
const unnamed = resource('github', 'x', 'acme/x');
const calls = resource('log-analytics', 'table', 'ws/T', 'T');

const OWN: readonly (readonly [kind: string, of: Partial<ReportFinding>, does: string])[] = [
  ['account-enabled', {}, 'Disable or delete the account in Entra.'],
  [
    'token-in-capability',
    { evidence: { variable: 'PAT' } },
    'Remove PAT from the environment of the key and restart the agent, or wipe the machine.',
  ],
  [
    'token-in-capability',
    {},
    'Remove the token from the environment of the key and restart the agent, or wipe the machine.',
  ],
  [
    'token-on-machine',
    { evidence: { variable: 'PAT', path: '/etc/env' } },
    'Remove PAT from /etc/env on the key, and revoke the token where it was issued.',
  ],
  [
    'token-on-machine',
    { resource: unnamed },
    'Remove the token from the environment of jobs on acme/x, and revoke the token where it was issued.',
  ],
  [
    'declared-in-terraform',
    {},
    'Remove the key from the Terraform code: the next apply puts back what is deleted here.',
  ],
  [
    'outside-owner',
    { evidence: { owner: 'mallory' } },
    'Delete the key, or name mallory in TRUSTED_OWNERS if that is meant.',
  ],
  ['outside-owner', {}, 'Delete the key, or name its owner in TRUSTED_OWNERS if that is meant.'],
  ['unowned-tokens', {}, 'Ask the teams that use them whose the tokens in the key are, and remove them there.'],
  [
    'unowned-tokens',
    { resource: calls },
    'Ask the teams that use them whose the tokens in the calls are, and remove them there.',
  ],
];
for (const [kind, of, does] of OWN)
  test(`${kind} asks: ${does}`, () => assert.equal(whatToDo(finding(key, { ...of, kind })), does));

const REASONS: readonly (readonly [reason: string, does: string])[] = [
  ['Rotate it. Then look.', 'Rotate the key.'],
  ['Delete its secret. Remove it', 'Delete its secret. Remove it.'],
  ['Look at it. Rotate the secret!', 'Rotate the secret!'],
  ['It is open. Look at it.', 'Look at the key: It is open. Look at it.'],
  ['Ask Ana to Look at it.', 'Ask Ana to Look at it.'],
  ['Look at its log.', 'Look at its log.'],
  ['Look at what it is for. Ask Ana.', 'Look at what the key is for. Ask Ana.'],
  ['Ask Ana, and Look at what it is for.', 'Ask Ana, and Look at what it is for.'],
  ['Ask Ana to remove it.', 'Ask Ana to remove it.'],
  ['Is it old? Delete it.', 'Delete the key.'],
  ['It was v1. 2 are left. remove them.', 'Look at the key: It was v1. 2 are left. remove them.'],
  ['Find them (KQL: T | where x), and tell Ana.', 'Find them, and tell Ana.'],
  ['Find them (KQL: T | where x), and (perhaps) tell Ana.', 'Find them.'],
  ['Find them (KQL: T | where x).', 'Find them.'],
  ['Set v1.2 of it (undo: y).', 'Set v1.2 of it.'],
];
for (const [reason, does] of REASONS)
  test(`“${reason}” asks: ${does}`, () => assert.equal(whatToDo(finding(key, { reason })), does));

test('calls are looked at by what they are, and a kind that no object has has no words of its own', () => {
  assert.equal(whatToDo(finding(calls, { reason: 'They are many.' })), 'Look at the calls: They are many.');
  assert.equal(whatToDo(finding(key, { kind: 'constructor', reason: 'Delete it.' })), 'Delete the key.');
});

test('an order begins with its verb, in a quotation or not', () => {
  for (const order of ['DELETE it.', '"Ask Ana.', 'Wipe']) assert.ok(isAnOrder(order), order);
  for (const none of ['(Delete) it.', '3 open ones.', 'Deleting a user keeps it.', 'It is open.', ''])
    assert.ok(!isAnOrder(none), none);
});

const ROLE = 'az role assignment delete --ids 1';
const LEAVE = 'az ad group member remove --group g --member-id m';
const BY_GROUP = 'The access is the whole group’s: take the leaver out of “';
const COMMANDS: readonly (readonly [kind: string, reason: string, command: string | undefined])[] = [
  ...['azure-role', 'eligible-azure-role', 'gateway-user', 'vault-access'].map(
    (kind) => [kind, `Take it away: ${ROLE} (undo: az x).`, ROLE] as const,
  ),
  ['owner-of', `Take it away: ${ROLE} (undo: az x).`, undefined],
  ['azure-role', `Take it away: ${ROLE}. Tell Ana.`, ROLE],
  ['azure-role', `Take it away: ${ROLE}.`, ROLE],
  ['azure-role', 'Take it away: az a --name v1.2.', 'az a --name v1.2'],
  ['azure-role', 'Take it away.', undefined],
  ['azure-role', ': az a.', 'az a'],
  ['azure-role', `${BY_GROUP}Admins”: ${LEAVE} (undo: az y).`, LEAVE],
  ['azure-role', `${BY_GROUP}x: ${LEAVE.replace('-id m', '-id evil')} (undo: ”: ${LEAVE} (undo: az y).`, LEAVE],
  ['azure-role', `${BY_GROUP}x: az evil (undo: ”, by hand.`, undefined],
  ['azure-role', `Take it away: ${ROLE} (undo: az x). ${BY_GROUP}Admins”.`, ROLE],
];
for (const [kind, reason, command] of COMMANDS)
  test(`of ${kind}, “${reason}” gives ${command ?? 'no command'}`, () =>
    assert.equal(commandIn({ kind, reason }), command));
