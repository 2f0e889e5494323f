import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { NO_MEMORY } from '../../src/people/evidence/remembered.ts';
import { type Asking, askApi } from '../support/api/ask-api.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const api = askApi(app);
const vendors = openVendors(app.config);

async function ask(path: string, role = 'Offboarding.Operate', asking: Asking = {}) {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'operator-cli', roles: [role] };
  return api(path, { token: await app.tenant.tokens.issue({ ...claims, scopes: ['access'] }), ...asking });
}
interface Found {
  readonly oid: string;
  readonly state: string;
}
const search = async (text: string): Promise<Found[]> =>
  (JSON.parse((await ask('/api/people', undefined, { query: { search: text } })).body) as { people: Found[] }).people;

test('somebody is found by the beginning of each part of the name, of the UPN and of the mail, also once deleted', async () => {
  const oid = app.hire({
    ...{ displayName: 'Anna-Lena O’Hara "Ali"', userPrincipalName: 'aohara@northwind-capital.example' },
    mail: 'anna@example.net',
  });
  const disabled = app.hire({ displayName: 'Bernd Ohara', accountEnabled: false });
  for (const text of ['anna', 'Lena', 'aohara@', 'anna@ex', 'Ann'])
    assert.deepEqual(
      (await search(text)).map((each) => [each.oid, each.state]),
      [[oid, 'active']],
      text,
    );
  assert.deepEqual(
    (await search('bern')).map((each) => [each.oid, each.state]),
    [[disabled, 'disabled']],
  );
  await app.administrator.deleteUser(oid);
  assert.deepEqual(
    (await search('anna')).map((each) => [each.oid, each.state]),
    [[oid, 'soft-deleted']],
  );
  assert.deepEqual(await search('nobody'), []);
  // What would end a clause finds nobody, and everybody neither.
  for (const text of ['" OR "displayName:', 'x" OR "mail:a', '\\"'.padEnd(3)])
    assert.ok([200, 422].includes((await ask('/api/people', undefined, { query: { search: text } })).status));
});

test('a search that says too little is refused, and only operators search the directory', async () => {
  assert.equal((await ask('/api/people?search=a')).status, 422);
  assert.equal((await ask('/api/people')).status, 422);
  assert.equal((await ask('/api/people?search=anna', 'Offboarding.Read')).status, 403);
});

test('a person is shown with the accounts that are remembered, on what evidence, and with their cases', async () => {
  const oid = app.hire({ displayName: 'Carla Brandt' });
  const at = '2026-11-01T08:00:00.000Z';
  const account = { vendor: 'github', id: '4711', oid, code: 'P1', source: 'github/saml-identity:acme' } as const;
  await vendors.storage.rememberPeople(
    {
      accounts: [{ ...account, firstSeen: at, lastSeen: at }],
      logins: [{ id: '4711', login: 'carla-b', from: at, to: at }],
      names: [],
    },
    NO_MEMORY,
  );
  await ask('/api/cases', undefined, { body: { oid, mode: 'plan', reason: 'what would happen?' } });
  const shown = JSON.parse((await ask(`/api/people/${oid.toUpperCase()}`, 'Offboarding.Read')).body) as {
    displayName: string;
    state: string;
    accounts: { login: string; code: string; lastSeen: string }[];
    cases: { caseId: string }[];
  };
  assert.deepEqual([shown.displayName, shown.state], ['Carla Brandt', 'active']);
  assert.deepEqual(
    shown.accounts.map(({ login, code, lastSeen }) => [login, code, lastSeen]),
    [['carla-b', 'P1', at]],
  );
  assert.deepEqual(
    shown.cases.map(({ caseId }) => caseId),
    [`${oid}-1`],
  );
  assert.equal((await ask(`/api/people/${crypto.randomUUID()}`)).status, 404);
  assert.equal((await ask('/api/people/carla')).status, 404);
});

test('while Entra does not answer a search says so, and a person is shown with what the app knows', async () => {
  const oid = app.hire();
  const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  const [searched, shown] = [await ask('/api/people?search=person'), await ask(`/api/people/${oid}`)];
  lift();
  assert.deepEqual([searched.status, shown.status], [503, 200]);
  assert.equal((JSON.parse(shown.body) as Found).state, 'unreadable');
});

test('whoever asks is told who they are and what they may, also without any role', async () => {
  const me = async (role: string) =>
    JSON.parse((await ask('/api/me', role)).body) as { roles: string[]; may: string[] };
  assert.deepEqual(await me('Offboarding.Operate'), {
    ...{
      oid: WORLD.operator.oid,
      isApp: false,
      roles: ['Offboarding.Operate'],
      may: ['read', 'operate'],
      denied: false,
    },
  });
  assert.deepEqual((await me('Something.Else')).may, []);
  assert.equal((await api('/api/me')).status, 401);
});
