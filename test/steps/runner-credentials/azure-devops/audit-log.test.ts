import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry } from '../../../../src/connectors/azure-devops/audit-log.ts';
import type { DevOpsAccount } from '../../../../src/people/leaver.ts';
import { NO_REGISTRARS, registrarsOf } from '../../../../src/steps/runner-credentials/rules/azure-devops/registrars.ts';
import { account } from './left-behind-world.ts';

const KEY = account().storageKey ?? '';
const DAY = '2026-11-01';
const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  ...{ id: 'e', actionId: 'Library.AgentAdded', timestamp: `${DAY}T09:00:00Z`, actorUserId: KEY, actorUPN: null },
  data: { AgentName: 'build-07', AgentPoolName: 'Default' },
  ...more,
});
const agent = { name: 'build-07', pool: 'Default', createdOn: `${DAY}T09:00:05Z` };
const BY_ACCOUNT = { kind: 'registrar', strength: 'medium', why: `the leaver’s account registered it on ${DAY}` };
const BY_NAMESAKE = {
  ...{ kind: 'name', strength: 'weak', why: `an account that may be the leaver’s registered it on ${DAY}` },
};
const signsOf = (
  entries: readonly AuditEntry[],
  of: Parameters<typeof NO_REGISTRARS.ofAgent>[0] = agent,
  accounts: readonly DevOpsAccount[] = [account()],
) => registrarsOf(entries, accounts).ofAgent(of);
const { storageKey: _, ...keyless } = account();

const REGISTERED: readonly (readonly [what: string, signs: () => readonly object[], expected: readonly object[]])[] = [
  ['by the leaver’s account', () => signsOf([entry()]), [BY_ACCOUNT]],
  ['by their key in other letters', () => signsOf([entry({ actorUserId: KEY.toUpperCase() })]), [BY_ACCOUNT]],
  ['by an account that may be theirs', () => signsOf([entry()], agent, [account('weak')]), [BY_NAMESAKE]],
  ['by an account that is likely theirs', () => signsOf([entry()], agent, [account('likely')]), [BY_ACCOUNT]],
  ['by nobody who is told', () => signsOf([entry({ actorUserId: null })]), []],
  [
    'by nobody who is told, and the leaver has no key',
    () => signsOf([entry({ actorUserId: null })], agent, [keyless]),
    [],
  ],
  [
    'and its event writes its keys and names in other letters',
    () =>
      signsOf([entry({ actionId: 'LIBRARY.AGENTADDED', data: { agentname: 'BUILD-07', agentPoolName: 'default' } })]),
    [BY_ACCOUNT],
  ],
  [
    'and is called in other letters itself',
    () => signsOf([entry()], { ...agent, name: 'Build-07', pool: 'DEFAULT' }),
    [BY_ACCOUNT],
  ],
  ['under another name', () => signsOf([entry({ data: { AgentName: 'build-08', AgentPoolName: 'Default' } })]), []],
  ['and the event names no agent', () => signsOf([entry({ data: { AgentPoolName: 'Default' } })]), []],
  ['and the event names no pool', () => signsOf([entry({ data: { AgentName: 'build-07', AgentPoolName: null } })]), []],
  ['ten minutes apart', () => signsOf([entry()], { ...agent, createdOn: `${DAY}T09:10:00Z` }), [BY_ACCOUNT]],
  ['at no time that the agent tells', () => signsOf([entry()], { ...agent, createdOn: null }), [BY_ACCOUNT]],
  ['a second more apart', () => signsOf([entry()], { ...agent, createdOn: `${DAY}T09:10:01Z` }), []],
  ['a second more before', () => signsOf([entry()], { ...agent, createdOn: `${DAY}T08:49:59Z` }), []],
  [
    'by a colleague first',
    () => signsOf([entry(), entry({ actorUserId: 'other', timestamp: `${DAY}T08:59:00Z` })]),
    [BY_ACCOUNT],
  ],
  [
    'by a colleague since',
    () => signsOf([entry(), entry({ actorUserId: 'other', timestamp: `${DAY}T09:01:00Z` })]),
    [],
  ],
];
for (const [what, signs, expected] of REGISTERED) {
  test(`an agent that was registered ${what} has ${expected.length === 0 ? 'no sign' : 'a sign'} of it`, () => {
    assert.deepEqual(signs(), expected);
  });
}

const ENTERED = `${DAY}T09:00:00Z`;
const connectionAt = (entries: readonly AuditEntry[]) =>
  registrarsOf(entries, [account()]).ofConnection({ id: 'C1', name: 'deploy' });
const written = (data: AuditEntry['data'], more: Partial<AuditEntry> = {}) =>
  entry({ actionId: 'Library.ServiceConnectionCreated', data, ...more });

const WRITTEN: readonly (readonly [what: string, entries: readonly AuditEntry[], at: string | undefined])[] = [
  ['made', [written({ ConnectionId: 'C1' })], ENTERED],
  ['changed', [written({ connectionid: 'c1' }, { actionId: 'library.serviceconnectionmodified' })], ENTERED],
  [
    'made for several projects',
    [written({ ConnectionId: 'c1' }, { actionId: 'Library.ServiceConnectionCreatedForMultipleProjects' })],
    ENTERED,
  ],
  ['shared', [written({ ConnectionId: 'c1' }, { actionId: 'Library.ServiceConnectionShared' })], undefined],
  ['named alone', [written({ ConnectionName: 'deploy' })], ENTERED],
  ['named alone, with an id that is null', [written({ ConnectionId: null, ConnectionName: 'deploy' })], ENTERED],
  ['another of its name', [written({ ConnectionId: 'c2', ConnectionName: 'deploy' })], undefined],
  ['called otherwise', [written({ ConnectionName: 'Deploy' })], undefined],
  ['entered by a colleague', [written({ ConnectionId: 'c1' }, { actorUserId: 'other' })], undefined],
  ['in no event', [], undefined],
];
for (const [what, entries, at] of WRITTEN) {
  test(`a connection that the log tells as ${what}: ${at === undefined ? 'not the leaver’s' : 'theirs'}`, () => {
    assert.equal(connectionAt(entries), at);
  });
}

test('without a log nobody registered anything', () => {
  assert.deepEqual(NO_REGISTRARS.ofAgent(agent), []);
  assert.equal(NO_REGISTRARS.ofConnection({ id: 'c1', name: 'deploy' }), undefined);
});
