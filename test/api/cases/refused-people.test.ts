import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Oid } from '../../../src/people/oid.ts';
import { type CasesApiWorld, headerOf, jsonOf, startCasesApi } from './cases-api-world.ts';

let app: CasesApiWorld['app'];
let leaving: CasesApiWorld['leaving'];
let post: CasesApiWorld['post'];
let get: CasesApiWorld['get'];
before(async () => {
  ({ app, leaving, post, get } = await startCasesApi());
  app.directory.servicePrincipals.add({
    id: NO_PERSON['a service principal'],
    appId: '5e000000-0000-4000-8000-0000000000a1',
    displayName: 'prod-agent',
    appRoleAssignmentRequired: false,
    appRoles: [],
  });
  app.directory.applications.add({
    id: NO_PERSON['an app registration'],
    appId: '5e000000-0000-4000-8000-0000000000a2',
    displayName: 'prod-app',
    tags: [],
    scopes: [],
    preAuthorized: [],
  });
  app.directory.groups.add({
    id: NO_PERSON['a group'],
    displayName: 'Everybody',
    memberIds: new Set(),
    mail: 'all@northwind-capital.example',
  });
  app.hire({ id: NO_PERSON['the user of an AI agent'], '@odata.type': '#microsoft.graph.agentUser' });
});
after(() => app.stop());

test('while the directory does not answer a plan begins with the id alone, and nobody is cut off', async () => {
  for (const status of [403, 429, 503]) {
    const oid = app.hire();
    const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status } });
    const [cut, plan] = [
      await post({ body: leaving(oid) }),
      await post({ body: { oid, reason: 'what would happen?', mode: 'plan' } }),
    ];
    lift();
    assert.deepEqual([cut.status, jsonOf(cut).type], [503, 'urn:mcp-offboarding:problem:unavailable'], String(status));
    assert.ok(Number(headerOf(cut, 'retry-after')) >= 30);
    assert.deepEqual([plan.status, jsonOf(plan).mode], [201, 'plan'], String(status));
    const started = app.started.filter(({ input }) => input.person.oid === oid);
    assert.deepEqual(
      started.map(({ input }) => [input.person, input.row.mode]),
      [[{ oid, state: 'unreadable', github: [], devops: [] }, 'plan']],
    );
  }
});

const NO_PERSON = {
  'a service principal': '5e000000-0000-4000-8000-000000000001',
  'an app registration': '5e000000-0000-4000-8000-000000000002',
  'a group': '5e000000-0000-4000-8000-000000000003',
  'the user of an AI agent': '5e000000-0000-4000-8000-000000000004',
} as const;

for (const [what, id] of Object.entries(NO_PERSON)) {
  test(`${what} is no person: refused with what it is, in every mode, whatever else the operator says`, async () => {
    for (const mode of ['apply', 'plan']) {
      const answer = await post({ body: { oid: id, reason: 'x', mode, acceptUnknown: true } });
      assert.deepEqual([answer.status, jsonOf(answer).type], [409, 'urn:mcp-offboarding:problem:not-a-person']);
      assert.match(String(jsonOf(answer).detail), new RegExp(what));
    }
    assert.deepEqual(app.startsOf(id as Oid), []);
    assert.equal((await get(`${id}-1`)).status, 404);
  });
}

test('an id of which one question was not answered is not taken for nobody’s', async () => {
  const oid = '99999999-1111-4222-8333-555555555555' as Oid;
  for (const path of [/servicePrincipals/, /applications/, /groups/]) {
    for (const status of [403, 429, 500]) {
      const lift = app.tenant.faults.add({ vendor: 'graph', path, effect: { kind: 'answer', status } });
      const answer = await post({ body: { oid, reason: 'x', mode: 'apply', acceptUnknown: true } });
      lift();
      assert.equal(answer.status, 503, `${path} ${status}`);
    }
  }
  assert.deepEqual(app.startsOf(oid), []);
});

test('a name that several answer to is refused with all of them, and one that nobody has is nobody’s', async () => {
  const upn = 'alex.same@northwind-capital.example';
  const left = app.hire({ userPrincipalName: upn, mail: upn });
  await app.administrator.deleteUser(left);
  const newcomer = app.hire({ userPrincipalName: upn, mail: upn });
  for (const name of [{ userPrincipalName: upn }, { mail: upn }]) {
    const answer = await post({ body: { ...name, reason: 'x', mode: 'apply', confirmUserPrincipalName: upn } });
    assert.deepEqual([answer.status, jsonOf(answer).type], [409, 'urn:mcp-offboarding:problem:ambiguous-person']);
    const candidates = jsonOf(answer).candidates as { oid: string; state: string }[];
    assert.deepEqual(
      candidates.map(({ oid, state }) => `${oid} ${state}`).sort(),
      [`${left} soft-deleted`, `${newcomer} active`].sort(),
    );
  }
  assert.deepEqual([...app.startsOf(left), ...app.startsOf(newcomer)], []);
  const alias = 'helpdesk.lead@northwind-capital.example';
  const former = app.hire({ proxyAddresses: [`SMTP:${alias}`] });
  await app.administrator.deleteUser(former);
  app.hire({ mail: alias });
  assert.equal(
    (await post({ body: { mail: alias, reason: 'x', mode: 'plan' } })).status,
    409,
    'an alias passes on too',
  );
  const ask = async (name: object) => {
    const answer = await post({ body: { ...name, reason: 'x', mode: 'apply' } });
    return [answer.status, jsonOf(answer).type];
  };
  assert.deepEqual(await ask({ mail: 'all@northwind-capital.example' }), [
    409,
    'urn:mcp-offboarding:problem:not-a-person',
  ]);
  assert.deepEqual(await ask({ mail: 'nobody@northwind-capital.example' }), [
    422,
    'urn:mcp-offboarding:problem:unknown-person',
  ]);
  assert.equal((await ask({ mail: upn, oid: left }))[0], 422, 'one name, not two');
  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: /deletedItems/,
    effect: { kind: 'answer', status: 503 },
  });
  const sole = app.hire();
  const unsure = await ask({ userPrincipalName: app.directory.users.get(sole)?.userPrincipalName });
  lift();
  assert.equal(unsure[0], 503, 'a deleted namesake may be the one who is meant');
});
