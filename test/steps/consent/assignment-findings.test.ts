import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppRoleAssignment } from '../../../src/connectors/graph/applications/app-role-assignments.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import {
  type AssignmentsRead,
  assignmentFindings,
  unseenRoles,
} from '../../../src/steps/consent/rules/assignment-findings.ts';
import { alex, GATEWAY, OID } from './consent-world.ts';

const assignment = (more: Partial<AppRoleAssignment> = {}): AppRoleAssignment => ({
  ...{ id: 'as', appRoleId: 'r', principalId: OID, principalType: 'User', principalName: 'Alex', resourceId: GATEWAY },
  ...more,
});
const ofGroup = assignment({ principalId: 'writers', principalType: 'Group', principalName: 'Writers' });
const assigned = (onGateway: readonly AppRoleAssignment[], groups?: readonly string[]): AssignmentsRead => ({
  onGateway,
  groupsOfLeaver: groups && new Set(groups),
  roleName: (id) => (id === 'r' ? 'mcp.write' : id),
});

test('the leaver’s own role is taken away, a group’s and another’s never', () => {
  const [own] = assignmentFindings(assigned([assignment()], []), alex);
  assert.equal(own?.title, 'Alex Moreau holds the role mcp.write on the gateway');
  assert.deepEqual([own?.status, own?.severity], ['planned', 'high']);
  assert.deepEqual(own?.remedy?.call.expected, { roleId: 'r', holder: OID, holderType: 'User' });
  assert.deepEqual(assignmentFindings(assigned([assignment({ principalId: 'ana' })], []), alex), []);
  const [member] = assignmentFindings(assigned([ofGroup], ['writers']), alex);
  assert.equal(member?.title, 'Alex Moreau gets the role mcp.write on the gateway from the group “Writers”');
  assert.deepEqual([member?.status, member?.severity, member?.remedy], ['nothing-to-do', 'low', undefined]);
  assert.deepEqual(assignmentFindings(assigned([ofGroup], ['readers']), alex), []);
});

test('whether a deleted person was in a group cannot be read, and is said so', () => {
  const [unknown] = assignmentFindings(assigned([ofGroup]), alex);
  assert.equal(
    unknown?.title,
    'The group “Writers” gives the role mcp.write on the gateway; whether Alex Moreau was in it cannot be read',
  );
  const unseen = (state: Leaver['state'], ...all: readonly AppRoleAssignment[]) =>
    unseenRoles(assigned(all), { ...alex, state }, GATEWAY).map(({ kind }) => kind);
  assert.deepEqual(unseen('soft-deleted', ofGroup), ['app-roles-unseen']);
  assert.deepEqual(unseen('soft-deleted', assignment()), []);
  assert.deepEqual(unseen('soft-deleted', ofGroup, assignment()), []);
  assert.deepEqual(unseen('active'), []);
});
