import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as z from 'zod';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { deviations } from '../../support/graph-types.ts';
import { codeOf, type GraphWorld, gateway, items, leaver, startGraph } from './graph-world.ts';

let app: GraphWorld['app'];
let tenant: GraphWorld['tenant'];
let reader: GraphWorld['reader'];
let remover: GraphWorld['remover'];
let call: GraphWorld['call'];
let send: GraphWorld['send'];
let application: GraphWorld['application'];
before(async () => {
  ({ app, tenant, reader, remover, call, send, application } = await startGraph());
});
after(() => app.stop());

const shapes: readonly [string, string, string][] = [
  [
    'User',
    'a user',
    `/v1.0/users/${leaver}?$select=id,mail,userType,employeeLeaveDateTime,accountEnabled&$expand=manager`,
  ],
  ['User', 'users', '/v1.0/users'],
  ['ServicePrincipal', 'a service principal', `/v1.0/servicePrincipals(appId='${WORLD.gateway.appId}')`],
  ['ServicePrincipal', 'service principals', '/v1.0/servicePrincipals'],
  ['OAuth2PermissionGrant', 'grants', '/v1.0/oauth2PermissionGrants'],
  ['AppRoleAssignment', 'assignments', `/v1.0/servicePrincipals/${gateway}/appRoleAssignedTo`],
  ['Application', 'applications', '/v1.0/applications'],
  ['Group', 'a group', `/v1.0/groups/${ENTRA.group.id}`],
];
for (const [type, what, path] of shapes) {
  test(`the answer for ${what} has the form of Microsoft’s published type ${type}`, async () => {
    const answer = await call(path);
    assert.equal(answer.status, 200);
    const rows = Array.isArray(answer.body.value) ? items(answer) : [answer.body];
    assert.ok(rows.length > 0);
    assert.deepEqual(
      rows.flatMap((row) => deviations(type, row)),
      [],
    );
  });
}

test('the check of forms notices an unknown property, a wrong type and a forbidden null', () => {
  assert.deepEqual(deviations('OAuth2PermissionGrant', { scopes: '', scope: 1, clientId: null }), [
    'OAuth2PermissionGrant.scopes: unknown',
    'OAuth2PermissionGrant.scope: not a string',
    'OAuth2PermissionGrant.clientId: null',
  ]);
});

test('v1.0 shows a flexible credential without subject and expression, beta with the expression', async () => {
  const path = `applications/${application}/federatedIdentityCredentials`;
  const [v1] = items(await call(`/v1.0/${path}`));
  // The published type has no null subject: v1.0 answers what its own reference does not allow for.
  assert.deepEqual(deviations('FederatedIdentityCredential', v1), ['FederatedIdentityCredential.subject: null']);
  const [beta] = items(await call(`/beta/${path}`));
  const { claimsMatchingExpression, ...rest } = beta ?? {};
  assert.deepEqual(rest, v1);
  assert.match(JSON.stringify(claimsMatchingExpression), /amoreau\/\*.*"languageVersion":1/);
});

test('an error has Graph’s form and the request id of its header', async () => {
  const answer = await call('/v1.0/users/11111111-2222-4333-8444-555555555555');
  const { error } = z
    .object({
      error: z.object({ code: z.string(), message: z.string(), innerError: z.record(z.string(), z.string()) }),
    })
    .parse(answer.body);
  assert.deepEqual([answer.status, error.code], [404, 'Request_ResourceNotFound']);
  assert.equal(error.innerError['request-id'], answer.headers.get('request-id'));
});

test('a token for another audience, or none, is 401', async () => {
  const token = await tenant.tokens.issue({
    audience: tenant.origin('arm'),
    oid: reader.oid,
    clientId: reader.clientId,
  });
  for (const bad of [token, 'nonsense']) assert.equal((await send('/v1.0/users', bad)).status, 401);
});

test('each call needs its own permission', async () => {
  const cases: readonly [string, string, string, ('reader' | 'remover')?][] = [
    ['User.Read.All', 'GET', `/v1.0/users/${leaver}`],
    ['User-LifeCycleInfo.Read.All', 'GET', `/v1.0/users?$filter=employeeLeaveDateTime le 2030-01-01T00:00:00Z`],
    ['DelegatedPermissionGrant.Read.All', 'GET', '/v1.0/oauth2PermissionGrants'],
    ['Application.Read.All', 'GET', `/v1.0/servicePrincipals/${gateway}/appRoleAssignedTo`],
    ['GroupMember.Read.All', 'GET', '/v1.0/groups/none/members'],
    ['GroupMember.Read.All', 'GET', '/v1.0/groups/none/owners'],
    ['Application.Read.All', 'GET', '/v1.0/applications?$expand=owners($select=id)'],
    ['Application.Read.All', 'GET', `/v1.0/applications/${application}/owners`],
    ['Application.Read.All', 'GET', '/v1.0/directory/deletedItems/microsoft.graph.application'],
    ['AuditLog.Read.All', 'GET', `/v1.0/auditLogs/directoryAudits?$filter=initiatedBy/user/id eq '${leaver}'`],
    [
      'AuditLog.Read.All',
      'GET',
      `/v1.0/auditLogs/signIns?$filter=userId eq '${leaver}' and createdDateTime ge 2026-01-01T00:00:00Z`,
    ],
    ['Directory.Read.All', 'GET', `/v1.0/roleManagement/directory/roleAssignments?$filter=principalId eq '${leaver}'`],
    ['Application.ReadWrite.All', 'DELETE', `/v1.0/applications/${application}/owners/none/$ref`, 'remover'],
    ['Application.ReadWrite.All', 'POST', `/v1.0/applications/${application}/removePassword`, 'remover'],
    ['DelegatedPermissionGrant.ReadWrite.All', 'DELETE', '/v1.0/oauth2PermissionGrants/none', 'remover'],
    [
      'AppRoleAssignment.ReadWrite.All',
      'DELETE',
      `/v1.0/servicePrincipals/${gateway}/appRoleAssignedTo/none`,
      'remover',
    ],
    ['User.RevokeSessions.All', 'POST', `/v1.0/users/${leaver}/revokeSignInSessions`, 'remover'],
    [
      'Application.ReadWrite.All',
      'DELETE',
      `/v1.0/applications/${application}/federatedIdentityCredentials/none`,
      'remover',
    ],
  ];
  for (const [permission, method, path, as = 'reader'] of cases) {
    assert.notEqual((await call(path, { as, method })).status, 403, path);
    const who = as === 'reader' ? reader : remover;
    const others = [...who.graph].filter((name) => name !== permission);
    who.graph.delete(permission);
    // It contains those that read.
    who.graph.delete('Directory.Read.All');
    const answer = await call(path, { as, method });
    for (const name of [...others, permission]) who.graph.add(name);
    assert.deepEqual([answer.status, codeOf(answer)], [403, 'Authorization_RequestDenied'], path);
  }
});

test('the reader may delete nothing', async () => {
  assert.equal((await call(`/v1.0/users/${leaver}`, { method: 'DELETE' })).status, 403);
  assert.equal((await call(`/v1.0/users/${leaver}`, { as: 'remover', method: 'DELETE' })).status, 403);
});
