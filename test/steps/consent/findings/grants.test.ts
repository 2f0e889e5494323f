import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { AppRoleAssignment } from '../../../../src/connectors/graph/applications/app-role-assignments.ts';
import type { Grant } from '../../../../src/connectors/graph/applications/grants.ts';
import { assignmentFindings, unseenRoles } from '../../../../src/steps/consent/rules/assignment-findings.ts';
import { grantFindings, preAuthorizedFindings } from '../../../../src/steps/consent/rules/grant-findings.ts';
import { alex, GATEWAY, leaver, OID } from '../consent-world.ts';

/** Wording aside. */
const told = <Told extends { readonly reason: string }>({ reason: _, ...rest }: Told) => rest;
const grant: Grant = {
  ...{ id: 'g', clientId: 'client', resourceId: GATEWAY, principalId: OID, consentType: 'Principal' },
  scopes: ['mcp.write', 'mcp.read'],
};
const grants = (of: Grant, person = alex) => grantFindings([of], person, GATEWAY, { of: (id) => `<${id}>` }).map(told);

test('a consent of the leaver’s is told by who calls what, and its deletion by what it is agreed to be', () => {
  const id = findingId('consent', 'delegated-grant', 'g');
  assert.deepEqual(grants(grant), [
    {
      id,
      step: 'consent',
      kind: 'delegated-grant',
      title: '<client> may call <gw> as Alex Moreau: mcp.write, mcp.read',
      resource: { system: 'entra', type: 'oauth2PermissionGrant', id: 'g', name: '<client> → <gw>' },
      severity: 'high',
      status: 'planned',
      evidence: {
        ...{ clientId: 'client', resourceId: GATEWAY, principalId: OID, consentType: 'Principal' },
        ...{ scopes: ['mcp.write', 'mcp.read'], client: '<client>', resource: '<gw>' },
      },
      remedy: {
        id: id.replace('F-', 'R-'),
        risk: 'safe',
        what: 'Delete the consent by which <client> calls <gw> as Alex Moreau (mcp.write, mcp.read).',
        undo: 'The app, when somebody asks: it gives the same consent again, from the before-image. Whoever is deleted has to be restored before.',
        call: {
          ...{ kind: 'delete-delegated-grant', grantId: 'g', clientId: 'client', resourceId: GATEWAY },
          scope: 'mcp.write mcp.read',
          expected: {
            ...{ consentType: 'Principal', principal: OID, client: 'client', resource: GATEWAY },
            scopes: ['mcp.read', 'mcp.write'],
          },
        },
      },
    },
  ]);
  assert.equal(grants(grant, leaver('active'))[0]?.title, `<client> may call <gw> as ${OID}: mcp.write, mcp.read`);
  assert.equal(grants({ ...grant, clientId: 'GW', resourceId: 'up' })[0]?.kind, 'on-behalf-of-grant');
});

test('a consent of everybody’s, and a client that needs none, are told and nothing is planned', () => {
  assert.deepEqual(grants({ ...grant, consentType: 'AllPrincipals', principalId: null }), [
    {
      id: findingId('consent', 'tenant-wide-grant', 'g'),
      step: 'consent',
      kind: 'tenant-wide-grant',
      title: '<client> may call <gw> as anybody in the tenant: mcp.write, mcp.read',
      resource: { system: 'entra', type: 'oauth2PermissionGrant', id: 'g', name: '<client> → <gw>' },
      severity: 'info',
      status: 'nothing-to-do',
      evidence: {
        ...{ clientId: 'client', resourceId: GATEWAY, principalId: null, consentType: 'AllPrincipals' },
        ...{ scopes: ['mcp.write', 'mcp.read'], client: '<client>', resource: '<gw>' },
      },
    },
  ]);
  assert.deepEqual(preAuthorizedFindings([{ appId: 'app', name: 'Code', scopes: ['a', 'b'] }], 'own').map(told), [
    {
      id: findingId('consent', 'pre-authorised-client', 'own/app'),
      step: 'consent',
      kind: 'pre-authorised-client',
      title: 'Code needs nobody’s consent on the gateway: a, b',
      resource: { system: 'entra', type: 'preAuthorizedApplication', id: 'app', name: 'Code' },
      severity: 'info',
      status: 'nothing-to-do',
      evidence: { clientAppId: 'app', scopes: ['a', 'b'] },
    },
  ]);
});

const assignment: AppRoleAssignment = {
  ...{ id: 'as', appRoleId: 'r', principalId: OID.toUpperCase(), principalType: 'User', principalName: 'Alex' },
  resourceId: GATEWAY,
};
const ofGroup = { ...assignment, principalId: 'writers', principalType: 'Group', principalName: 'Writers' };
const assigned = (one: AppRoleAssignment, groups?: readonly string[]) => ({
  ...{ onGateway: [one], groupsOfLeaver: groups && new Set(groups) },
  roleName: (id: string) => `<${id}>`,
});
const resource = { system: 'entra', type: 'appRoleAssignment', id: 'as', name: '<r>' };

test('a role of the leaver’s own is told by its name, in whatever case the id comes', () => {
  const id = findingId('consent', 'app-role-assignment', 'as');
  assert.deepEqual(assignmentFindings(assigned(assignment, []), alex).map(told), [
    {
      id,
      step: 'consent',
      kind: 'app-role-assignment',
      title: 'Alex Moreau holds the role <r> on the gateway',
      resource,
      severity: 'high',
      status: 'planned',
      evidence: {
        ...{ appRoleId: 'r', role: '<r>', principalId: OID.toUpperCase(), principalType: 'User', resourceId: GATEWAY },
      },
      remedy: {
        id: id.replace('F-', 'R-'),
        risk: 'safe',
        what: 'Take the role <r> on the gateway from Alex Moreau.',
        undo: 'The app, when somebody asks: it assigns the role again, from the before-image. Whoever is deleted has to be restored before.',
        call: {
          ...{ kind: 'delete-app-role-assignment', servicePrincipalId: GATEWAY, assignmentId: 'as' },
          expected: { roleId: 'r', holder: OID, holderType: 'User' },
        },
      },
    },
  ]);
  const [nameless] = assignmentFindings(assigned(assignment), leaver('active'));
  assert.equal(nameless?.title, `${OID} holds the role <r> on the gateway`);
});

test('a role of a group is told with the group, and how sure it is that the leaver was in it', () => {
  const evidence = {
    ...{ appRoleId: 'r', role: '<r>', principalId: 'writers', principalType: 'Group', resourceId: GATEWAY },
    group: 'Writers',
  };
  const finding = {
    id: findingId('consent', 'group-app-role', 'as'),
    ...{ step: 'consent', kind: 'group-app-role', resource, status: 'nothing-to-do', evidence },
  };
  const [member] = assignmentFindings(assigned(ofGroup, ['writers']), leaver('active'));
  assert.match(member?.reason ?? '', /^The assignment belongs to the group/);
  assert.deepEqual(member && told(member), {
    ...finding,
    title: `${OID} gets the role <r> on the gateway from the group “Writers”`,
    severity: 'low',
  });
  const [perhaps] = assignmentFindings(assigned(ofGroup), alex);
  assert.match(perhaps?.reason ?? '', /^Graph shows no memberships of a deleted user/);
  assert.deepEqual(perhaps && told(perhaps), {
    ...finding,
    title: 'The group “Writers” gives the role <r> on the gateway; whether Alex Moreau was in it cannot be read',
    severity: 'info',
  });
});

test('that a deleted person shows no role is told of the gateway, with how many it lists', () => {
  assert.deepEqual(unseenRoles(assigned(ofGroup), { ...alex, state: 'soft-deleted' }, GATEWAY).map(told), [
    {
      id: findingId('consent', 'app-roles-unseen', `${GATEWAY}/${OID}`),
      step: 'consent',
      kind: 'app-roles-unseen',
      title: 'No role of Alex Moreau on the gateway is listed',
      resource: { system: 'entra', type: 'servicePrincipal', id: GATEWAY },
      severity: 'info',
      status: 'nothing-to-do',
      evidence: { assignmentsListed: 1 },
    },
  ]);
  assert.match(unseenRoles(assigned(ofGroup), leaver('soft-deleted'), GATEWAY)[0]?.title ?? '', new RegExp(OID));
});
