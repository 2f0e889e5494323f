import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import { findingId, remedyIdOf } from '../../../src/cases/stable-id.ts';
import { COMMAND_KINDS, commandOf } from '../../../src/steps/act/commands.ts';
import { howTo } from '../../../src/steps/act/how-to.ts';
import { commandToSee, linkTo } from '../../../src/steps/act/look-at.ts';
import { handle, thingsOf } from '../../../src/steps/act/thing-of.ts';
import { commandIn, isAnOrder, whatToDo } from '../../../src/steps/act/what-to-do.ts';
import { REMEDY_KINDS } from '../../../src/steps/remedy-kinds.ts';

type Resource = ReportFinding['resource'];
const ID = findingId('x', 'y', 'z');
const finding = (resource: Resource, more: Partial<ReportFinding> = {}): ReportFinding => ({
  ...{ id: ID, step: 'consent', kind: 'x', title: 'x', severity: 'high', status: 'manual-action' },
  ...{ resource, reason: 'So.', evidence: {} },
  ...more,
});
const resource = (system: Resource['system'], type: string, id: string, more: Partial<Resource> = {}): Resource => ({
  ...{ system, type, id },
  ...more,
});

test('every kind of remedy has its line, and one of another version has none', () => {
  assert.deepEqual([...COMMAND_KINDS].sort(), [...REMEDY_KINDS].sort());
  assert.equal(commandOf({ kind: 'of-tomorrow' }), undefined);
  assert.equal(commandOf({ kind: 'constructor' }), undefined);
});

const repository = { organisation: 'acme', repository: 'pay' };
test('a thing is linked where it is seen, and never by an address that is no plain https', () => {
  const link = (of: Resource, evidence = {}) => linkTo(of, evidence);
  assert.equal(link(resource('github', 'x', 'y', { url: 'https://github.com/acme' })), 'https://github.com/acme');
  assert.equal(link(resource('github', 'x', 'y', { url: 'javascript:alert(1)' })), undefined);
  assert.match(link(resource('entra', 'user', 'oid')) ?? '', /UserProfileMenuBlade.*userId\/oid$/);
  assert.match(link(resource('entra', 'appRoleAssignment', 'as'), { resourceId: 'sp' }) ?? '', /objectId\/sp$/);
  assert.match(
    link(resource('azure', 'x', '/subscriptions/s/id-pay/federatedIdentityCredentials/ci')) ?? '',
    /resource\/subscriptions\/s\/id-pay\/federatedcredentials$/,
  );
  assert.equal(link(resource('azure-devops', 'agent', 'acme/pools/1')), undefined);
});

const SEEN: readonly (readonly [Resource, RegExp])[] = [
  [resource('github', 'runner', 'acme/runners/3'), /^gh api \/orgs\/acme\/actions\/runners\/3$/],
  [resource('github', 'runner', 'acme/pay/runners/3'), /^gh api \/repos\/acme\/pay\/actions\/runners\/3$/],
  [resource('github', 'variable', 'environment prod of acme/pay#PAT'), /^gh browse --repo acme\/pay$/],
  [resource('github', 'membership', 'acme'), /^gh api \/orgs\/acme$/],
  [resource('github', 'machine', 'github/acme/laptop'), /^gh api --paginate \/orgs\/acme\/actions\/runners$/],
  [
    resource('azure-devops', 'agent', 'acme/pools/1/agents/5'),
    /^az pipelines agent show --agent-id 5 --pool-id 1 --organization https:\/\/dev\.azure\.com\/acme$/,
  ],
  [resource('azure-devops', 'membership', 'acme/aad.x'), /^az devops user list --organization/],
  [resource('entra', 'user', 'oid'), /^az ad user show --id oid$/],
  [
    resource('log-analytics', 'table', 'ws/T', { name: 'MCPAuditLog_CL' }),
    /^MCPAuditLog_CL \| where TimeGenerated > ago\(30d\)$/,
  ],
  [resource('gateway', 'tool-call', 'r-1'), /^MCPAuditLog_CL \| where apim_request_id_s == "r-1"$/],
  [resource('azure', 'vault', '/subscriptions/s/kv'), /^az resource show --ids \/subscriptions\/s\/kv$/],
  [resource('app', 'x', 'y'), /^offboard doctor$/],
];
for (const [of, command] of SEEN)
  test(`how ${of.system} ${of.id} is looked at`, () => assert.match(commandToSee(finding(of)), command));

test('the query that a reason gives is the one to run', () => {
  const of = finding(resource('log-analytics', 'table', 'ws/T', { name: 'T' }), {
    reason: 'Find it (KQL: T | where x; the findings may name it).',
  });
  assert.equal(commandToSee(of), 'T | where x');
});

test('what is found about one thing is told as one', () => {
  const agent = finding(resource('azure-devops', 'agent', 'acme/pools/1/agents/5', { name: 'Laptop' }));
  const runner = finding(resource('github', 'runner', 'acme/runners/3', { name: 'laptop' }));
  const trust = finding(
    resource('azure', 'federatedIdentityCredential', '/subscriptions/S/id-pay/federatedIdentityCredentials/ci', {
      name: 'id-pay/ci',
    }),
  );
  const tokens = finding(resource('entra', 'servicePrincipal', 'SP', { name: 'id-pay' }), {
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

test('an order begins with its verb', () => {
  for (const order of ['Delete it, or name it.', '“Ask the team.', 'Remove X']) assert.ok(isAnOrder(order), order);
  for (const none of ['Deleting a user keeps it.', 'It is open.', '']) assert.ok(!isAnOrder(none), none);
});

const key = resource('github', 'x', 'acme/x', { name: 'the key' });
const TO_DO: readonly (readonly [what: string, finding: ReportFinding, does: string])[] = [
  [
    'the orders of its reason',
    finding(key, { reason: 'It is open. Delete it. It is old. Rotate the secret.' }),
    'Delete the key. Rotate the secret.',
  ],
  ['a look where it gives none', finding(key, { reason: 'It is open' }), 'Look at the key: It is open.'],
  ['its own words', finding(key, { kind: 'account-enabled' }), 'Disable or delete the account in Entra.'],
  [
    'no command in the sentence',
    finding(key, { reason: 'Take it away: az role assignment delete --ids 1 (undo: az x).' }),
    'Take the key away.',
  ],
];
for (const [what, of, does] of TO_DO) test(`what to do is ${what}`, () => assert.equal(whatToDo(of), does));

test('a command is taken from reasons that this app writes, and from no name', () => {
  const reason = 'Take it away: az role assignment delete --ids 1 (undo: az x).';
  assert.equal(commandIn({ kind: 'azure-role', reason }), 'az role assignment delete --ids 1');
  assert.equal(commandIn({ kind: 'token-in-variable', reason }), undefined);
  const group =
    'The access is the whole group’s: take the leaver out of “x: az evil (undo: ”, or of the group in it by which they are a member: ' +
    'az ad group member remove --group g --member-id m (undo: az ad group member add, with the same).';
  assert.equal(commandIn({ kind: 'azure-role', reason: group }), 'az ad group member remove --group g --member-id m');
});

test('whoever acts is told where to go, what to copy and whom to ask, and never the leaver', () => {
  const manager = { displayName: 'Morgan Lee' };
  const ask = (evidence: ReportFinding['evidence'], leaver: Parameters<typeof howTo>[1]) =>
    howTo(finding(key, { evidence }), leaver).ask;
  assert.equal(ask({ changedBy: ['ana'] }, { manager }), 'ana, who changed it last');
  assert.equal(ask({ changedBy: ['Alice'], actor: 'alice' }, { manager }), 'Morgan Lee, their manager');
  assert.equal(ask({ changedBy: ['alex@corp.example'] }, { mail: 'Alex@corp.example' }), undefined);
  const cut = finding(key, {
    remedy: {
      ...{ id: remedyIdOf(ID), risk: 'safe', what: 'x', undo: 'x' },
      call: { kind: 'remove-deploy-key', ...repository, keyId: 3, expected: {} },
    },
  });
  assert.equal(howTo(cut, {}).command, 'gh api --method DELETE /repos/acme/pay/keys/3');
  assert.equal(howTo(finding(key), {}).command, 'gh browse --repo acme/x');
});
