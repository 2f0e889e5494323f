import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry } from '../../../../src/connectors/azure-devops/audit-log.ts';
import type { DevOpsAccount } from '../../../../src/people/leaver.ts';
import { attributeAgent } from '../../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import { registrarsOf } from '../../../../src/steps/runner-credentials/rules/azure-devops/registrars.ts';
import { account, leaver } from './left-behind-world.ts';

const added = (more: Partial<AuditEntry> & { readonly at?: string }): AuditEntry => ({
  id: more.id ?? 'e1',
  actionId: more.actionId ?? 'Library.AgentAdded',
  timestamp: more.at ?? '2026-11-01T09:00:00Z',
  actorUserId: more.actorUserId ?? account().storageKey ?? null,
  actorUPN: 'alex.moreau@northwind.example',
  data: more.data ?? { AgentName: 'build-07', AgentPoolName: 'On-premises' },
});
const agent = { name: 'build-07', pool: 'On-premises', createdOn: '2026-11-01T09:00:05Z' };

const REGISTRARS: readonly (readonly [string, readonly AuditEntry[], typeof agent, DevOpsAccount, string])[] = [
  ['by the leaver’s account', [added({})], agent, account(), 'registrar medium'],
  ['by an account that only may be theirs', [added({})], agent, account('weak'), 'name weak'],
  ['by somebody of their name', [added({ actorUserId: 'other' })], agent, account(), ''],
  [
    'by them, and by a colleague since',
    [added({}), added({ id: 'e2', at: '2026-11-03T09:00:00Z', actorUserId: 'other' })],
    agent,
    account(),
    '',
  ],
  ['in another pool', [added({ data: { AgentName: 'build-07', AgentPoolName: 'Other' } })], agent, account(), ''],
  ['long before this agent of the name was made', [added({ at: '2026-09-01T09:00:00Z' })], agent, account(), ''],
  ['another event', [added({ actionId: 'Library.AgentDeleted' })], agent, account(), ''],
  ['nothing in the log', [], agent, account(), ''],
];

for (const [what, entries, one, who, expected] of REGISTRARS) {
  test(`who registered an agent: ${what}`, () => {
    const signs = registrarsOf(entries, [who]).ofAgent(one);
    assert.equal(signs.map(({ kind, strength }) => `${kind} ${strength}`).join(), expected);
  });
}

test('who registered an agent is one sign: alone a question, with its name the leaver’s', () => {
  const signs = registrarsOf([added({})], [account()]).ofAgent(agent);
  const bare = attributeAgent({ name: 'build-07', capabilities: {} }, leaver, signs);
  assert.deepEqual([bare.verdict, bare.score], ['maybe', 2]);
  const named = attributeAgent({ name: 'laptop-alex-moreau', capabilities: {} }, leaver, signs);
  assert.equal(named.verdict, 'leaver');
  assert.equal(attributeAgent({ name: 'build-07', capabilities: {} }, leaver).verdict, 'unrelated');
});

test('who wrote a connection is told by its id, and by its name where the log has no other', () => {
  const written = (data: AuditEntry['data']) =>
    registrarsOf([added({ actionId: 'Library.ServiceConnectionCreated', data })], [account()]);
  assert.equal(written({ ConnectionId: 'C1' }).ofConnection({ id: 'c1', name: 'x' }), '2026-11-01T09:00:00Z');
  assert.equal(written({ ConnectionName: 'x' }).ofConnection({ id: 'c1', name: 'x' }), '2026-11-01T09:00:00Z');
  assert.equal(written({ ConnectionId: 'c2', ConnectionName: 'x' }).ofConnection({ id: 'c1', name: 'x' }), undefined);
});
