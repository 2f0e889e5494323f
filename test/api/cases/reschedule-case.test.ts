import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { type Answered, type Asking, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const { config } = app;
const vendors = openVendors(config);
const now = new Date('2026-12-01T12:00:00Z');

interface Asked extends Pick<Asking, 'tools'> {
  readonly body?: unknown;
  readonly roles?: string[];
  readonly oid?: string;
}
const api = askApi(app);
async function ask(path: string, asked: Asked = {}): Promise<Answered> {
  const { body, roles = ['Offboarding.Operate'], oid = WORLD.operator.oid, tools = { now: () => now } } = asked;
  const claims = { audience: WORLD.app.audience, oid, clientId: 'operator-cli', scopes: ['access'], roles };
  const token = await app.tenant.tokens.issue(claims);
  return api(path, { token, tools, ...(body === undefined ? {} : { body }) });
}

interface Shown {
  readonly state?: string;
  readonly startsAt?: string;
  readonly lastDay?: string;
  readonly type?: string;
  readonly heldBy?: string;
  readonly cases?: readonly { readonly caseId: string }[];
}
const shown = ({ status, body }: Answered): Shown & { readonly status: number | undefined } => ({
  status,
  ...(JSON.parse(body) as Shown),
});

const post = async (oid: string, more: object) => {
  const confirmUserPrincipalName = app.directory.users.get(oid)?.userPrincipalName;
  const body = { oid, reason: 'left', mode: 'apply', confirmUserPrincipalName, ...more };
  return shown(await ask('/api/cases', { body }));
};
const reason = 'As HR says.';
const cancel = async (id: string, more: Asked = {}) =>
  shown(await ask(`/api/cases/${id}/cancel`, { body: { reason }, ...more }));
const startNow = async (id: string) => shown(await ask(`/api/cases/${id}/start`, { body: { reason } }));
const move = async (id: string, to: object) =>
  shown(await ask(`/api/cases/${id}/reschedule`, { body: { reason, ...to } }));

test('an operator whose word to start was half carried out says it again, and the case starts', async () => {
  const oid = app.hire();
  await post(oid, { lastDay: '2026-12-31' });
  const dies = (): Promise<void> => Promise.reject(new Error('killed'));
  const killed = await ask(`/api/cases/${oid}-1/start`, { body: { reason }, tools: { now: () => now, start: dies } });
  assert.equal(killed.status, 500);
  const again = await startNow(`${oid}-1`);
  assert.deepEqual([again.status, again.state], [200, 'running']);
  assert.equal((await startNow(`${oid}-1`)).status, 409);
});

test('an operator names a last day to come; it is listed, moved, and started before', async () => {
  const oid = app.hire();
  const id = `${oid}-1`;
  const opened = await post(oid, { lastDay: '2026-12-31', timeOfDay: '17:30', zone: 'Europe/Berlin' });
  assert.deepEqual([opened.status, opened.state, opened.startsAt], [201, 'scheduled', '2026-12-31T16:30:00.000Z']);
  const list = shown(await ask('/api/cases?state=scheduled'));
  assert.deepEqual(
    list.cases?.map(({ caseId }) => caseId),
    [id],
  );
  const moved = await move(id, { lastDay: '2027-01-31' });
  assert.deepEqual([moved.status, moved.startsAt, moved.lastDay], [200, '2027-01-31T17:00:00.000Z', '2027-01-31']);
  assert.equal((await move(id, { lastDay: '2026-11-30' })).status, 422);
  assert.deepEqual(app.startsOf(oid), []);
  const started = await startNow(id);
  assert.deepEqual([started.status, started.state, started.startsAt], [200, 'running', undefined]);
  assert.deepEqual(app.startsOf(oid), [`case-${id}`]);
});

test('started while the app is paused, it is contained and on hold, and the answer and the log say so', async () => {
  const oid = app.hire();
  await post(oid, { lastDay: '2026-12-31' });
  await vendors.storage.pauseApp({ since: now.toISOString(), by: 'somebody', why: 'a wrong sync' });
  app.logged.length = 0;
  const started = await startNow(`${oid}-1`);
  await vendors.storage.endPause({ endedAt: new Date().toISOString(), endedBy: 'test', endedWhy: 'over' });
  assert.deepEqual([started.status, started.state, started.heldBy], [200, 'open', 'paused']);
  assert.deepEqual(app.startsOf(oid), []);
  assert.ok(app.logged.some((line) => line.includes('the case is on hold') && line.includes(oid)));
  assert.ok(!app.logged.some((line) => line.includes('was started')));
});

test('what has begun is not cancelled, moved or started again: 409', async () => {
  const oid = app.hire();
  await post(oid, {});
  const answers = [
    await cancel(`${oid}-1`),
    await startNow(`${oid}-1`),
    await move(`${oid}-1`, { lastDay: '2027-01-31' }),
  ];
  for (const { status, type } of answers)
    assert.deepEqual([status, type], [409, 'urn:mcp-offboarding:problem:not-scheduled']);
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
});

test('cancelled, it is over; asked for again, it is another case', async () => {
  const oid = app.hire();
  await post(oid, { lastDay: '2026-12-31' });
  assert.equal((await cancel(`${oid}-1`, { roles: ['Offboarding.Read'] })).status, 403);
  assert.equal((await cancel(`${oid}-1`, { oid })).type, 'urn:mcp-offboarding:problem:own-affair');
  assert.equal((await cancel(`${oid}-1`)).state, 'cancelled');
  assert.equal((await cancel(`${oid}-1`)).status, 409);
  assert.equal((await cancel(`${oid}-2`)).status, 404);
  assert.equal((await post(oid, { lastDay: '2026-12-31' })).status, 201);
});
