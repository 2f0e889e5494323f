import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { type Asking, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const api = askApi(app);
const vendors = openVendors(app.config);

async function ask(body: object, more: Asking = {}) {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'operator-cli' };
  const token = await app.tenant.tokens.issue({ ...claims, roles: ['Offboarding.Operate'], scopes: ['access'] });
  return api('/api/cases/several', { token, body, ...more });
}
interface Result {
  readonly status: number;
  readonly case?: { readonly caseId: string };
  readonly problem?: { readonly type: string };
}
const resultsOf = ({ body }: { readonly body: string }) => (JSON.parse(body) as { results: Result[] }).results;
const leaving = { reason: 'The plant closes', mode: 'plan' } as const;

test('of several people each has a case or a problem of their own, in the order in which they were named', async () => {
  const [one, two] = [app.hire(), app.hire()];
  const upn = app.directory.users.get(two)?.userPrincipalName;
  const people = [{ oid: one }, { userPrincipalName: upn }, { mail: 'nobody@example.net' }, { oid: one }];
  const results = resultsOf(await ask({ people, ...leaving }));
  assert.deepEqual(
    results.map((each) => each.case?.caseId ?? each.problem?.type.split(':').at(-1)),
    [`${one}-1`, `${two}-1`, 'unknown-person', `${one}-1`],
  );
  assert.equal(results[1]?.status, 201);
  assert.deepEqual(
    results.map(({ status }) => status).filter((status) => status >= 400),
    [422],
  );
});

test('one fault in the list is named with its place, and nobody has a case', async () => {
  const oid = app.hire();
  const answer = await ask({ people: [{ oid }, { oid, mail: 'x@y.z' }, {}, { oid: 'me' }], ...leaving });
  assert.equal(answer.status, 422);
  const { errors } = JSON.parse(answer.body) as { errors: { pointer: string }[] };
  assert.deepEqual(errors.map(({ pointer }) => pointer).sort(), ['/people/1/mail', '/people/2/oid', '/people/3/oid']);
  assert.deepEqual(await vendors.storage.casesOf(oid), []);
});

/** Far from what the tests before opened. */
const hence = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);

test('sent again with its key, the list opens only what was not opened then', async () => {
  const people = [app.hire(), app.hire(), app.hire()].map((oid) => ({ oid }));
  const headers = { 'idempotency-key': 'closing-2026' };
  const settings = { ...app.config, MAX_API_CASES_PER_HOUR: 2 };
  const caller = { tools: { settings, now: () => hence(24) }, headers };
  const first = resultsOf(await ask({ people, ...leaving }, caller)).map(({ status }) => status);
  assert.deepEqual(first.sort(), [201, 201, 429]);
  const later = { ...caller, tools: { settings, now: () => hence(26) } };
  const second = resultsOf(await ask({ people, ...leaving }, later)).map(({ status }) => status);
  assert.deepEqual(second.sort(), [200, 200, 201]);
  for (const { oid } of people) assert.equal((await vendors.storage.casesOf(oid)).length, 1);
});
