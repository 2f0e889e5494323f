import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as z from 'zod';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { grantIdOf } from '../../../src/steps/consent/rules/grant-id.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { deviations } from '../../support/graph-types.ts';
import { seedContext } from '../../support/seed-context.ts';

const state = seedEntra(seedContext());
const app = await startApp({ vendors: (core) => [makeGraph(core, state)] });
after(() => app.stop());
const { tenant, reader, remover } = app;
const admin = administratorOf(tenant.core, WORLD.operator.oid);
const leaver = WORLD.leaver.oid;
const gateway = WORLD.gateway.servicePrincipalId;

type Json = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** A call as one of the app's identities, or with roles that the token alone claims. */
async function call(
  path: string,
  init: { as?: 'reader' | 'remover'; method?: string; body?: Json; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const who = init.as === 'remover' ? remover : reader;
  const audience = tenant.origin('graph');
  const token = await tenant.tokens.issue({ audience, oid: who.oid, clientId: who.clientId, roles: [...who.graph] });
  return send(path, token, init);
}

async function send(
  path: string,
  token: string,
  init: { method?: string; body?: Json; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(path.startsWith('https:') ? path : `${tenant.origin('graph')}${path}`, {
    method: init.method ?? 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Json) };
}

const Listed = z.object({ value: z.array(z.record(z.string(), z.unknown())) });
const items = (answer: Answer): Json[] => Listed.parse(answer.body).value;
const codeOf = ({ body }: Answer): unknown => (body.error as { code?: unknown } | undefined)?.code;

const application = state.applications.where(({ displayName }) => displayName === 'docs-indexer')[0]?.id ?? '';
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

test('grants are filtered by one key; a combination is refused', async () => {
  const one = await call(`/v1.0/oauth2PermissionGrants?$filter=principalId eq '${leaver}'`);
  assert.ok(items(one).length > 0 && items(one).every(({ principalId }) => principalId === leaver));
  const two = await call(
    `/v1.0/oauth2PermissionGrants?$filter=principalId eq '${leaver}' and resourceId eq '${gateway}'`,
  );
  assert.deepEqual([two.status, codeOf(two)], [400, 'Request_UnsupportedQuery']);
});

test('a grant is not written through a user', async () => {
  const id = grantIdOf({ clientId: gateway, resourceId: gateway, principalId: leaver });
  const answer = await call(`/v1.0/users/${leaver}/oauth2PermissionGrants/${id}`, { as: 'remover', method: 'DELETE' });
  assert.deepEqual([answer.status, codeOf(answer)], [400, 'BadRequest']);
});

test('changing a grant replaces its scopes', async () => {
  const grant = state.grants.where(({ principalId }) => principalId === WORLD.colleagues[0].oid)[0];
  assert.ok(grant !== undefined);
  const path = `/v1.0/oauth2PermissionGrants/${grant.id}`;
  const changed = await call(path, { as: 'remover', method: 'PATCH', body: { scope: 'mcp.tools.write' } });
  assert.equal(changed.status, 204);
  assert.equal((await call(path)).body.scope, 'mcp.tools.write');
});

test('a filter by the leave date is taken in an advanced query only, which has the count', async () => {
  const path = `/v1.0/users?$filter=employeeLeaveDateTime le ${new Date().toISOString()}&$select=id`;
  assert.equal((await call(path)).status, 400);
  assert.equal((await call(`${path}&$count=true`)).status, 400, 'the count without the header');
  const { status, body } = await call(`${path}&$count=true`, { headers: { ConsistencyLevel: 'eventual' } });
  assert.deepEqual([status, body['@odata.count']], [200, 1]);
});

test('a group’s members are its living direct members', async () => {
  const members = items(await call(`/v1.0/groups/${ENTRA.group.id}/members?$select=id`)).map(({ id }) => id);
  assert.ok(members.includes(leaver) && members.length > 1);
});

test('a list comes in pages that together hold everything once', async () => {
  state.switches.pageSize = 4;
  const ids: unknown[] = [];
  let next: string | undefined = '/v1.0/oauth2PermissionGrants';
  let pages = 0;
  while (next !== undefined) {
    const answer: Answer = await call(next);
    ids.push(...items(answer).map(({ id }) => id));
    next = z.string().optional().parse(answer.body['@odata.nextLink']);
    pages += 1;
  }
  state.switches.pageSize = 100;
  assert.equal(pages, Math.ceil(state.grants.size / 4));
  assert.deepEqual(
    ids,
    state.grants.all().map(({ id }) => id),
  );
});

test('a deleted user keeps consents and roles, and restoring brings the user back with them', async () => {
  const held = () => [state.grants.size, state.assignments.size];
  const before = held();
  await admin.deleteUser(leaver);
  assert.deepEqual(held(), before);
  assert.equal((await call(`/v1.0/users/${leaver}`)).status, 404);
  const deleted = await call(`/v1.0/directory/deletedItems/${leaver}/microsoft.graph.user`);
  assert.deepEqual(
    [deleted.body.userPrincipalName, deleted.body.mail],
    [`${leaver.replaceAll('-', '')}${WORLD.leaver.userPrincipalName}`, WORLD.leaver.mail],
  );
  await admin.restoreUser(leaver);
  const restored = await call(`/v1.0/users/${leaver}`);
  assert.equal(restored.body.userPrincipalName, WORLD.leaver.userPrincipalName);
});

test('the subscription to users is renewed for 29 days at the most', async () => {
  const path = `/v1.0/subscriptions/${ENTRA.subscriptionId}`;
  const until = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const renew = (minutes: number) => call(path, { method: 'PATCH', body: { expirationDateTime: until(minutes) } });
  assert.equal((await renew(41_700)).status, 200);
  const renewed = await call(path);
  assert.deepEqual(deviations('Subscription', renewed.body), []);
  assert.equal((await renew(41_800)).status, 400);
  assert.equal((await call(path)).body.expirationDateTime, renewed.body.expirationDateTime);
  await renew(1);
  assert.ok(Date.parse(String((await call(path)).body.expirationDateTime)) > Date.now() + 44 * 60_000);
});

test('deleting for good takes the consents along', async () => {
  const ben = WORLD.colleagues[1].oid;
  await admin.deleteUser(ben);
  await admin.deletePermanently(ben);
  assert.equal((await call(`/v1.0/directory/deletedItems/${ben}`)).status, 404);
  assert.deepEqual(
    state.grants.where(({ principalId }) => principalId === ben),
    [],
  );
});
