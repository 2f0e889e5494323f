import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import type { OwnedObject } from '../../../src/connectors/graph/applications/application-owners.ts';
import type { DirectoryChange } from '../../../src/connectors/graph/logs/directory-audit.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { parseOid } from '../../../src/people/oid.ts';
import {
  evidenceOf,
  nameOf,
  reachOf,
  typeOf,
  type WorkloadContext,
} from '../../../src/steps/consent/rules/workloads/workload-context.ts';
import {
  auditLine,
  type WorkloadsSeen,
  workloadCoverage,
} from '../../../src/steps/consent/rules/workloads/workload-coverage.ts';
import { workloadFindings } from '../../../src/steps/consent/rules/workloads/workload-findings.ts';
import { roleFindings, tokenFindings } from '../../../src/steps/consent/rules/workloads/workload-role-findings.ts';
import { addedFinding, perhapsFinding } from '../../../src/steps/consent/rules/workloads/workload-secret-findings.ts';
import {
  authorsIn,
  type Ties,
  tiesTo,
  type Workload,
  workloadsOf,
} from '../../../src/steps/consent/rules/workloads/workloads.ts';

const OID = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(OID !== undefined);
const OTHER = '0e000000-0000-4000-8000-000000000002';
const SP = '0E000000-0000-4000-8000-0000000000AA';
const NOW = new Date('2026-11-23T10:00:00.000Z');
const leaver = (state: Leaver['state'] = 'active'): Leaver => ({
  ...{ oid: OID, state, displayName: 'Alex Moreau', userPrincipalName: 'alex.moreau@corp.example' },
  ...{ github: [], devops: [] },
});

type Credential = OwnedObject['credentials'][number];
const secret = (keyId: string, more: Partial<Credential> = {}): Credential => ({ keyId, type: 'secret', ...more });
const application = (more: Partial<OwnedObject> = {}): OwnedObject => ({
  ...{ set: 'applications', id: 'APP', appId: 'a1', name: 'ci registration', owners: [], credentials: [] },
  isManagedIdentity: false,
  ...more,
});
const principal = (more: Partial<OwnedObject> = {}): OwnedObject =>
  application({ set: 'servicePrincipals', id: SP, name: 'ci', ...more });
const assignment = {
  ...{ id: 'as', appRoleId: 'r', principalId: SP, principalType: 'ServicePrincipal' },
  ...{ principalName: 'ci', resourceId: 'gw' },
};
const WRITES = { role: 'mcp.write', assignment };
const withRole = new Map([[SP.toLowerCase(), [WRITES]]]);
const one = (objects: readonly OwnedObject[], roles: Parameters<typeof workloadsOf>[1] = withRole): Workload => {
  const [workload, ...more] = workloadsOf(objects, roles, NOW);
  assert.ok(workload !== undefined && more.length === 0);
  return workload;
};
const change = (more: Partial<DirectoryChange>): DirectoryChange => ({
  ...{ id: 'c', at: '2026-11-01T00:00:00Z', activity: 'Update application', by: OID, targets: [], addedKeys: [] },
  ...more,
});

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

const context = (more: Partial<WorkloadContext> = {}): WorkloadContext => ({
  ...{ caseId: `${OID}-1` as CaseId, leaver: leaver(), isRefusable: true },
  present: new Set([OTHER]),
  ...more,
});
const findingsOf = (
  objects: readonly OwnedObject[],
  changes: readonly DirectoryChange[] = [],
  more: Partial<WorkloadContext> = {},
  roles = withRole,
): Finding[] => {
  const workload = one(objects, roles);
  const ties = tiesTo(workload, leaver(), changes);
  return ties === undefined ? [] : workloadFindings(workload, ties, context(more));
};
const kinds = (findings: readonly Finding[]) => findings.map(({ kind }) => kind);

const owned = (owners: readonly string[]) => [application({ owners }), principal()];
test('an owner is taken off by itself only where somebody who is there keeps the application', () => {
  const [safe, ...more] = findingsOf(owned([OID, OTHER]));
  assert.deepEqual(more, []);
  assert.equal(safe?.title, 'Alex Moreau owns the app registration ci registration');
  assert.deepEqual([safe?.status, safe?.remedy?.risk], ['planned', 'safe']);
  assert.deepEqual(safe?.remedy?.call.expected, { owner: OID, anotherStays: true });
  const [alone] = findingsOf(owned([OID]));
  assert.deepEqual([alone?.status, alone?.remedy?.risk], ['awaiting-decision', 'disruptive']);
  assert.match(alone?.reason ?? '', /name another owner first/);
  const [deleted] = findingsOf(owned([OID, OTHER]), [], { present: new Set() });
  assert.deepEqual([deleted?.status, deleted?.remedy?.risk], ['awaiting-decision', 'disruptive']);
});

test('owning something that reaches the gateway is graver while the account signs in', () => {
  const severity = (state: Leaver['state'], roles = withRole) =>
    findingsOf(owned([OID, OTHER]), [], { leaver: leaver(state) }, roles)[0]?.severity;
  assert.deepEqual(
    (['active', 'unreadable', 'disabled', 'soft-deleted', 'gone'] as const).map((state) => severity(state)),
    ['high', 'high', 'medium', 'medium', 'medium'],
  );
  assert.equal(severity('active', new Map()), 'low');
});

const KEYED = [application({ credentials: [secret('k', { name: 'ci', from: '2026-11-01T00:00:00Z' })] }), principal()];
const ADDED = [change({ addedKeys: ['k'] })];
test('a secret that they added is a way back in: it, the roles and the tokens are each a decision', () => {
  const findings = findingsOf(KEYED, ADDED);
  assert.deepEqual(kinds(findings), ['application-credential', 'workload-role', 'workload-tokens']);
  assert.ok(findings.every(({ status, remedy }) => status === 'awaiting-decision' && remedy?.risk === 'disruptive'));
  assert.deepEqual(
    findings.map(({ severity }) => severity),
    ['critical', 'critical', 'medium'],
  );
  const [added] = findings;
  assert.equal(added?.title, 'Alex Moreau added the secret “ci” to ci, and it is still good');
  assert.deepEqual(added?.remedy?.call, {
    ...{ kind: 'remove-client-secret', set: 'applications', objectId: 'APP', application: 'ci', keyId: 'k' },
    expected: { name: 'ci', from: '2026-11-01T00:00:00Z' },
  });
});

test('a certificate is taken away by hand, and without a role a secret is no way to the gateway', () => {
  const certificate = [application({ credentials: [secret('k', { type: 'certificate' })] }), principal()];
  assert.deepEqual(
    [findingsOf(certificate, ADDED)[0]?.status, findingsOf(certificate, ADDED)[0]?.remedy],
    ['manual-action', undefined],
  );
  const without = findingsOf(KEYED, ADDED, {}, new Map());
  assert.deepEqual([kinds(without), without[0]?.severity], [['application-credential'], 'medium']);
});

test('secrets that they may know are told as one, and what reaches the gateway with it', () => {
  const unnamed = [application({ owners: [OID, OTHER], credentials: [secret('k'), secret('l')] }), principal()];
  const findings = findingsOf(unnamed);
  assert.deepEqual(kinds(findings), [
    'application-credentials-perhaps',
    'application-owner',
    'workload-role',
    'workload-tokens',
  ]);
  assert.equal(findings[0]?.title, 'Alex Moreau may know 2 secrets and certificates of ci');
  assert.deepEqual([findings[0]?.severity, findings[0]?.status], ['high', 'manual-action']);
  assert.equal(findings[2]?.severity, 'high');
});

test('whoever owns a managed identity with a role has a way in; an application without secrets is none', () => {
  assert.deepEqual(kinds(findingsOf([principal({ owners: [OID], isManagedIdentity: true })])), [
    'application-owner',
    'workload-role',
    'workload-tokens',
  ]);
  assert.deepEqual(kinds(findingsOf([principal({ owners: [OID] })])), ['application-owner']);
});

const TIES: Ties = { owns: [], added: [], perhaps: [], why: ['the leaver made it'] };
test('a role that comes from a group is taken away there', () => {
  const workload = { ...one([principal()]), roles: [{ ...WRITES, group: 'Bots' }] };
  const [finding] = roleFindings(workload, TIES, context());
  assert.deepEqual([finding?.status, finding?.remedy], ['manual-action', undefined]);
  assert.match(finding?.reason ?? '', /from the group “Bots”/);
});

test('tokens are refused for as long as they live, and nowhere without a gateway', () => {
  const minutes = (isManagedIdentity: boolean) =>
    tokenFindings(one([principal({ isManagedIdentity })]), context())[0]?.evidence.tokenMinutes;
  assert.deepEqual([minutes(false), minutes(true)], [90, 1440]);
  assert.deepEqual(tokenFindings(one([principal()]), context({ isRefusable: false })), []);
  assert.deepEqual(tokenFindings(one([application()]), context()), []);
});

test('a key without a name is told by the beginning of its id', () => {
  const workload = one([application({ credentials: [secret('0123456789')] })]);
  const [credential] = workload.credentials;
  assert.ok(credential !== undefined);
  assert.match(addedFinding(workload, credential, '2026-11-01', context()).title, /the secret 01234567 to/);
  const told = perhapsFinding(workload, { ...TIES, perhaps: [credential] }, context());
  assert.equal(told.title, 'Alex Moreau may know 1 secret or certificate of ci registration');
  assert.equal(told.severity, 'medium');
});

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
