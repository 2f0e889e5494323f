import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachOf } from '../../../../src/steps/consent/rules/workloads/workload-context.ts';
import {
  auditLine,
  type WorkloadsSeen,
  workloadCoverage,
} from '../../../../src/steps/consent/rules/workloads/workload-coverage.ts';
import { tiesTo } from '../../../../src/steps/consent/rules/workloads/workloads.ts';
import {
  ADDED,
  application,
  change,
  KEYED,
  leaver,
  OID,
  OTHER,
  one,
  principal,
  secret,
  WRITES,
} from '../workloads-world.ts';

const TARGETS = [{ id: 'another' }, { id: 'app' }];
const credentials = [secret('k'), secret('l')];
const tied = (...changes: Parameters<typeof tiesTo>[2]) =>
  tiesTo(one([application({ credentials })]), leaver(), changes);

test('who made an application is told with the change, and may know every secret without an author', () => {
  for (const activity of ['Add application', 'add service principal']) {
    const made = change({ activity, targets: TARGETS });
    assert.deepEqual(
      tied(made, change({ by: OTHER, addedKeys: ['l'] })),
      {
        ...{ owns: [], made, added: [], why: ['the leaver made it'] },
        perhaps: one([application({ credentials })]).credentials.slice(0, 1),
      },
      activity,
    );
  }
});

const TOUCHED = ['the leaver changed its secrets'];
const CHANGES: readonly (readonly [
  activity: string,
  addedKeys: readonly string[],
  why: readonly string[] | undefined,
])[] = [
  ['Add service principal credentials', [], TOUCHED],
  ['Update application – Certificates and Secrets management', [], TOUCHED],
  ['Update application – CREDENTIAL', [], TOUCHED],
  ['Undo: add application', [], undefined],
  ['Update application', [], undefined],
  // The row names another key, so that it tells of that one.
  ['Update application – Certificates and secrets management', ['x'], undefined],
];
for (const [activity, addedKeys, why] of CHANGES) {
  test(`“${activity}” with ${addedKeys.length} keys: ${why?.join() ?? 'it says nothing of this application'}`, () =>
    assert.deepEqual(tied(change({ activity, targets: TARGETS, addedKeys }))?.why, why));
}

test('whoever added one secret may know the others that nobody is known to have added', () => {
  const ties = tied(...ADDED);
  assert.deepEqual(
    [ties?.added.map(({ credential, change: by }) => [credential.keyId, by]), ties?.perhaps.map(({ keyId }) => keyId)],
    [[['k', ADDED[0]]], ['l']],
  );
  assert.equal(ties && 'made' in ties, false);
});

test('where only a name ties the leaver to it, the named secrets alone are theirs perhaps', () => {
  const shared = [change({ addedKeys: ['k'] }), change({ by: OTHER, addedKeys: ['k'] })];
  assert.deepEqual(
    tied(...shared)?.perhaps.map(({ keyId }) => keyId),
    ['k'],
  );
});

test('several roles are told as such, and a workload without any has none', () => {
  assert.equal(
    reachOf({ ...one([principal()]), roles: [WRITES, { ...WRITES, role: 'mcp.read' }] }),
    'It has the roles mcp.write and mcp.read on the gateway.',
  );
  assert.deepEqual(one([principal()], new Map()).roles, []);
});

const seen = (more: Partial<WorkloadsSeen> = {}): WorkloadsSeen => ({
  ...{ objects: KEYED, objectFailures: [], disputed: [], roleFailures: [], workloads: [one(KEYED)] },
  ...{ authors: new Map([['k', [change({ by: OTHER })]]]), leaver: leaver(), showsDeleted: false },
  ...more,
});
const roleless = one([application({ appId: 'a2', credentials: [secret('m')] })]);

test('the lines about workloads count what acts, who can be owner, and what signs in', () => {
  assert.deepEqual(workloadCoverage(seen({ workloads: [one(KEYED), roleless] })), [
    { source: 'entra/service-principal-roles', state: 'complete', looked: { count: 1, unit: 'service principals' } },
    {
      source: 'entra/owners',
      state: 'complete',
      looked: { count: 2, unit: 'registrations and service principals' },
    },
    { source: 'entra/client-secrets', state: 'complete', looked: { count: 1, unit: 'secrets and certificates' } },
  ]);
});

const ownersOf = (more: Partial<WorkloadsSeen>) => workloadCoverage(seen(more))[1];
const SURE: readonly (readonly [what: string, more: Partial<WorkloadsSeen>, state: string, detail?: RegExp])[] = [
  [
    'an owner is seen',
    { objects: [principal(), application({ owners: [OTHER, OID] })], authors: new Map() },
    'complete',
  ],
  ['what has no author reaches no gateway', { workloads: [roleless] }, 'complete'],
  [
    'one of several workloads is open',
    { workloads: [roleless, one(KEYED)], authors: new Map() },
    'partial',
    /ask their owners/,
  ],
  ['its answers differ', { disputed: ['ci', 'cd'] }, 'partial', /who owns ci, cd, and its answers differ/],
];
for (const [what, more, state, detail] of SURE) {
  test(`that a deleted person owns nothing, where ${what}: ${state}`, () => {
    const line = ownersOf({ leaver: leaver('soft-deleted'), ...more });
    assert.equal(line?.state, state);
    assert.match(line?.detail ?? '', detail ?? /^$/);
  });
}

test('of somebody who cannot be read it counts what their object is seen to own', () => {
  const blocked = { ...leaver('unreadable'), blockedBy: { person: 'User.Read.All' } };
  const own = [application({ owners: [OID] })];
  const { state, missingPermission, detail } = ownersOf({ leaver: blocked }) ?? assert.fail('no line');
  assert.deepEqual([state, missingPermission], ['denied', 'User.Read.All']);
  assert.match(detail ?? '', /^Nothing is listed that this person owns/);
  assert.equal(ownersOf({ leaver: blocked, objects: own })?.detail, undefined);
  assert.equal(ownersOf({ leaver: leaver('unreadable'), objects: own })?.state, 'complete');
});

test('secrets without an author are counted among those that reach the gateway', () => {
  const more = application({ credentials: [secret('k'), secret('l'), secret('m')] });
  const [, , line] = workloadCoverage(seen({ workloads: [one([more, principal()]), roleless] }));
  assert.match(line?.detail ?? '', /^Of 3 secrets and certificates that reach .* names no author for 2\. /);
});

test('rows of the audit log that came by one question alone are told with how many there are', () => {
  const line = auditLine({ changes: ADDED, failures: [], disputed: 1 });
  assert.deepEqual([line.state, line.looked], ['partial', { count: 1, unit: 'changes' }]);
  assert.match(line.detail ?? '', /the answers differ in 1 row\./);
});
