import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { CaseId } from '../../../../src/cases/ids.ts';
import type { OwnedObject } from '../../../../src/connectors/graph/applications/application-owners.ts';
import type { DirectoryChange } from '../../../../src/connectors/graph/logs/directory-audit.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import type { WorkloadContext } from '../../../../src/steps/consent/rules/workloads/workload-context.ts';
import { workloadFindings } from '../../../../src/steps/consent/rules/workloads/workload-findings.ts';
import { roleFindings, tokenFindings } from '../../../../src/steps/consent/rules/workloads/workload-role-findings.ts';
import {
  addedFinding,
  perhapsFinding,
} from '../../../../src/steps/consent/rules/workloads/workload-secret-findings.ts';
import { type Ties, tiesTo } from '../../../../src/steps/consent/rules/workloads/workloads.ts';
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
  SP,
  secret,
  WRITES,
  withRole,
} from '../workloads-world.ts';

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
  const made = [change({ activity: 'Add service principal', targets: [{ id: SP.toLowerCase() }] })];
  assert.deepEqual(
    kinds(findingsOf([principal({ isManagedIdentity: true })], made)),
    [],
    'who made it owns it no more',
  );
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
