import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppRoleAssignment } from '../../../src/connectors/graph/applications/app-role-assignments.ts';
import type { Grant } from '../../../src/connectors/graph/applications/grants.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { classifyAssignment } from '../../../src/steps/consent/rules/classify-assignment.ts';
import { classifyGrant } from '../../../src/steps/consent/rules/classify-grant.ts';
import { issuedTokens } from '../../../src/steps/consent/rules/issued-tokens.ts';
import { accountFinding } from '../../../src/steps/containment/rules/containment-findings.ts';

const leaver = parseOid('3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35');
assert.ok(leaver !== undefined);
const gateway = '27fb395a-9c03-45ed-8165-e7b5da27bae1';
const other = 'a1b2c3d4-0001-4000-8000-000000000001';
const base: Grant = {
  id: 'g',
  clientId: other,
  resourceId: gateway,
  principalId: leaver,
  consentType: 'Principal',
  scopes: ['mcp.tools.read'],
};

const grants: readonly [string, Partial<Grant>, ReturnType<typeof classifyGrant>][] = [
  ['the leaver’s consent on the gateway is the leaver’s', {}, 'leaver-to-gateway'],
  ['ids are compared without regard to case', { principalId: leaver.toUpperCase() }, 'leaver-to-gateway'],
  [
    'the gateway acting on the leaver’s behalf is the leaver’s',
    { clientId: gateway, resourceId: other },
    'leaver-behind-gateway',
  ],
  ['a colleague’s consent on the gateway is not', { principalId: other }, 'unrelated'],
  ['the leaver’s consent on another API is not', { resourceId: other }, 'unrelated'],
  [
    'everybody’s consent on the gateway is everybody’s',
    { principalId: null, consentType: 'AllPrincipals' },
    'everyone-to-gateway',
  ],
  // A tenant-wide grant that names somebody is everybody's all the same: it must not be deleted for one person.
  [
    'a tenant-wide consent that names the leaver is everybody’s',
    { consentType: 'AllPrincipals' },
    'everyone-to-gateway',
  ],
  [
    'everybody’s consent on another API is nobody’s concern',
    { consentType: 'AllPrincipals', principalId: null, resourceId: other },
    'unrelated',
  ],
  ['a personal consent that names nobody is nobody’s', { principalId: null }, 'unrelated'],
];
for (const [claim, change, verdict] of grants) {
  test(claim, () => assert.equal(classifyGrant({ ...base, ...change }, leaver, gateway), verdict));
}

test('ids are the same in any case, whichever side has the capitals', () => {
  const [who, where] = [leaver.toUpperCase(), gateway.toUpperCase()];
  assert.equal(classifyGrant(base, who, where), 'leaver-to-gateway');
  assert.equal(classifyGrant({ ...base, clientId: gateway, resourceId: other }, who, where), 'leaver-behind-gateway');
  assert.equal(classifyAssignment(assignment, who), 'direct');
});

const assignment: AppRoleAssignment = {
  id: 'a',
  appRoleId: 'r',
  principalId: leaver,
  principalType: 'User',
  principalName: 'Alex Moreau',
  resourceId: gateway,
};
test('a role is the leaver’s own only where a user holds it, and a group’s is never taken for one', () => {
  assert.equal(classifyAssignment(assignment, leaver), 'direct');
  assert.equal(classifyAssignment({ ...assignment, principalId: other }, leaver), 'unrelated');
  assert.equal(classifyAssignment({ ...assignment, principalType: 'Group' }, leaver), 'group');
  assert.equal(classifyAssignment({ ...assignment, principalType: 'ServicePrincipal' }, leaver), 'unrelated');
});

const now = new Date('2026-11-23T12:00:00Z');
const TOKENS = { gatewayAppId: 'app', lifetimeMinutes: 90, isRefusable: true };
const until = (person: Partial<Parameters<typeof issuedTokens>[0]>) =>
  issuedTokens({ oid: leaver, state: 'disabled', ...person }, TOKENS, now)?.residual?.until;
test('issued tokens end one lifetime after the last moment at which one can have been issued', () => {
  assert.equal(until({ state: 'disabled' }), '2026-11-23T13:30:00.000Z');
  assert.equal(until({ state: 'soft-deleted', deletedAt: '2026-11-23T11:00:00Z' }), '2026-11-23T12:30:00.000Z');
  assert.equal(until({ state: 'soft-deleted', deletedAt: 'unreadable' }), '2026-11-23T13:30:00.000Z');
  assert.equal(until({ state: 'soft-deleted', deletedAt: '2026-11-23T23:00:00Z' }), '2026-11-23T13:30:00.000Z');
});
for (const state of ['active', 'unreadable'] as const) {
  test(`of an account that is ${state} new tokens follow: no end is told, and it stands as long as the account does`, () => {
    const person = { oid: leaver, state, github: [], devops: [] };
    const found = issuedTokens(person, TOKENS, now);
    assert.deepEqual([found?.residual, found?.closedWith], [undefined, accountFinding(person, true)?.id]);
  });
}
test('that the gateway refuses them is said only where there is one', () => {
  const reason = (isRefusable: boolean) =>
    issuedTokens({ oid: leaver, state: 'disabled' }, { ...TOKENS, isRefusable }, now)?.reason ?? '';
  assert.match(reason(true), /Only the gateway’s deny list can refuse them/);
  assert.match(reason(false), /No gateway is there/);
  assert.doesNotMatch(reason(false), /deny list/);
});
test('there are none left of somebody who was deleted longer ago than a token lives', () => {
  assert.equal(until({ state: 'soft-deleted', deletedAt: '2026-11-23T10:30:00Z' }), undefined);
  assert.equal(until({ state: 'gone' }), undefined);
});
