import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnedObject } from '../../../src/connectors/graph/applications/application-owners.ts';
import type { DirectoryChange } from '../../../src/connectors/graph/logs/directory-audit.ts';
import { evidenceOf, nameOf, reachOf, typeOf } from '../../../src/steps/consent/rules/workloads/workload-context.ts';
import {
  auditLine,
  type WorkloadsSeen,
  workloadCoverage,
} from '../../../src/steps/consent/rules/workloads/workload-coverage.ts';
import { authorsIn, tiesTo, type Workload, workloadsOf } from '../../../src/steps/consent/rules/workloads/workloads.ts';
import {
  ADDED,
  application,
  change,
  KEYED,
  leaver,
  NOW,
  OID,
  OTHER,
  one,
  principal,
  SP,
  secret,
  WRITES,
  withRole,
} from './workloads-world.ts';

test('a registration and its service principal are one workload, with the roles of the principal', () => {
  const workload = one([application(), principal()]);
  assert.deepEqual(
    [workload.name, workload.principalId, workload.roles, workload.objects.length],
    ['ci', SP.toLowerCase(), [WRITES], 2],
  );
  assert.deepEqual([one([application()]).name, one([application()]).roles], ['ci registration', []]);
  assert.equal(workloadsOf([application(), application({ appId: 'a2' })], withRole, NOW).length, 2);
});

test('secrets that are over are none; one without an end that can be read may still be good', () => {
  const credentials = [
    secret('over', { until: '2026-11-23T10:00:00.000Z' }),
    secret('good', { until: '2026-11-23T10:00:00.001Z' }),
    secret('endless'),
    secret('odd', { until: 'never' }),
  ];
  const keys = (workload: Workload) => workload.credentials.map(({ keyId }) => keyId);
  assert.deepEqual(keys(one([application({ credentials })])), ['good', 'endless', 'odd']);
  assert.deepEqual(keys(one([principal({ credentials, isManagedIdentity: true })])), []);
});

test('who added a key first comes first, in whatever order the rows come', () => {
  const [later, first] = [
    change({ at: '2026-11-02T00:00:00Z', by: OTHER, addedKeys: ['k'] }),
    change({ at: '2026-11-01T00:00:00Z', addedKeys: ['k'] }),
  ];
  assert.deepEqual(authorsIn([later, first]).get('k'), [first, later]);
});

const TIED: readonly (readonly [
  what: string,
  object: Partial<OwnedObject>,
  changes: readonly DirectoryChange[],
  tie: { readonly added?: number; readonly perhaps?: number; readonly why: RegExp } | undefined,
])[] = [
  ['nothing says so', { credentials: [secret('k')] }, [], undefined],
  ['another owns it', { owners: [OTHER], credentials: [secret('k')] }, [], undefined],
  ['another added its secret', { credentials: [secret('k')] }, [change({ by: OTHER, addedKeys: ['k'] })], undefined],
  ['they own it', { owners: [OID], credentials: [secret('k')] }, [], { perhaps: 1, why: /^the leaver owns it$/ }],
  [
    'they own it, and another added its secret',
    { owners: [OID], credentials: [secret('k')] },
    [change({ by: OTHER, addedKeys: ['k'] })],
    { why: /^the leaver owns it$/ },
  ],
  [
    'they added its secret',
    { credentials: [secret('k')] },
    [change({ addedKeys: ['k'] })],
    { added: 1, why: /added another one/ },
  ],
  [
    'they and another added one',
    { credentials: [secret('k')] },
    [change({ addedKeys: ['k'] }), change({ by: OTHER, addedKeys: ['k'] })],
    { perhaps: 1, why: /the leaver and somebody else/ },
  ],
  [
    'they made it',
    { credentials: [secret('k')] },
    [change({ activity: 'Add application', targets: [{ id: 'app' }] })],
    { perhaps: 1, why: /^the leaver made it$/ },
  ],
  [
    'another made it',
    { credentials: [secret('k')] },
    [change({ by: OTHER, activity: 'Add application', targets: [{ id: 'app' }] })],
    undefined,
  ],
  [
    'they made another one',
    { credentials: [secret('k')] },
    [change({ activity: 'Add application', targets: [{ id: 'other' }] })],
    undefined,
  ],
  [
    'they changed its secrets, and the row names none',
    { credentials: [secret('k')] },
    [change({ activity: 'Update application – Certificates and secrets management', targets: [{ id: 'app' }] })],
    { perhaps: 1, why: /^the leaver changed its secrets$/ },
  ],
  [
    'one is called like them',
    { credentials: [secret('k', { name: 'alex moreau' }), secret('l', { name: 'build' })] },
    [],
    { perhaps: 1, why: /named after the leaver/ },
  ],
];
for (const [what, object, changes, tie] of TIED) {
  test(`how the leaver is tied to an application: ${what}`, () => {
    const ties = tiesTo(one([application(object)]), leaver(), changes);
    assert.equal(ties === undefined, tie === undefined);
    if (ties === undefined || tie === undefined) return;
    assert.deepEqual([ties.added.length, ties.perhaps.length], [tie.added ?? 0, tie.perhaps ?? 0]);
    assert.match(ties.why.join('; '), tie.why);
  });
}

test('what a workload reaches is told in words and in evidence', () => {
  assert.equal(reachOf(one([principal()])), 'It has the role mcp.write on the gateway.');
  assert.match(reachOf(one([application()])), /^ci registration has no role on the gateway/);
  assert.deepEqual(evidenceOf(one([principal()])), {
    ...{ appId: 'a1', principalId: SP.toLowerCase() },
    roles: ['mcp.write'],
  });
  assert.deepEqual([typeOf(application()), typeOf(principal())], ['application', 'servicePrincipal']);
  const { displayName: _, ...nameless } = leaver();
  assert.deepEqual([nameOf(leaver()), nameOf(nameless)], ['Alex Moreau', OID]);
});

const seen = (more: Partial<WorkloadsSeen> = {}): WorkloadsSeen => ({
  ...{ objects: KEYED, objectFailures: [], disputed: [], roleFailures: [], workloads: [one(KEYED)] },
  ...{ authors: new Map([['k', [change({ by: OTHER })]]]), leaver: leaver(), showsDeleted: false },
  ...more,
});
const states = (more: Partial<WorkloadsSeen>) => workloadCoverage(seen(more)).map(({ state }) => state);
const DENIED = { kind: 'denied', status: 403, message: 'No.', missingPermission: 'Application.Read.All' } as const;
test('roles, owners and secrets are as complete as they were read', () => {
  assert.deepEqual(states({}), ['complete', 'complete', 'complete']);
  assert.deepEqual(states({ objectFailures: [DENIED] }), ['complete', 'denied', 'denied']);
  assert.deepEqual(states({ roleFailures: [DENIED] }), ['denied', 'complete', 'complete']);
  assert.deepEqual(states({ disputed: ['ci'] }), ['complete', 'partial', 'complete']);
  assert.deepEqual(states({ disputed: ['ci'], objectFailures: [DENIED] }), ['complete', 'denied', 'denied']);
});

test('that somebody owns nothing is sure of nobody whom Graph may not show', () => {
  const open = new Map();
  const blocked = { ...leaver('unreadable'), blockedBy: { person: 'User.Read.All' } };
  assert.equal(states({ leaver: blocked })[1], 'denied');
  assert.equal(states({ leaver: leaver('unreadable') })[1], 'partial');
  assert.equal(states({ leaver: leaver('soft-deleted'), authors: open })[1], 'partial');
  assert.equal(states({ leaver: leaver('soft-deleted') })[1], 'complete', 'every secret has an author');
  assert.equal(states({ leaver: leaver('soft-deleted'), authors: open, showsDeleted: true })[1], 'complete');
  assert.equal(states({ authors: open })[1], 'complete', 'of somebody who is there the list is all');
});

test('secrets of which nobody is known to have added them are told even where all was read', () => {
  const [, , line] = workloadCoverage(seen({ authors: new Map() }));
  assert.equal(line?.state, 'complete');
  assert.match(
    line?.detail ?? '',
    /^Of 1 secret or certificate that reach the gateway the audit log names no author for 1\./,
  );
});

test('how far back the audit log reaches is said', () => {
  const line = auditLine({ changes: ADDED, failures: [], disputed: 0, oldest: '2026-11-01T00:00:00Z' });
  assert.equal(line.state, 'complete');
  assert.match(line.detail ?? '', /The oldest row that came is of 2026-11-01/);
  assert.match(auditLine({ changes: [], failures: [], disputed: 0 }).detail ?? '', /nothing of the kind stands in it/);
  assert.equal(auditLine({ changes: [], failures: [], disputed: 2 }).state, 'partial');
  assert.equal(auditLine({ changes: [], failures: [DENIED], disputed: 2 }).state, 'denied');
});
