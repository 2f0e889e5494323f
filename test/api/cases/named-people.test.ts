import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { instant } from '../../../src/cases/words/wording.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { NO_MEMORY } from '../../../src/people/evidence/remembered.ts';
import { type CasesApiWorld, jsonOf, startCasesApi } from './cases-api-world.ts';

let app: CasesApiWorld['app'];
let leaving: CasesApiWorld['leaving'];
let post: CasesApiWorld['post'];
before(async () => {
  ({ app, leaving, post } = await startCasesApi());
});
after(() => app.stop());

test('a colleague who works is not cut off by an id alone: the right UPN is wanted as well', async () => {
  const [oid, other] = [app.hire(), app.hire()];
  const wrong = app.directory.users.get(other)?.userPrincipalName;
  const answers = [
    await post({ body: leaving(oid, { confirmUserPrincipalName: undefined }) }),
    await post({ body: leaving(oid, { confirmUserPrincipalName: undefined, lastDay: '2026-01-31' }) }),
    await post({ body: leaving(oid, { confirmUserPrincipalName: wrong }) }),
    await post({ body: leaving(oid, { confirmUserPrincipalName: wrong, mode: 'plan' }) }),
  ];
  for (const answer of answers)
    assert.deepEqual([answer.status, jsonOf(answer).type], [422, 'urn:mcp-offboarding:problem:not-confirmed']);
  assert.deepEqual(app.startsOf(oid), []);
  const upper = app.directory.users.get(oid)?.userPrincipalName.toUpperCase();
  assert.equal((await post({ body: leaving(oid, { confirmUserPrincipalName: upper }) })).status, 201);
});

test('a disabled account, a deleted one and one past its last day need no UPN', async () => {
  const gone = app.hire();
  await app.administrator.deleteUser(gone);
  const people = [
    gone,
    app.hire({ accountEnabled: false }),
    app.hire({ employeeLeaveDateTime: '2026-01-31T00:00:00Z' }),
  ];
  for (const oid of people)
    assert.equal((await post({ body: { oid, reason: 'left', mode: 'apply' } })).status, 201, oid);
  const still = app.hire({ employeeLeaveDateTime: '2999-01-31T00:00:00Z' });
  assert.equal((await post({ body: { oid: still, reason: 'left', mode: 'apply' } })).status, 422);
});

test('a person may be named by UPN or mail, in any case, as user, alias or deleted user', async () => {
  const oid = app.hire({ proxyAddresses: ['smtp:Mary.Former@northwind-capital.example'] });
  const { userPrincipalName = '' } = app.directory.users.get(oid) ?? {};
  const deleted = app.hire({ userPrincipalName: "pat.o'neil@northwind-capital.example", mail: null });
  await app.administrator.deleteUser(deleted);
  const named: readonly (readonly [string, object])[] = [
    [oid, { userPrincipalName: userPrincipalName.toUpperCase() }],
    [oid, { mail: userPrincipalName }],
    [oid, { mail: 'mary.former@northwind-capital.example' }],
    [deleted, { userPrincipalName: "pat.o'neil@northwind-capital.example" }],
  ];
  for (const [whose, name] of named) {
    const answer = await post({ body: { ...name, reason: 'who is it?', mode: 'plan' } });
    assert.ok(answer.status === 200 || answer.status === 201, JSON.stringify(jsonOf(answer)));
    assert.equal(jsonOf(answer).oid, whose, JSON.stringify(name));
  }
});

test('a name confirms no name: who is named by one is named by the object id before anything is cut', async () => {
  const upn = 'alexandra.again@northwind-capital.example';
  const createdDateTime = '2026-11-16T08:00:00Z';
  const newcomer = app.hire({ userPrincipalName: upn, mail: upn, createdDateTime });
  const before = app.hire();
  const seenAt = '2026-02-01T00:00:00.000Z';
  await openVendors(app.config).storage.rememberPeople(
    { ...NO_MEMORY, names: [{ name: upn, oid: before, kind: 'directory', from: seenAt, to: seenAt }] },
    NO_MEMORY,
  );
  for (const name of [{ userPrincipalName: upn }, { mail: upn }]) {
    const answer = await post({ body: { ...name, reason: 'left', mode: 'apply', confirmUserPrincipalName: upn } });
    const { type, detail, errors, candidates } = jsonOf(answer);
    assert.deepEqual([answer.status, type], [422, 'urn:mcp-offboarding:problem:not-confirmed']);
    assert.match(String(detail), new RegExp(`made at ${instant(createdDateTime)}.*${before} who had it before`));
    assert.equal((errors as { pointer: string }[])[0]?.pointer, '/oid');
    assert.deepEqual(
      (candidates as { oid: string; createdAt: string }[]).map((each) => [each.oid, each.createdAt]),
      [[newcomer, createdDateTime]],
    );
  }
  assert.deepEqual(app.startsOf(newcomer), []);
  assert.equal((await post({ body: { userPrincipalName: upn, reason: 'who is it?', mode: 'plan' } })).status, 201);
  assert.equal((await post({ body: leaving(newcomer) })).status, 201);
});

test('a disabled account is named by the object id as well: it may be made for somebody who has not begun', async () => {
  const oid = app.hire({ accountEnabled: false });
  const { userPrincipalName } = app.directory.users.get(oid) ?? {};
  assert.equal((await post({ body: { userPrincipalName, reason: 'left', mode: 'apply' } })).status, 422);
  assert.deepEqual(app.startsOf(oid), []);
});

test('a last day before the account was made is somebody else’s, and the answer names it', async () => {
  const oid = app.hire({ createdDateTime: '2026-11-16T08:00:00Z' });
  const answer = await post({ body: leaving(oid, { lastDay: '2026-01-31' }) });
  assert.deepEqual([answer.status, jsonOf(answer).type], [422, 'urn:mcp-offboarding:problem:not-confirmed']);
  assert.equal((jsonOf(answer).errors as { pointer: string }[])[0]?.pointer, '/lastDay');
  assert.deepEqual(app.startsOf(oid), []);
});
