import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { type Answered, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import { seedContext } from '../../support/seed-context.ts';

const arm = seedArm(seedContext());
const app = await startIntakeApp({ vendors: (core) => [makeArm(core, arm)] });
after(() => app.stop());
const { config } = app;
const vendors = openVendors(config);
const oid = '0e000000-0000-4000-8000-0000000000d1' as Oid;
const isListed = (id: string): boolean => arm.namedValues.all().some(({ value }) => value.includes(id));
const deny = (id: Oid) =>
  vendors.denied.deny({ oid: id, kind: 'person', caseId: makeCaseId(id, 1), why: 'left', at: '2026-11-28T09:00:00Z' });

interface Asked {
  readonly body?: unknown;
  readonly id?: string;
  readonly roles?: string[];
}
const api = askApi(app);
async function ask(path: string, { body, roles = ['Offboarding.Operate'] }: Asked): Promise<Answered> {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'operator-cli', roles };
  const token = await app.tenant.tokens.issue({ ...claims, scopes: ['access'] });
  return api(path, { token, ...(body === undefined ? {} : { body }) });
}
const list = (asked: Asked = {}) => ask('/api/denied', asked);
const release = (asked: Asked) => ask(`/api/denied/${asked.id}/release`, asked);
const accept = (asked: Asked) => ask('/api/denied/accept', asked);
const jsonOf = ({ body }: Answered) => JSON.parse(body) as Record<string, unknown>;

beforeEach(async () => {
  for (const row of arm.namedValues.all()) row.value = ',none,';
  await forgetDenied(config);
});

test('an operator sees who is denied and why, and lets somebody in again, on record', async () => {
  await deny(oid);
  const shown = jsonOf(await list({ roles: ['Offboarding.Read'] })).rows as {
    oid: string;
    state: string;
    why: string;
  }[];
  assert.deepEqual(
    shown.map((row) => [row.oid, row.state, row.why]),
    [[oid, 'denied', 'left']],
  );
  const answer = await release({ id: oid.toUpperCase(), body: { reason: 'The wrong Alex' } });
  assert.equal(answer.status, 200);
  assert.equal(isListed(oid), false);
  const [row] = jsonOf(await list()).rows as { released: { by: string; why: string } }[];
  assert.deepEqual([row?.released.by, row?.released.why], [WORLD.operator.oid, 'The wrong Alex']);
});

test('who is denied by a case is shown by the case’s names, and how much room the list has', async () => {
  const id = app.hire();
  const caseId = makeCaseId(id, 1);
  const at = '2026-11-28T09:00:00.000Z';
  const said = {
    trigger: 'api',
    reason: 'left',
    requestedBy: 'x',
    requestedAt: at,
    mode: 'apply',
    merged: [],
  } as const;
  await vendors.storage.createCase({
    ...{ ...said, oid: id, caseId, n: 1, state: 'filed', instanceId: caseId, openedAt: at, dedupeKey: 'x' },
    ...{ displayName: 'Ådne Østergård', userPrincipalName: 'adne@northwind.example' },
  });
  await deny(id);
  await deny(oid);
  const { rows, room } = jsonOf(await list()) as { rows: { oid: string; displayName?: string }[]; room: object };
  assert.deepEqual(
    rows.map((row) => [row.oid, row.displayName]).toSorted(),
    [
      [oid, undefined],
      [id, 'Ådne Østergård'],
    ].toSorted(),
  );
  assert.deepEqual(room, { taken: 2, of: config.DENY_LIST_NAMED_VALUES.length * 110 });
  assert.equal(jsonOf(await ask(`/api/denied/${id}`, {})).displayName, 'Ådne Østergård');
});

test('while the gateway does not answer the release is recorded all the same, and says that the list follows', async () => {
  await deny(oid);
  const lift = app.tenant.faults.add({ vendor: 'arm', effect: { kind: 'answer', status: 503 } });
  const answer = await release({ id: oid, body: { reason: 'The wrong Alex' } });
  lift();
  assert.deepEqual([answer.status, jsonOf(answer).list], [200, 'later']);
  await vendors.denied.project(new Date());
  assert.equal(isListed(oid), false);
});

test('nobody lets themselves in, without the role nobody does, and without a reason neither', async () => {
  const own = WORLD.operator.oid as Oid;
  const answers = [
    await release({ id: own, body: { reason: 'me' } }),
    await release({ id: own, body: { reason: 'me' }, roles: ['Offboarding.Read'] }),
    await release({ id: own, body: {} }),
    await release({ id: oid, body: { reason: 'never denied' } }),
    await release({ id: 'alex', body: { reason: 'no id' } }),
    await accept({ body: { reason: 'fine' }, roles: ['Offboarding.Read'] }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 403, 422, 404, 404, 403],
  );
  await deny(own);
  assert.equal((await release({ id: own, body: { reason: 'me' } })).status, 403);
  assert.ok(isListed(own));
});

test('a list from before there was a table is blocked until somebody accepts it, and then each of it can be released', async () => {
  const [row] = arm.namedValues.all();
  assert.ok(row);
  row.value = `,none,${oid},`;
  await vendors.denied.project(new Date());
  assert.match(String(jsonOf(await list()).blocked), /empty/);
  assert.equal((await accept({ body: { reason: 'first run with the table' } })).status, 200);
  assert.equal(jsonOf(await list()).blocked, undefined);
  assert.ok(isListed(oid));
  assert.equal((await release({ id: oid, body: { reason: 'left a year ago' } })).status, 200);
  assert.equal(isListed(oid), false);
});
