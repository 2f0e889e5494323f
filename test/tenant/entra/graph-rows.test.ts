import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as z from 'zod';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { grantIdOf } from '../../../src/steps/consent/rules/grant-id.ts';
import { deviations } from '../../support/graph-types.ts';
import { type Answer, codeOf, type GraphWorld, gateway, items, leaver, startGraph } from './graph-world.ts';

let state: GraphWorld['state'];
let app: GraphWorld['app'];
let admin: GraphWorld['admin'];
let call: GraphWorld['call'];
before(async () => {
  ({ state, app, admin, call } = await startGraph());
});
after(() => app.stop());

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
