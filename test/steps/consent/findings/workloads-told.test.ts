import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '../../../../src/cases/ids.ts';
import { findingId, remedyIdOf } from '../../../../src/cases/stable-id.ts';
import type { WorkloadContext } from '../../../../src/steps/consent/rules/workloads/workload-context.ts';
import { workloadFindings } from '../../../../src/steps/consent/rules/workloads/workload-findings.ts';
import { roleFindings, tokenFindings } from '../../../../src/steps/consent/rules/workloads/workload-role-findings.ts';
import {
  addedFinding,
  perhapsFinding,
} from '../../../../src/steps/consent/rules/workloads/workload-secret-findings.ts';
import type { Ties } from '../../../../src/steps/consent/rules/workloads/workloads.ts';
import { application, leaver, OID, OTHER, one, principal, SP, secret, WRITES } from '../workloads-world.ts';

const context: WorkloadContext = {
  ...{ caseId: `${OID}-1` as CaseId, leaver: leaver(), isRefusable: true },
  present: new Set([OTHER]),
};
const { displayName: _, ...unnamed } = leaver();
const nameless = { ...context, leaver: unnamed };
const TIES: Ties = { owns: [], added: [], perhaps: [], why: ['the leaver made it'] };
/** Wording aside. */
const told = <Told extends { readonly reason: string }>({ reason: __, ...rest }: Told) => rest;
const EVIDENCE = { appId: 'a1', principalId: SP.toLowerCase(), roles: ['mcp.write'] };
const KEY = secret('0123456789', { from: '2026-11-01', until: '2027-11-01' });
const keyed = one([application({ credentials: [KEY, secret('l', { name: 'ci' })] }), principal()]);
const [first, second] = keyed.credentials;
assert.ok(first !== undefined && second !== undefined);

test('a secret that the leaver added is told with when, until when it is good, and what it opens', () => {
  const id = findingId('consent', 'application-credential', 'APP/0123456789');
  const finding = addedFinding(keyed, first, '2026-11-01T00:00:00Z', context);
  assert.deepEqual(told(finding), {
    id,
    step: 'consent',
    kind: 'application-credential',
    title: 'Alex Moreau added the secret 01234567 to ci, and it is still good',
    resource: { system: 'entra', type: 'application', id: 'APP/0123456789', name: 'ci' },
    severity: 'critical',
    status: 'awaiting-decision',
    evidence: {
      ...EVIDENCE,
      ...{ keyId: '0123456789', type: 'secret', addedAt: '2026-11-01T00:00:00Z' },
      ...{ from: '2026-11-01', until: '2027-11-01' },
    },
    remedy: {
      id: remedyIdOf(id),
      risk: 'disruptive',
      what: 'Remove the secret 01234567 (0123456789) of ci, once whatever signs in by it has a new one.',
      undo: 'Nothing brings it back: Entra shows the value to nobody. Add a new secret before, and give it to whatever signs in by this one.',
      call: {
        ...{ kind: 'remove-client-secret', set: 'applications', objectId: 'APP', application: 'ci' },
        ...{ keyId: '0123456789', expected: { name: null, from: '2026-11-01' } },
      },
    },
  });
  assert.match(finding.reason, / It has the role mcp\.write on the gateway\. Removing it cannot be undone/);
  const { evidence, title } = addedFinding(keyed, second, '2026-11-01', nameless);
  assert.deepEqual(
    [evidence.from, evidence.until, title],
    [null, null, `${OID} added the secret “ci” to ci, and it is still good`],
  );
});

test('secrets that the leaver may know are told one by one in the evidence', () => {
  const finding = perhapsFinding(keyed, { ...TIES, perhaps: [first, second] }, context);
  assert.deepEqual(told(finding), {
    id: findingId('consent', 'application-credentials-perhaps', 'a1'),
    step: 'consent',
    kind: 'application-credentials-perhaps',
    title: 'Alex Moreau may know 2 secrets and certificates of ci',
    resource: { system: 'entra', type: 'application', id: 'a1', name: 'ci' },
    severity: 'high',
    status: 'manual-action',
    evidence: {
      ...EVIDENCE,
      why: ['the leaver made it'],
      credentials: ['secret 01234567 (0123456789), from 2026-11-01', 'secret “ci” (l), from ?'],
    },
  });
  assert.match(finding.reason, / for these, and the leaver made it\. .* remove them; /);
  assert.match(perhapsFinding(keyed, { ...TIES, perhaps: [first] }, context).reason, / for this one, .* remove it; /);
  // A deleted registration leaves a name alone.
  const alone = perhapsFinding({ ...keyed, objects: [], roles: [] }, { ...TIES, perhaps: [first] }, context);
  assert.deepEqual([alone.resource.id, alone.evidence.appId, alone.severity], ['ci', null, 'medium']);
  assert.equal(alone.id, findingId('consent', 'application-credentials-perhaps', 'ci'));
  const owner = { ...TIES, owns: keyed.objects, perhaps: [first] };
  assert.equal(perhapsFinding({ ...keyed, roles: [] }, owner, context).severity, 'low');
});

test('a role by which a workload is a way back in is told with what takes it away', () => {
  const id = findingId('consent', 'workload-role', `as/${SP.toLowerCase()}`);
  const [role] = roleFindings(keyed, TIES, context).map(told);
  assert.deepEqual(role, {
    id,
    step: 'consent',
    kind: 'workload-role',
    title: 'ci, as which Alex Moreau may sign in, has the role mcp.write on the gateway',
    resource: { system: 'entra', type: 'appRoleAssignment', id: 'as', name: 'mcp.write' },
    severity: 'high',
    status: 'awaiting-decision',
    evidence: EVIDENCE,
    remedy: {
      id: remedyIdOf(id),
      risk: 'disruptive',
      what: 'Take the role mcp.write on the gateway from ci.',
      undo: 'The app, when somebody asks: it assigns the role again, from the before-image.',
      call: {
        ...{ kind: 'delete-workload-role', servicePrincipalId: 'gw', assignmentId: 'as', holder: 'application' },
        expected: { roleId: 'r', holder: SP.toLowerCase(), holderType: 'ServicePrincipal' },
      },
    },
  });
  const [managed] = roleFindings(one([principal({ isManagedIdentity: true })]), TIES, context);
  assert.equal(managed?.remedy?.call.holder, 'managed-identity');
  const absent = { ...one([application()]), roles: [{ ...WRITES, group: 'Bots' }] };
  const [group] = roleFindings(absent, TIES, context);
  assert.equal(group?.id, findingId('consent', 'workload-role', 'as/'));
  assert.deepEqual(group?.evidence, { appId: 'a1', principalId: null, roles: ['mcp.write (group Bots)'] });
});

test('tokens of a workload are told with what refuses them', () => {
  const oid = SP.toLowerCase();
  const id = findingId('consent', 'workload-tokens', oid);
  const [{ reason, ...rest } = assert.fail('no finding')] = tokenFindings(keyed, context);
  assert.match(reason, /^A token that was had before lives up to 90 minutes\./);
  assert.deepEqual(
    { ...rest, remedy: rest.remedy?.call },
    {
      id,
      step: 'consent',
      kind: 'workload-tokens',
      title: 'Tokens of ci live on when its secrets or its roles are taken away',
      resource: { system: 'entra', type: 'servicePrincipal', id: oid, name: 'ci' },
      severity: 'medium',
      status: 'awaiting-decision',
      evidence: { ...EVIDENCE, tokenMinutes: 90 },
      remedy: { kind: 'deny-identity', caseId: `${OID}-1`, oid, name: 'ci', minutes: 90, expected: { oid } },
    },
  );
  assert.equal(rest.remedy?.risk, 'disruptive');
});

test('an owner is told with who stays, and of which of both objects they are', () => {
  const object = principal({ owners: [OID, OTHER, 'deleted'] });
  const id = findingId('consent', 'application-owner', `${SP}/${OID}`);
  const [owner] = workloadFindings(one([object]), { ...TIES, owns: [object] }, context);
  assert.deepEqual(owner && told(owner), {
    id,
    step: 'consent',
    kind: 'application-owner',
    title: 'Alex Moreau owns the service principal ci',
    resource: { system: 'entra', type: 'servicePrincipal', id: SP, name: 'ci' },
    severity: 'high',
    status: 'planned',
    evidence: { ...EVIDENCE, owners: 3, othersStaying: 1 },
    remedy: {
      id: remedyIdOf(id),
      risk: 'safe',
      what: 'Take Alex Moreau off the owners of the service principal ci.',
      undo: 'The app, when somebody asks: it makes the person an owner again. Whoever is deleted has to be restored before.',
      call: {
        ...{ kind: 'remove-application-owner', set: 'servicePrincipals', objectId: SP, name: 'ci' },
        expected: { owner: OID, anotherStays: true },
      },
    },
  });
  assert.match(owner?.reason ?? '', /; the account still can\. .* 1 other owner stays\.$/);
  const [shut] = workloadFindings(
    one([object]),
    { ...TIES, owns: [object] },
    { ...context, leaver: leaver('disabled') },
  );
  assert.match(shut?.reason ?? '', /; the account cannot now, and could again/);
  const alone = principal({ owners: [OID] });
  const [only] = workloadFindings(one([alone]), { ...TIES, owns: [alone] }, context);
  assert.deepEqual(only?.remedy?.call.expected, { owner: OID, anotherStays: false });
});
